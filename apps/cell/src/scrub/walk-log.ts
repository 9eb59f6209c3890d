import type { DecodedRecord } from '@writ/kernel';
import { concatBytes, emptyFrontier, type Frontier, type LogTrust } from '@writ/proof';
import type { Engine } from '../engine/load-engine.ts';
import { dropBytes } from '../journal/own-bytes.ts';
import type { ReadBatches } from '../snapshots/carried-state.ts';
import { checkBatch, type CheckedBatch, NoteMismatch } from './check-batch.ts';

/** What one step of the scrub found, for those checks that need what the cell has open. */
export type Slice = {
  readonly from: number;
  readonly size: number;
  readonly leaf_hashes: Uint8Array;
  readonly sealed: readonly SealedReference[];
  /** Records whose parts a record erases. */
  readonly erased: readonly number[];
  /** A signed note that the records since the last one do not lead to; the slice holds their hashes. */
  readonly contradicted: Contradiction | null;
};

/** Why, and whether the row with the note may itself be what is wrong: it followed more records. */
export type Contradiction = { readonly detail: string; readonly is_of_more: boolean };

export type SealedReference = { readonly index: number; readonly ns: string; readonly commitment: string };

export type LogWalk = {
  /** The next batches, of some `records_max` records, from where the walk is; none at or beyond `to`. */
  next(to: number, records_max: number): Slice;
};

/** One batch at a time: the walk is slow on purpose. */
const READ_BYTES = 1;

/** Walks the log from its first record, and checks of each row all that rows and keys can say. */
export function startWalk(engine: Engine, read: ReadBatches, trust: LogTrust): LogWalk {
  let frontier: Frontier = emptyFrontier();
  /** Since the last note that fitted. */
  let unconfirmed: { from: number; hashes: Uint8Array[] } = { from: 0, hashes: [] };
  return {
    next(to, records_max) {
      const from = frontier.size;
      const taken: CheckedBatch[] = [];
      while (frontier.size < to && frontier.size - from < records_max) {
        const [batch] = read(frontier.size, READ_BYTES);
        if (batch === undefined) break;
        try {
          const checked = checkBatch(engine, batch, frontier, trust);
          dropBytes(batch.bytes);
          if (checked.is_noted) unconfirmed = { from: batch.from, hashes: [] };
          unconfirmed.hashes.push(checked.leaf_hashes);
          frontier = checked.tree.after;
          taken.push(checked);
        } catch (thrown) {
          if (!(thrown instanceof NoteMismatch)) throw thrown;
          const { message: detail, is_of_more } = thrown;
          return contradiction(unconfirmed, frontier.size, { detail, is_of_more });
        }
      }
      return sliceOf(from, frontier.size, taken);
    },
  };
}

function contradiction(
  { from, hashes }: { readonly from: number; readonly hashes: readonly Uint8Array[] },
  size: number,
  contradicted: Contradiction,
): Slice {
  return { from, size, leaf_hashes: concatBytes(...hashes), sealed: [], erased: [], contradicted };
}

function sliceOf(from: number, size: number, taken: readonly CheckedBatch[]): Slice {
  const records = taken.flatMap(({ decoded }) => decoded);
  return {
    from,
    size,
    leaf_hashes: concatBytes(...taken.map(({ leaf_hashes }) => leaf_hashes)),
    sealed: records.flatMap(({ head }, at) => {
      const commitment = head.parts.sealed;
      return commitment === null ? [] : [{ index: from + at, ns: head.ns, commitment }];
    }),
    erased: records.flatMap(erasedBy),
    contradicted: null,
  };
}

function erasedBy({ head, state }: DecodedRecord): readonly number[] {
  if (head.kind !== 'erase') return [];
  const { index } = state as { readonly index: number | null }; // the state part of an erase record
  return index === null ? [] : [index];
}
