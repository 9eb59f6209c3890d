import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { HomeFailure } from '../home/failure.ts';
import { makePrivateDirectory } from '../home/private-directory.ts';
import { readPrivateFile, replacePrivateFile } from '../home/private-file.ts';
import {
  parseSnapshotFile,
  printSnapshotFile,
  SNAPSHOT_BYTES_MAX,
  type SnapshotFile,
} from './snapshot-file.ts';

/** Sixteen digits, so that names sort as sizes do. */
const NAME = /^(\d{16})\.snapshot$/;
const UNFINISHED = /^\d{16}\.snapshot\.[0-9a-f]{16}\.tmp$/;

/** The sizes of all snapshots in the folder, the newest first. */
export async function listSnapshots(folder: string): Promise<readonly number[]> {
  await makePrivateDirectory(folder);
  const sizes = (await readdir(folder)).flatMap((name) => {
    const [, digits] = NAME.exec(name) ?? [];
    return digits === undefined ? [] : [Number(digits)];
  });
  return sizes.sort((left, right) => right - left);
}

export async function readSnapshot(folder: string, size: number): Promise<SnapshotFile | null> {
  try {
    const bytes = await readPrivateFile(pathOf(folder, size), SNAPSHOT_BYTES_MAX);
    const file = bytes === 'missing' ? null : parseSnapshotFile(bytes);
    return file?.size === size ? file : null;
  } catch (error) {
    // Too large, a link, or open to others: not one of ours.
    if (error instanceof HomeFailure) return null;
    throw error;
  }
}

/** Whole or not at all; durable when it resolves. */
export async function writeSnapshot(folder: string, file: SnapshotFile): Promise<number> {
  const bytes = printSnapshotFile(file);
  await replacePrivateFile(pathOf(folder, file.size), bytes);
  return bytes.length;
}

/** Removes all but these, and what a crash left between writing and renaming. */
export async function keepSnapshots(folder: string, sizes: readonly number[]): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, digits] = NAME.exec(name) ?? [];
    const isOld = digits !== undefined && !sizes.includes(Number(digits));
    if (isOld || UNFINISHED.test(name)) await unlink(join(folder, name));
  }
}

function pathOf(folder: string, size: number): string {
  return join(folder, `${String(size).padStart(16, '0')}.snapshot`);
}
