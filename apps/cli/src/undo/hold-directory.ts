import { chmodSync, closeSync, constants, fchmodSync, fstatSync, lstatSync, openSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/**
 * A directory that stays the same whatever its path leads to by now: names are looked up in it, as openat(2)
 * does. Elsewhere than on Linux they are looked up by its path.
 */
export type Held = { readonly fd: number; readonly path: string };

/** Linux's O_PATH, which Node does not name: to stand in a directory one need not be able to read it. */
const O_PATH = 0o10000000;
const IS_LINUX = process.platform === 'linux';
const STAND =
  constants.O_DIRECTORY |
  constants.O_NOFOLLOW |
  (IS_LINUX ? O_PATH : constants.O_RDONLY | constants.O_NONBLOCK);

/** The name as it is in the held directory, for any call that takes a path. */
export function nameIn(held: Held, name: string): string {
  return IS_LINUX ? `/proc/self/fd/${held.fd}/${name}` : join(held.path, name);
}

/** The held directory itself, for reading its names. */
export function placeOf(held: Held): string {
  return IS_LINUX ? `/proc/self/fd/${held.fd}/.` : held.path;
}

/** Throws ENOTDIR or ELOOP for a link, wherever it leads, and for whatever is no directory. */
export function holdBelow(held: Held, name: string): Held {
  const below = { fd: openSync(nameIn(held, name), STAND), path: join(held.path, name) };
  // Without lookups from the descriptor, at least the path must still lead to what is open.
  if (!IS_LINUX && fstatSync(below.fd).ino !== lstatSync(below.path).ino) {
    release(below);
    throw Object.assign(new Error('a directory was exchanged'), { code: 'ENOTDIR' });
  }
  return below;
}

/** A directory by its absolute path, of which no part may be a link. The caller releases it. */
export function hold(path: string): Held {
  let held: Held = { fd: openSync('/', STAND), path: '/' };
  for (const name of path.split('/').filter((part) => part !== '')) held = step(held, name);
  return held;
}

function step(held: Held, name: string): Held {
  try {
    return holdBelow(held, name);
  } finally {
    release(held);
  }
}

export function release(held: Held): void {
  closeSync(held.fd);
}

/** The mode of a file or directory that need not be readable; never of what a link leads to. */
export function setModeIn(held: Held, name: string, of: 'file' | 'directory', mode: number): void {
  const flags = IS_LINUX ? O_PATH : constants.O_RDONLY | constants.O_NONBLOCK;
  const fd = openSync(nameIn(held, name), flags | constants.O_NOFOLLOW);
  try {
    const found = fstatSync(fd);
    if (of === 'directory' ? !found.isDirectory() : !found.isFile())
      throw Object.assign(new Error('another thing stands there'), { code: 'ENOTDIR' });
    if (IS_LINUX) chmodSync(`/proc/self/fd/${fd}`, mode);
    else fchmodSync(fd, mode);
  } finally {
    closeSync(fd);
  }
}
