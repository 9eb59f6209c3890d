import type { Scene, SceneItem } from '@writ/contract';
import { isInWorkspace } from '../paths/lexical.ts';
import type { Program } from './program.ts';
import { PROGRAMS } from './table.ts';

/** Where only the system's owner installs. */
const SYSTEM_DIRECTORIES: readonly string[] = ['/bin/', '/sbin/', '/usr/bin/', '/usr/sbin/'];

export type Known = {
  readonly program: Program;
  /** The enforcement point resolved it; else the name is all that is known. */
  readonly observed: boolean;
};

/** The row of an exact name, bare or in a directory of the system; null where nothing is known. */
export function findProgram(executable: string, scene: Scene | null): Known | null {
  const name = bareName(executable);
  if (name === null) return null;
  const row = name.startsWith('mkfs.') ? 'mkfs' : name;
  const program = Object.hasOwn(PROGRAMS, row) ? PROGRAMS[row] : undefined;
  if (program === undefined) return null;
  const resolved = (scene?.items ?? []).filter(
    ({ kind, name: path }) => kind === 'program' && (path === executable || path.endsWith(`/${name}`)),
  );
  const isOwn = (path: string): boolean => path === name || bareName(path) !== null;
  // Where the system's own name is a link, the scene holds what it leads to as well: the same file.
  const own = new Set(resolved.filter((item) => isOwn(item.name)).map(({ digest }) => digest));
  const isLinked = ({ digest, name: path }: SceneItem): boolean =>
    own.has(digest) && !isInWorkspace(path, scene);
  // Another program of that name stands before the system's own.
  if (resolved.some((item) => !isOwn(item.name) && !isLinked(item))) return null;
  return { program, observed: resolved.some((item) => item.name.startsWith('/')) };
}

function bareName(executable: string): string | null {
  const directory = SYSTEM_DIRECTORIES.find((one) => executable.startsWith(one)) ?? '';
  const name = executable.slice(directory.length);
  return name.includes('/') ? null : name;
}
