import { realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Scene, SceneItem } from '@writ/contract';
import { isWithin } from '../files/is-within.ts';
import type { Environment, Place } from '../program/command.ts';
import { findProgram } from '../run/find-program.ts';
import { digestOnce } from './digest-file.ts';
import { executedBy } from './executed-files.ts';
import { findPath, findWord, itemsOf, type NamedPath } from './named-paths.ts';
import { makeScene, observeBase, type Base } from './make-scene.ts';
import { restorableItems } from './restorable-items.ts';
import { scanWords } from './scan-words.ts';

export type ToObserveShell = {
  readonly text: string;
  readonly directory: string;
  /** The shell that will run it: a path, or a name in the PATH of the environment. */
  readonly shell: string;
  /** What the shell will be given, and nothing else. */
  readonly environment: Environment;
  /** Whose home it runs in, and where snapshots would be kept. */
  readonly place: Place;
  /** What else is this workspace, beside the work tree. */
  readonly roots?: readonly string[];
};

/** Programs that are looked up for one text: a pipeline has few. */
const PROGRAMS_MAX = 32;

/**
 * What this host is to a text for a shell, and decides what it will do: where it runs, which shell, the files
 * and programs that its words lead to, what those execute by themselves, and what of it could be had back.
 * The words are read with no knowledge of what they mean, so there are too many rather than too few.
 */
export async function observeShell(asked: ToObserveShell): Promise<Scene> {
  const base = await observeBase(asked);
  const { words, programs, may_change } = scanWords(asked.text);
  const named = await findAll(words, base);
  const items: SceneItem[] = [
    ...(await programItems([asked.shell, ...programs], asked, base)),
    ...(await executedItems(programs, base)),
  ];
  for (const one of named) items.push(...(await itemsOf(one, may_change)));
  const claims = may_change
    ? await restorableItems({
        place: asked.place,
        roots: base.roots,
        named: named.map(({ real }) => real),
        search: asked.environment['PATH'],
        beyond: true,
      })
    : [];
  return makeScene(base, asked, {
    pins: items.filter(({ used }) => used),
    claims: [...claims, ...items.filter(({ used }) => !used)],
  });
}

/**
 * The words themselves, what stands behind their `=`, and what would stand in a directory that comes last.
 */
async function findAll(words: readonly string[], { directory, home }: Base): Promise<readonly NamedPath[]> {
  const values = words.flatMap((word) => (word.includes('=') ? [word.slice(word.indexOf('=') + 1)] : [word]));
  const found = new Map<string, NamedPath>();
  for (const word of values) {
    const named = await findWord(word, directory, home);
    if (named !== null) found.set(named.real, named);
  }
  const all = [...found.values()];
  const into = all.filter(({ kind, real }) => kind === 'directory' && real !== directory);
  for (const { real } of into)
    for (const other of all) {
      const named = other.real === real ? null : await findPath(basename(other.real), real);
      if (named !== null && named.kind !== 'nothing') found.set(named.real, named);
    }
  return [...found.values()];
}

/** Under the name that led there, and under its own. */
async function programItems(
  names: readonly string[],
  { environment }: ToObserveShell,
  { directory }: Base,
): Promise<readonly SceneItem[]> {
  const items: SceneItem[] = [];
  for (const name of [...new Set(names)].slice(0, PROGRAMS_MAX)) {
    const found = await findProgram(name, directory, environment['PATH']).catch(() => null);
    const digest = found === null ? null : await digestOnce(found.real);
    if (found === null || digest === null) continue;
    for (const path of new Set([found.path, found.real]))
      items.push({ kind: 'program', name: path, digest, used: true });
  }
  return items;
}

/** From where it runs up to the root of the workspace: the nearest of each name counts. */
async function executedItems(
  programs: readonly string[],
  { directory, roots }: Base,
): Promise<readonly SceneItem[]> {
  const root = roots.find((one) => isWithin(directory, one)) ?? directory;
  const items: SceneItem[] = [];
  for (const name of new Set(programs.flatMap(executedBy))) {
    for (let at = directory; ; at = join(at, '..')) {
      const real = await realpath(join(at, name)).catch(() => null);
      const digest = real === null ? null : await digestOnce(real);
      if (real !== null && digest !== null) items.push({ kind: 'script', name: real, digest, used: true });
      if (digest !== null || at === root || at === '/') break;
    }
  }
  return items;
}
