import { JournalFailure } from './failure.ts';
import {
  BATCH_BYTES_MAX,
  BATCH_RECORDS_MAX,
  type Batch,
  type JournalHead,
  READ_BYTES_MAX,
} from './journal.ts';

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

const refuse = (detail: string): never => {
  throw new JournalFailure('JOURNAL_INVALID', detail);
};

/** The shape that every batch has, on its way in and on its way out; null when it is sound. */
export function faultOfBatch(batch: Batch): string | null {
  if (!isCount(batch.from)) return 'from is not a record index';
  if (!isCount(batch.count) || batch.count < 1 || batch.count > BATCH_RECORDS_MAX)
    return 'count is out of range';
  if (!isCount(batch.from + batch.count)) return 'the batch ends beyond the largest index';
  if (!isCount(batch.term)) return 'term is not a number of a term';
  if (!(batch.bytes instanceof Uint8Array)) return 'bytes are missing';
  if (batch.bytes.byteLength < 1 || batch.bytes.byteLength > BATCH_BYTES_MAX) return 'length is out of range';
  return null;
}

/** Refuses an append that no state of the store could accept. */
export function guardAppend(batch: Batch, expected: JournalHead, isFirst: boolean): void {
  const fault = faultOfBatch(batch);
  if (fault !== null) refuse(fault);
  if (!isCount(expected.size) || !isCount(expected.term)) refuse('the expected head is malformed');
  if (batch.from !== expected.size) refuse('the batch does not start at the expected size');
  if (batch.term < expected.term) refuse('the term goes back');
  // INVARIANT: a writer that has not raised the term has not fenced the one before it.
  if (isFirst && expected.size > 0 && batch.term === expected.term) {
    throw new JournalFailure('JOURNAL_TERM', 'the first append of an instance must raise the term');
  }
}

/** Refuses a malformed read and answers how many bytes it may return. */
export function guardRead(from: number, maxBytes: number): number {
  if (!isCount(from)) refuse('from is not a record index');
  if (!isCount(maxBytes) || maxBytes < 1) refuse('a read needs room for one byte at least');
  return Math.min(maxBytes, READ_BYTES_MAX);
}
