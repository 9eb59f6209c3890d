import { lstat, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HomeFailure } from './failure.ts';
import type { Home } from './resolve-home.ts';

const PRIVATE_DIRECTORY_MODE = 0o700;

/** Makes the directories of a home, and refuses to go on if anyone else can look into one of them. */
export async function openHome(home: Home): Promise<void> {
  await makePrivateDirectory(home.state);
  await makePrivateDirectory(home.config);
  await makePrivateDirectory(home.keys);
}

/** Creates `path` for its owner alone, durably; an existing one must already be so. */
export async function makePrivateDirectory(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: PRIVATE_DIRECTORY_MODE });
  // Every parent of a newly made directory holds a new name that must survive a power loss.
  if (first !== undefined) await syncUpTo(dirname(path), dirname(first));
  await checkPrivateDirectory(path);
}

export async function checkPrivateDirectory(path: string): Promise<void> {
  const found = await lstat(path);
  if (!found.isDirectory()) throw new HomeFailure('STATE_PERMISSIONS', `${path} is not a plain directory`);
  const problem = ownershipProblem(found.uid, found.mode);
  if (problem === undefined) return;
  throw new HomeFailure('STATE_PERMISSIONS', `${path} ${problem}: chown it to yourself and chmod 700`);
}

/** What is wrong with owner and mode, or undefined. Windows has neither; its profile directories are private. */
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

async function syncUpTo(from: string, last: string): Promise<void> {
  let current = from;
  for (;;) {
    await syncDirectory(current);
    const parent = dirname(current);
    if (current === last || parent === current) return;
    current = parent;
  }
}
