import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { SCENE_LIMITS } from '@writ/contract';
import type { ProposalBody } from '@writ/contract/api';

/** A scene as it is sent. */
export type ObservedScene = NonNullable<ProposalBody['scene']>;
type Item = ObservedScene['items'][number];

/** Where programs of the system are; nothing else is looked through. */
export const PROGRAM_DIRECTORIES: readonly string[] = ['/usr/bin', '/bin'];

/** What is larger is pinned by its size and time. */
const DIGEST_BYTES_MAX = 4_194_304;

/**
 * What the enforcement point sees now: the program that would run, and every word that names a place by
 * itself, without a link on its way. What it did not see stays `lexical_only`, and no rule allows that.
 */
export function observeScene(workspace: string, executable: string, words: readonly string[]): ObservedScene {
  const program = resolveProgram(executable);
  const items: Item[] = program === null ? [] : [itemOf('program', program)];
  const seen = new Set<string>();
  for (const word of words) {
    const path = resolve(workspace, word);
    if (word === '' || word.startsWith('-') || seen.has(path) || !isItself(path)) continue;
    seen.add(path);
    if (items.length < SCENE_LIMITS.items_max) items.push(itemOf('path', path));
  }
  return { directory: workspace, roots: [workspace], shell: null, items };
}

/** The file that a bare name of a program stands for, and what runs when it is allowed. */
export function resolveProgram(executable: string): string | null {
  if (executable === '' || executable.includes('/')) return null;
  const places = PROGRAM_DIRECTORIES.map((directory) => join(directory, executable));
  return places.find((place) => kindOf(place) !== 'absent') ?? null;
}

/** No link on the way to it; what is not there yet, in a directory that is itself. */
function isItself(path: string): boolean {
  if (path.length > SCENE_LIMITS.name_characters_max || path.includes('\0')) return false;
  const there = kindOf(path) !== 'absent';
  try {
    const from = there ? path : dirname(path);
    return realpathSync(from) === from;
  } catch {
    return false;
  }
}

function kindOf(path: string): 'absent' | 'file' | 'other' {
  try {
    const found = lstatSync(path);
    return found.isFile() ? 'file' : 'other';
  } catch {
    return 'absent';
  }
}

function itemOf(kind: 'program' | 'path', path: string): Item {
  return { kind, name: path, digest: digestOf(path), used: true };
}

function digestOf(path: string): string {
  const hash = createHash('sha256');
  const kind = kindOf(path);
  if (kind === 'absent') return hash.update('absent').digest('base64url');
  const { ino, mode, mtimeMs, size } = lstatSync(path);
  if (kind === 'file' && size <= DIGEST_BYTES_MAX) return hash.update(readFileSync(path)).digest('base64url');
  return hash.update(`${ino} ${mode} ${size} ${mtimeMs}`).digest('base64url');
}
