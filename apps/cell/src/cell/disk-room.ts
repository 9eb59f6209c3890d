import { statfs } from 'node:fs/promises';
import type { SqliteJournal } from '../journal/sqlite/instance.ts';

/** Below this share of free space only freezes, outcomes and commits are taken (HEART §5). */
const FREE_SHARE_MIN = 0.05;
/** With less than this even those might find no room, and the reserve that is kept for them is given up. */
const FREE_BYTES_MIN: number = 16 * 1024 * 1024;

export type FreeSpace = { readonly free_bytes: number; readonly total_bytes: number };

export type Reserve = Pick<SqliteJournal, 'releaseReserve' | 'restoreReserve'>;

/** Tells whether room is low, and sees to it that there is some for what must still be written. */
export type DiskRoom = () => Promise<boolean>;

export function openDiskRoom(freeSpace: () => Promise<FreeSpace>, reserve: () => Reserve): DiskRoom {
  let isGivenUp = false;
  return async () => {
    const { free_bytes, total_bytes } = await freeSpace();
    if (free_bytes < FREE_BYTES_MIN) {
      isGivenUp = true;
      await reserve().releaseReserve();
      return true;
    }
    // What was given up is for freezes and outcomes: until it stands again there is no room for others.
    if (isGivenUp) isGivenUp = !(await reserve().restoreReserve());
    return isGivenUp || free_bytes < total_bytes * FREE_SHARE_MIN;
  };
}

export async function freeSpaceOf(folder: string): Promise<FreeSpace> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { free_bytes: bavail * bsize, total_bytes: blocks * bsize };
}
