import { lstat, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isWithin } from '../files/is-within.ts';

/**
 * The work tree that holds a directory, else the directory itself; none where that is everything, a home, or
 * what homes lie in. What is given beside it counts under the same rule.
 */
export async function findRoots(
  directory: string,
  home: string | null,
  given: readonly string[] = [],
): Promise<readonly string[]> {
  const found = [await workTreeOf(directory)];
  for (const root of given) {
    const real = await realpath(root).catch(() => null);
    if (real !== null) found.push(real);
  }
  return [...new Set(found)].filter((root) => root !== '/' && (home === null || !isWithin(home, root)));
}

async function workTreeOf(directory: string): Promise<string> {
  for (let at = directory; ; at = dirname(at)) {
    if ((await lstat(join(at, '.git')).catch(() => null)) !== null) return at;
    if (dirname(at) === at) return directory;
  }
}
