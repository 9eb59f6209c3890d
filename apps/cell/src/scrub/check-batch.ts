import type { DecodedRecord } from '@writ/kernel';
import {
  encodeBase64,
  encodeUtf8,
  type Frontier,
  hashLeaves,
  type LogTrust,
  openBatch,
  openCheckpoint,
  rootOf,
  sha256Base64url,
  type TreeBatch,
} from '@writ/proof';
import { type BatchRecord, decodeBatch } from '../core/batch.ts';
import { CoreFailure } from '../core/failure.ts';
import type { Engine } from '../engine/load-engine.ts';
import type { Batch } from '../journal/journal.ts';

export type CheckedBatch = {
  readonly from: number;
  readonly leaf_hashes: Uint8Array;
  readonly tree: TreeBatch;
  readonly decoded: readonly DecodedRecord[];
  /** Whether the signed note of the batch before stands in this row; after an unknown commit it does not. */
  readonly is_noted: boolean;
};

/** The signed note says another root than the records before it have: one of those was changed. */
export class NoteMismatch extends Error {
  readonly size: number;
  /** The note is true of more records than stand here: if those are sound, this row stood elsewhere. */
  readonly is_of_more: boolean;

  constructor(
    size: number,
    detail: string,
    more: { readonly is_of_more?: boolean; readonly cause?: unknown },
  ) {
    super(detail, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'NoteMismatch';
    this.size = size;
    this.is_of_more = more.is_of_more ?? false;
  }
}

/**
 * Everything that can be said of a row by itself and from the tree before it: bytes, heads in their one
 * spelling, state parts under their commitments, and the signature and root of the note that it carries.
 */
export function checkBatch(engine: Engine, batch: Batch, before: Frontier, trust: LogTrust): CheckedBatch {
  const { from, count } = batch;
  if (from !== before.size) {
    throw new CoreFailure('STORE_CORRUPT', `a batch begins at ${from}, not at ${before.size}`, before.size);
  }
  const { note, records } = decodeBatch(batch.bytes, from, count);
  if (note !== '') checkNote(note, before, trust);
  const decoded = records.map((record, at) => decodeRecord(engine, record, from + at));
  const leaf_hashes = hashLeaves(records.map(({ head }) => head));
  return { from, leaf_hashes, tree: openBatch(before, leaf_hashes), decoded, is_noted: note !== '' };
}

/** The note is of this log's key, and the same tree leads to its root. */
export function checkNote(note: string, before: Frontier, trust: LogTrust): void {
  let checkpoint: { readonly size: bigint; readonly root: Uint8Array };
  try {
    ({ checkpoint } = openCheckpoint(encodeUtf8(note), trust));
  } catch (cause) {
    throw new NoteMismatch(before.size, `the note at ${before.size} is not signed by this log`, { cause });
  }
  const { size, root } = checkpoint;
  if (size !== BigInt(before.size) || encodeBase64(root) !== encodeBase64(rootOf(before))) {
    const detail = `the records up to ${before.size} are not those that were signed`;
    throw new NoteMismatch(before.size, detail, { is_of_more: size > BigInt(before.size) });
  }
}

function decodeRecord(engine: Engine, { head, state }: BatchRecord, index: number): DecodedRecord {
  try {
    return engine.functions.decodeStored(sha256Base64url, encodeUtf8(head), state);
  } catch (cause) {
    throw new CoreFailure('STORE_CORRUPT', `record ${index} is damaged`, index, cause);
  }
}
