import type { DecodedRecord, State } from '@writ/kernel';
import {
  commitPart,
  encodeBase64,
  type Frontier,
  hashLeaves,
  openBatch,
  parseCheckpoint,
  rootOf,
  sha256Base64url,
  type TreeBatch,
} from '@writ/proof';
import type { Engine } from '../engine/load-engine.ts';
import type { Batch, Journal } from '../journal/journal.ts';
import { decodeBatch } from './batch.ts';
import { CoreFailure } from './failure.ts';

/** Where folding begins: an empty log, or a snapshot whose digest will be met on the way. */
export type Base = { readonly state: State; readonly frontier: Frontier };

export type Recovered = Base & { readonly term: number };

export type ReadBatch = {
  readonly from: number;
  readonly leaf_hashes: Uint8Array;
  readonly tree: TreeBatch;
  readonly decoded: readonly DecodedRecord[];
};

/** Enough to keep reading ahead of folding without holding much. */
const READ_BYTES: number = 4 * 1024 * 1024;

/**
 * Folds what the journal holds from the base on. Every batch is checked against the note of its successor's
 * row, every state part against its head; the first difference names its place and nothing is guessed.
 */
export async function recover(
  journal: Pick<Journal, 'read'>,
  engine: Engine,
  base: Base,
  size: number,
  onBatch: (batch: ReadBatch) => Promise<void>,
): Promise<Recovered> {
  const { state } = base;
  let frontier = base.frontier;
  let term = state.term;
  while (frontier.size < size) {
    const batches = await journal.read(frontier.size, READ_BYTES);
    if (batches.length === 0) throw new CoreFailure('STORE_CORRUPT', 'the journal ends early', frontier.size);
    for (const batch of batches) {
      const read = readBatch(engine, batch, frontier);
      foldBatch(engine, state, read);
      frontier = read.tree.after;
      term = batch.term;
      await onBatch(read);
    }
  }
  return { state, frontier, term };
}

/** `apply` never throws for what it once applied: what it cannot read is not what was written. */
function foldBatch(engine: Engine, state: State, { from, decoded }: ReadBatch): void {
  try {
    engine.functions.fold(state, decoded);
  } catch (cause) {
    throw new CoreFailure('STORE_CORRUPT', `a record from ${from} on cannot be applied`, from, cause);
  }
}

function readBatch(engine: Engine, batch: Batch, before: Frontier): ReadBatch {
  if (batch.from !== before.size) {
    throw new CoreFailure(
      'STORE_CORRUPT',
      `a batch begins at ${batch.from}, not at ${before.size}`,
      before.size,
    );
  }
  const { note, records } = decodeBatch(batch.bytes, batch.from, batch.count);
  checkNote(note, before);
  const leafHashes = hashLeaves(records.map((record) => record.head));
  const decoded = records.map((record, at) => {
    try {
      return decodeRecord(engine, record);
    } catch (cause) {
      throw new CoreFailure('STORE_CORRUPT', `record ${batch.from + at} is damaged`, batch.from + at, cause);
    }
  });
  return { from: batch.from, leaf_hashes: leafHashes, tree: openBatch(before, leafHashes), decoded };
}

function decodeRecord(
  engine: Engine,
  record: { readonly head: string; readonly state: string },
): DecodedRecord {
  const decoded = engine.functions.decodeOwn(record);
  if (commitPart(sha256Base64url, 'state', record.state) !== decoded.head.parts.state) {
    throw new CoreFailure('STORE_CORRUPT', 'a state part is not the one that its head names');
  }
  return decoded;
}

/** The row carries the signed note of the batch before: the same tree must lead to the root in it. */
function checkNote(note: string, before: Frontier): void {
  if (note === '' || isNoteOf(note, before)) return;
  const message = `the records up to ${before.size} are not those that were signed`;
  throw new CoreFailure('STORE_CORRUPT', message, before.size);
}

function isNoteOf(note: string, before: Frontier): boolean {
  try {
    const { size, root } = parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1));
    return size === BigInt(before.size) && encodeBase64(root) === encodeBase64(rootOf(before));
  } catch {
    // What is no checkpoint is not the one that was signed.
    return false;
  }
}
