import { API_LIMITS } from '@writ/contract/api';
import { type Frontier, LOG_BATCH_RECORDS_MAX } from '@writ/proof';
import { decodeBatch } from '../core/batch.ts';
import { CoreFailure } from '../core/failure.ts';
import type { Batch } from '../journal/journal.ts';
import type { CellContext } from './cell.ts';

/** Heads of the log in order, and the signed note over everything up to the last of them. */
export type SignedBatch = { readonly heads: readonly string[]; readonly note: string };

export type SignedBatches = {
  /**
   * The tree of all that comes before: with it and the heads a reader computes every root that was signed.
   */
  readonly before: Frontier;
  readonly batches: readonly SignedBatch[];
  /** Durable records. */
  readonly size: number;
};

type Reading = Pick<CellContext, 'running' | 'tiles' | 'tilesUpTo'> & {
  readBatches(from: number, max_bytes: number): Promise<readonly Batch[]>;
};

const READ_BYTES: number = 1024 * 1024;

/**
 * Batches from record `from` on, as many as a page holds and one at least where there is any. The first is
 * cut where `from` lies within it. A row of the journal holds the note of the one before; the newest is the
 * cell's.
 */
export async function readSignedBatches(cell: Reading, from: number): Promise<SignedBatches> {
  const { frontier, note: newest } = cell.running.head();
  const { size } = frontier;
  if (from > size) throw new CoreFailure('ROLLED_BACK', `the log has ${size} records, not ${from}`);
  await cell.tilesUpTo(size);
  const before = await cell.tiles.frontier(from);
  const batches: SignedBatch[] = [];
  let held: string[] = [];
  let count = 0;
  const close = (note: string): void => {
    if (held.length > 0) batches.push({ heads: held, note });
    held = [];
  };
  for (let at = from; at < size; ) {
    const rows = await cell.readBatches(at, READ_BYTES);
    if (rows.length === 0) throw new CoreFailure('STORE_CORRUPT', `record ${at} is missing`, at);
    for (const row of rows) {
      // What was written meanwhile is not in the tree that is shown.
      if (row.from >= size) break;
      const { note, records } = decodeBatch(row.bytes, row.from, row.count);
      // A row that was written without looking back names no note: its batch joins the one before.
      if (note !== '') close(note);
      if (count >= API_LIMITS.page_rows_max && held.length === 0) return { before, batches, size };
      const heads = records.slice(Math.max(0, at - row.from)).map(({ head }) => head);
      held.push(...heads);
      count += heads.length;
      at = row.from + row.count;
      if (held.length > LOG_BATCH_RECORDS_MAX)
        throw new CoreFailure('UNAVAILABLE', `no signed checkpoint lies near record ${at}`);
    }
  }
  close(newest);
  return { before, batches, size };
}
