import { constants } from 'node:fs';
import { access, lstat, open, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type { User } from './vantage.ts';

/**
 * What this process gets at a path. `owned` is refused now, but the user may change the mode and come again;
 * `absent` is not there, or not in sight.
 */
export type Reach = 'opened' | 'owned' | 'closed' | 'absent';

// Windows knows no such flag. Whatever is no plain file must not make us wait.
const WITHOUT_WAITING = constants.O_NONBLOCK ?? 0;

/** Opens a file, reads one byte, and throws it away. */
export function reachForReading(path: string, user: User): Promise<Reach> {
  return reach(path, user, async () => {
    const file = await open(path, constants.O_RDONLY | WITHOUT_WAITING);
    try {
      await file.read(new Uint8Array(1), 0, 1, 0);
    } finally {
      await file.close();
    }
  });
}

/** Opens a file so that it could be written, and writes nothing. */
export function reachForWriting(path: string, user: User): Promise<Reach> {
  return reach(path, user, async () => {
    const file = await open(path, constants.O_RDWR | WITHOUT_WAITING);
    await file.close();
  });
}

/** Whether a file could be made in a directory. */
export function reachForMaking(directory: string, user: User): Promise<Reach> {
  return reach(directory, user, () => makeNameless(directory));
}

/** `O_TMPFILE` without `O_DIRECTORY`: a file that never has a name, and is gone when it is closed. */
const NAMELESS = 0o20000000;

async function makeNameless(directory: string): Promise<void> {
  if (process.platform === 'linux') {
    try {
      const file = await open(directory, NAMELESS | constants.O_DIRECTORY | constants.O_RDWR, 0o600);
      return await file.close();
    } catch (error) {
      if (!CANNOT_BE_NAMELESS.has(codeOf(error))) throw error;
    }
  }
  await access(directory, constants.W_OK | constants.X_OK);
}

/** Some file systems have no such files. */
const CANNOT_BE_NAMELESS: ReadonlySet<string> = new Set(['EOPNOTSUPP', 'EISDIR', 'EINVAL', 'ENOTSUP']);

async function reach(path: string, user: User, attempt: () => Promise<void>): Promise<Reach> {
  try {
    await attempt();
    return 'opened';
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'absent';
    // What is read-only for everybody is not opened by a change of modes.
    const isRefused = code === 'EACCES' || code === 'EPERM';
    return isRefused && (await owns(path, user)) ? 'owned' : 'closed';
  }
}

/** Whether the path, or the directory that hides it, belongs to this user. */
async function owns(path: string, { id }: User): Promise<boolean> {
  for (let at = path; ; at = dirname(at)) {
    try {
      return (await lstat(at)).uid === id;
    } catch {
      if (dirname(at) === at) return false;
    }
  }
}

/** More are not looked at: one is enough to break a probe. */
const ENTRIES_MAX = 2_000;

export type Entries = { readonly files: readonly string[]; readonly directories: readonly string[] };

/** What can be listed below some directories, and the directories themselves; no link is followed. */
export async function listBelow(roots: readonly string[]): Promise<Entries> {
  const [files, directories]: [string[], string[]] = [[], []];
  const waiting = [...roots];
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    directories.push(at);
    const entries = await readdir(at, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (files.length + directories.length + waiting.length >= ENTRIES_MAX) return { files, directories };
      if (entry.isDirectory()) waiting.push(join(at, entry.name));
      else if (entry.isFile()) files.push(join(at, entry.name));
    }
  }
  return { files, directories };
}

/** Who may do what with a name in `directory`: with the sticky bit only the owner of what it names. */
export async function mayReplace(path: string, user: User): Promise<boolean> {
  const directory = dirname(path);
  const made = await reachForMaking(directory, user);
  if (made !== 'opened' && made !== 'owned') return false;
  const [above, entry] = [await lstat(directory), await lstat(path).catch(() => null)];
  if ((above.mode & STICKY) === 0 || user.is_root) return true;
  return above.uid === user.id || entry === null || entry.uid === user.id;
}

const STICKY = 0o1000;

/** Whether anybody but the owner gets there: by its own mode, and by every directory on the way. */
export async function isOpenToOthers(path: string): Promise<boolean> {
  // Windows has no such modes.
  if (process.platform === 'win32' || ((await modeOf(path)) & OTHERS) === 0) return false;
  for (let at = dirname(path); ; at = dirname(at)) {
    if (((await modeOf(at)) & OTHERS_PASS) === 0) return false;
    if (dirname(at) === at) return true;
  }
}

const OTHERS = 0o077;
const OTHERS_PASS = 0o011;

async function modeOf(path: string): Promise<number> {
  const found = await lstat(path).catch(() => null);
  return found?.mode ?? 0;
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
