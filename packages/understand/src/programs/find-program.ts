import type { Scene } from '@writ/contract';
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
  const resolved = (scene?.items ?? [])
    .filter((item) => item.kind === 'program')
    .map((item) => item.name)
    .filter((path) => path === executable || path.endsWith(`/${name}`));
  // Another program of that name stands before the system's own.
  if (resolved.some((path) => path !== name && bareName(path) === null)) return null;
  return { program, observed: resolved.some((path) => path.startsWith('/')) };
}

function bareName(executable: string): string | null {
  const directory = SYSTEM_DIRECTORIES.find((one) => executable.startsWith(one)) ?? '';
  const name = executable.slice(directory.length);
  return name.includes('/') ? null : name;
}
