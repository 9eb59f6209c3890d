import { crc32 } from 'node:zlib';
import { JournalFailure } from '../failure.ts';
import { faultOfBatch } from '../guard.ts';
import { type Batch, BATCH_BYTES_MAX } from '../journal.ts';

/** A row whose bytes are too long is never loaded: `bytes` is null then, and the row is corrupt. */
export const ROW_COLUMNS: string = `first, count, term, crc,
  CASE WHEN length(bytes) <= ${BATCH_BYTES_MAX} THEN bytes END AS bytes`;

/**
 * SQLite has no checksums of its own on rows. This one finds what a disk did; what a person did is found by
 * the tree over the records.
 */
export function checksumOf(batch: Batch): number {
  return crc32(batch.bytes, crc32(`${batch.from}+${batch.count}@${batch.term};`));
}

/** The batch in a row, or a failure that names `index`: the record that was expected there. */
export function batchOfRow(row: Readonly<Record<string, unknown>>, index: number): Batch {
  const { first, count, term, crc, bytes } = row;
  const batch = { from: first, count, term, bytes } as Batch; // every member is checked by faultOfBatch
  const fault = faultOfBatch(batch) ?? (crc === checksumOf(batch) ? null : 'the checksum does not match');
  if (fault !== null)
    throw new JournalFailure('JOURNAL_CORRUPT', `a stored batch is damaged: ${fault}`, index);
  return batch;
}
