import { HASH_BYTES } from '@writ/proof';
import type { Batch, Journal } from '../journal/journal.ts';
import { readBatches } from '../journal/read-batches.ts';
import { TilesFailure } from './failure.ts';
import type { Tiles } from './tiles.ts';

/** The leaf hashes of the records in a batch, packed. */
export type LeavesOf = (batch: Batch) => Uint8Array;

/** Leaves at the end of the tiles that are compared with the journal at every start. */
const TAIL_LEAVES = 2_048;
/** What is read from the journal at once. */
const READ_BYTES = 4 * 1024 * 1024;

/** Compares the end of the tiles with the journal, whose durable size is `to`. */
export async function checkTail(
  tiles: Tiles,
  journal: Journal,
  to: number,
  leavesOf: LeavesOf,
): Promise<void> {
  const size = tiles.size();
  if (size > to) throw new TilesFailure('TILES_MISMATCH', `the journal ends at ${to}`, to);
  const from = Math.max(0, size - TAIL_LEAVES);
  for await (const batch of readBatches(journal, from, size, READ_BYTES)) {
    const { start, leaves } = leavesFrom(batch, from, leavesOf);
    const known = Math.min(size - start, leaves.byteLength / HASH_BYTES);
    await tiles.check(start, leaves.subarray(0, known * HASH_BYTES));
  }
}

/** Appends the leaves of all batches between the end of the tiles and the durable size `to`. */
export async function catchUp(
  tiles: Tiles,
  journal: Pick<Journal, 'read'>,
  to: number,
  leavesOf: LeavesOf,
): Promise<void> {
  for await (const batch of readBatches(journal, tiles.size(), to, READ_BYTES)) {
    const { start, leaves } = leavesFrom(batch, tiles.size(), leavesOf);
    await tiles.append(start, leaves);
  }
}

/** The leaves of a batch from record `from` on, where the batch may start before it. */
function leavesFrom(
  batch: Batch,
  from: number,
  leavesOf: LeavesOf,
): { readonly start: number; readonly leaves: Uint8Array } {
  const leaves = leavesOf(batch);
  if (leaves.byteLength !== batch.count * HASH_BYTES) {
    throw new TilesFailure('TILES_INVALID', 'one hash for each record of the batch is wanted', batch.from);
  }
  const skipped = Math.max(0, from - batch.from);
  return { start: batch.from + skipped, leaves: leaves.subarray(skipped * HASH_BYTES) };
}
