import { HASH_BYTES } from '@writ/proof';
import type { Tiles } from '../tiles/tiles.ts';

/** Keeps the tiles behind the durable log: off the way of answers, and never ahead of the journal. */
export type TileFollower = {
  /** History at a start: appended where the tiles lack it, compared where they have it. */
  recovered(from: number, leaf_hashes: Uint8Array): Promise<void>;
  durable(from: number, leaf_hashes: Uint8Array): void;
  flush(): Promise<void>;
  /**
   * Called each second: flushes, and makes the tiles durable when enough has come, or nothing more comes.
   * What is not durable is read from the journal again at the next start.
   */
  keep(): Promise<void>;
  /** Flushes and makes durable. */
  finish(): Promise<void>;
  /** Resolves when the tiles hold all records below `size`. */
  upTo(size: number): Promise<void>;
};

/** So many leaves wait at most before they are written: one write a level for many batches. */
const WAITING_LEAVES_MAX = 4_096;
/** A start reads so much again in a blink; syncing more often would compete with the journal. */
const UNSYNCED_LEAVES_MAX = 16_384;

export function openTileFollower(tiles: Tiles): TileFollower {
  let waiting: Waiting[] = [];
  let leaves = 0;
  let synced = tiles.size();
  let seen = synced;
  let work: Promise<void> = Promise.resolve();
  const write = async (): Promise<void> => {
    const taken = waiting;
    waiting = [];
    leaves = 0;
    if (taken.length === 0) return;
    try {
      await append(tiles, taken);
    } catch (error) {
      // A disk that fails now may not fail later, and what follows fits behind these only.
      waiting = [...taken, ...waiting];
      for (const { leaf_hashes } of taken) leaves += leaf_hashes.length / HASH_BYTES;
      throw error;
    }
  };
  const inOrder = (step: () => Promise<void>): Promise<void> => {
    const done = work.then(step);
    work = done.catch(() => {});
    return done;
  };
  const flush = (): Promise<void> => inOrder(write);
  const sync = async (): Promise<void> => {
    const size = tiles.size();
    if (size > synced) await tiles.sync();
    synced = size;
  };
  const add = (from: number, leaf_hashes: Uint8Array): void => {
    waiting.push({ from, leaf_hashes });
    leaves += leaf_hashes.length / HASH_BYTES;
  };
  return {
    async recovered(from, leaf_hashes) {
      const size = from + leaf_hashes.length / HASH_BYTES;
      if (size <= tiles.size()) return tiles.check(from, leaf_hashes);
      add(from, leaf_hashes);
      if (leaves >= WAITING_LEAVES_MAX) await flush();
    },
    durable(from, leaf_hashes) {
      add(from, leaf_hashes);
      // A failed write is met again by whoever waits for it, and at the next start.
      if (leaves >= WAITING_LEAVES_MAX) flush().catch(() => {});
    },
    flush,
    async keep() {
      await flush();
      const size = tiles.size();
      if (size === seen || size - synced >= UNSYNCED_LEAVES_MAX) await inOrder(sync);
      seen = size;
    },
    async finish() {
      await flush();
      await inOrder(sync);
    },
    async upTo(size) {
      if (tiles.size() < size) await flush();
    },
  };
}

type Waiting = { readonly from: number; readonly leaf_hashes: Uint8Array };

/** One append for contiguous batches; what the tiles already hold is compared instead. */
async function append(tiles: Tiles, batches: readonly Waiting[]): Promise<void> {
  const fresh: Uint8Array[] = [];
  let start = tiles.size();
  for (const { from, leaf_hashes } of batches) {
    const known = Math.max(0, Math.min(start - from, leaf_hashes.length / HASH_BYTES));
    if (known > 0) await tiles.check(from, leaf_hashes.subarray(0, known * HASH_BYTES));
    if (known * HASH_BYTES < leaf_hashes.length) fresh.push(leaf_hashes.subarray(known * HASH_BYTES));
  }
  if (fresh.length === 0) return;
  const all = new Uint8Array(fresh.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of fresh) {
    all.set(part, at);
    at += part.length;
  }
  start = tiles.size();
  await tiles.append(start, all);
}
