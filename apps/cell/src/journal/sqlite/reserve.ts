import { randomFillSync } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rm, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { JournalFailure } from '../failure.ts';
import { failureOf } from './failures.ts';
import { WAL_BYTES_MAX } from './settings.ts';

/** For the freeze and the outcomes that must still be written when the disk is full: some ten thousand. */
const OUTCOMES_BYTES: number = 32 * 1024 * 1024;
/** A start moves the whole log to the database file, which grows by as much before the log can shrink. */
export const RESERVE_BYTES: number = WAL_BYTES_MAX + OUTCOMES_BYTES;
/** Kept free besides the reserve when it is restored, or the two would chase each other. */
const MARGIN_FACTOR = 2;
const CHUNK_BYTES = 1024 * 1024;

export type FreeSpace = { readonly free_bytes: number; readonly total_bytes: number };

export type Reserve = {
  release(): Promise<void>;
  /** Whether the reserve stands afterwards; false when the disk has no room for it. */
  restore(): Promise<boolean>;
  freeSpace(): Promise<FreeSpace>;
};

/** A file that takes up room, so that there is room to give when the disk is full. */
export function createReserve(file: string, bytes: number): Reserve {
  const path = `${file}.reserve`;
  const freeSpace = async (): Promise<FreeSpace> => {
    const { bavail, blocks, bsize } = await statfs(dirname(file));
    return { free_bytes: bavail * bsize, total_bytes: blocks * bsize };
  };
  return {
    freeSpace,
    async release(): Promise<void> {
      await rm(path, { force: true });
    },
    async restore(): Promise<boolean> {
      const size = await sizeOf(path);
      if (size === bytes) return true;
      const { free_bytes } = await freeSpace();
      if (free_bytes + size < bytes * MARGIN_FACTOR) return false;
      try {
        await fill(path, bytes);
        return true;
      } catch (thrown) {
        await rm(path, { force: true });
        if (isFull(thrown)) return false;
        throw new JournalFailure('JOURNAL_IO', 'the reserve could not be written');
      }
    },
  };
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}

/** Random bytes: some file systems take no room for zeros, or for what they can compress. */
async function fill(path: string, bytes: number): Promise<void> {
  const handle = await open(path, constants.O_CREAT | constants.O_WRONLY | constants.O_TRUNC, 0o600);
  try {
    const chunk = new Uint8Array(CHUNK_BYTES);
    for (let written = 0; written < bytes; ) {
      const length = Math.min(CHUNK_BYTES, bytes - written);
      await handle.writeFile(randomFillSync(chunk).subarray(0, length));
      written += length;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isFull(thrown: unknown): boolean {
  return failureOf(thrown).code === 'JOURNAL_FULL';
}
