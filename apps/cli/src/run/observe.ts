import { realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { SCENE_LIMITS, type Scene, type SceneItem } from '@writ/contract';
import type { Environment } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { findProgram, type FoundProgram } from './find-program.ts';
import { digestOfFile, digestOfText, openAndHash } from './hash-file.ts';
import { interpretersOf } from './interpreters.ts';

export type Observed = {
  readonly program: FoundProgram;
  /** Of the file that will run. */
  readonly digest: string;
  readonly scene: Scene;
};

export type ToObserve = {
  readonly executable: string;
  readonly args: readonly string[];
  readonly directory: string;
  /** What the program will be given, and nothing else. */
  readonly environment: Environment;
};

/**
 * What this host is to the call, and decides what it will do: where it runs, the file that its name leads to
 * and what interprets that, the files among its arguments, its environment. Observed again at commit: any
 * difference is STATE_DRIFT.
 */
export async function observe(call: ToObserve): Promise<Observed> {
  const directory = await realpath(call.directory);
  const program = await findProgram(call.executable, directory, call.environment['PATH']);
  const digest = await digestOfProgram(program.real);
  const items = [
    ...programItems(program, digest),
    ...(await interpretersOf(program.real, call.environment['PATH'])),
    ...(await argumentItems(call.args, directory)),
    ...environmentItems(call.environment),
  ];
  const scene = { directory, roots: [await rootOf(directory)], shell: null, items: once(items) };
  if (scene.items.length > SCENE_LIMITS.items_max)
    throw new CliFailure('SCENE_TOO_LARGE', `more than ${SCENE_LIMITS.items_max} files in one call`);
  return { program, digest, scene };
}

async function digestOfProgram(path: string): Promise<string> {
  const opened = await openAndHash(path).catch(() => null);
  await opened?.file.close();
  if (opened === null)
    throw new CliFailure('PROGRAM_UNREADABLE', 'the program cannot be read, so nobody knows what would run');
  if (opened.isProgram) return opened.digest;
  throw new CliFailure(
    'PROGRAM_UNSTARTED',
    'only a shell would start that: name the shell, and it as a word',
  );
}

function programItems({ path, real }: FoundProgram, digest: string): readonly SceneItem[] {
  return [path, real].map((name) => ({ kind: 'program', name, digest, used: true }));
}

/** A file may be what the program runs, so what it holds counts; of a directory only that it is there. */
async function argumentItems(args: readonly string[], directory: string): Promise<readonly SceneItem[]> {
  const items: SceneItem[] = [];
  for (const arg of args) items.push(...(await argumentItem(arg, directory)));
  return items;
}

async function argumentItem(arg: string, directory: string): Promise<readonly SceneItem[]> {
  if (arg === '' || arg.includes('\0')) return [];
  const path = resolve(directory, arg);
  const found = await stat(path).catch(() => null);
  if (found === null || path.length > SCENE_LIMITS.name_characters_max) return [];
  const real = await realpath(path);
  // Under the name of a link stands nothing: what it leads to is another place.
  const place = { name: real, digest: digestOfText(real), used: false } as const;
  if (found.isDirectory()) return [{ kind: 'directory', ...place }];
  if (!found.isFile()) return [{ kind: 'path', ...place }];
  const digest = await digestOfFile(real);
  // What nobody here can read, no program of this user can run.
  const script = digest === null ? [] : [{ kind: 'script', name: real, digest, used: true } as const];
  return [{ kind: 'path', ...place }, ...script];
}

/** Its values may be secrets: the scene holds their digests. */
function environmentItems(environment: Environment): readonly SceneItem[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [{ kind: 'environment', name, digest: digestOfText(value), used: true } as const],
  );
}

function once(items: readonly SceneItem[]): readonly SceneItem[] {
  return [...new Map(items.map((item) => [`${item.kind}:${item.name}`, item])).values()];
}

/** The work tree that holds the directory, else the directory itself. */
async function rootOf(directory: string): Promise<string> {
  for (let at = directory; ; at = dirname(at)) {
    if ((await stat(join(at, '.git')).catch(() => null)) !== null) return at;
    if (dirname(at) === at) return directory;
  }
}
