import { lstat, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { SCENE_LIMITS, type SceneItem } from '@writ/contract';
import { digestOfText } from '../run/hash-file.ts';
import { digestOnce } from './digest-file.ts';

export type NamedPath = {
  /** Links followed; of a name where nothing stands, in its real directory. */
  readonly real: string;
  readonly kind: 'file' | 'directory' | 'other' | 'nothing';
};

/** Where a pattern begins, nothing in a name is the name of a file. */
const PATTERN = /[*?[{]/;

/** The place that a path leads to; null where nothing can be there, or its name is too long for one. */
export async function findPath(path: string, directory: string): Promise<NamedPath | null> {
  if (path === '' || path.includes('\0')) return null;
  const whole = resolve(directory, path);
  const found = await stat(whole).catch(() => null);
  const real = await realOf(whole, found !== null);
  if (real === null || real.length > SCENE_LIMITS.name_characters_max) return null;
  if (found === null) return { real, kind: 'nothing' };
  if (found.isDirectory()) return { real, kind: 'directory' };
  return { real, kind: found.isFile() ? 'file' : 'other' };
}

/** Of what is not there, below the nearest directory that is: no link can lie between. */
async function realOf(path: string, exists: boolean): Promise<string | null> {
  if (exists) return realpath(path).catch(() => null);
  for (let at = dirname(path); ; at = dirname(at)) {
    const found = await lstat(at).catch(() => null);
    if (found === null && at !== '/') continue;
    const real = await realpath(at).catch(() => null);
    return real === null ? null : join(real, path.slice(at === '/' ? 0 : at.length));
  }
}

/** The same for a word of a shell; of a pattern, the directory in which it begins. */
export async function findWord(
  word: string,
  directory: string,
  home: string | null,
): Promise<NamedPath | null> {
  let path = word.replace(/^\$(?:\{PWD\}|PWD)(?=\/|$)/, directory);
  if (home !== null) path = path.replace(/^(?:~|\$\{HOME\}|\$HOME)(?=\/|$)/, home);
  const at = path.search(PATTERN);
  if (at >= 0) path = path.slice(0, path.lastIndexOf('/', at) + 1) || '.';
  return /[$`]/.test(path) ? null : findPath(path, directory);
}

/**
 * Under the name of a link stands nothing: what it leads to is another place. Where the call may change
 * something, a file may be what runs, and so what it holds must stay; what nobody here can read, no program
 * of this user can run.
 */
export async function itemsOf({ kind, real }: NamedPath, may_change: boolean): Promise<readonly SceneItem[]> {
  const place = { name: real, digest: digestOfText(real), used: false } as const;
  if (kind === 'directory') return [{ kind: 'directory', ...place }];
  const digest = kind === 'file' && may_change ? await digestOnce(real) : null;
  const script = digest === null ? [] : [{ kind: 'script', name: real, digest, used: true } as const];
  return [{ kind: 'path', ...place }, ...script];
}
