import { lstat, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HomeFailure, systemCode } from './failure.ts';
import type { Home } from './resolve-home.ts';

const PRIVATE_DIRECTORY_MODE = 0o700;
const NOT_OURS: readonly string[] = ['EACCES', 'EPERM', 'EROFS', 'EINVAL'];

/** Makes the directories of a home, and refuses to go on if anyone else can look into one of them. */
export async function openHome(home: Home): Promise<void> {
  await makePrivateDirectory(home.state);
  await makePrivateDirectory(home.config);
  await makePrivateDirectory(home.keys);
}

/** Creates `path` for its owner alone, durably; an existing one must already be so. */
export async function makePrivateDirectory(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: PRIVATE_DIRECTORY_MODE });
  await checkPrivateDirectory(path);
  // Also when it stood there: the process that made it may have died before its names were durable.
  await syncAncestors(path);
}

export async function checkPrivateDirectory(path: string): Promise<void> {
  const found = await lstat(path);
  if (!found.isDirectory()) throw new HomeFailure('STATE_PERMISSIONS', `${path} is not a plain directory`);
  const problem = ownershipProblem(found.uid, found.mode);
  if (problem === undefined) return;
  throw new HomeFailure('STATE_PERMISSIONS', `${path} ${problem}: chown it to yourself and chmod 700`);
}

/**
 * What is wrong with owner and mode, or undefined. Windows has neither; its profile directories are private.
 */
export function ownershipProblem(owner: number, mode: number): string | undefined {
  if (process.geteuid === undefined) return undefined;
  if (owner !== process.geteuid()) return 'belongs to another user';
  if ((mode & 0o077) !== 0) return 'is open to its group or to others';
  return undefined;
}

/** Makes created, renamed and removed names of a directory durable. Windows journals them by itself. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

async function syncAncestors(path: string): Promise<void> {
  for (let current = dirname(path); ; current = dirname(current)) {
    try {
      await syncDirectory(current);
    } catch (error) {
      // A directory that this user cannot even open holds no name that this user made.
      if (!NOT_OURS.includes(systemCode(error))) throw error;
      return;
    }
    if (dirname(current) === current) return;
  }
}
