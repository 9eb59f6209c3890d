import { JournalFailure } from './failure.ts';
import { faultOfBatch } from './guard.ts';
import type { Batch, Journal } from './journal.ts';

/**
 * Reads the records from `from` up to the durable size `to`, and trusts no answer of the adapter: a gap, a
 * repeat, a term that goes back, a misshapen batch or an end before `to` is a failure that names the record
 * where it shows. The first batch may start before `from`, the last one may end after `to`: batches are
 * never cut.
 */
export async function* readBatches(
  journal: Pick<Journal, 'read'>,
  from: number,
  to: number,
  maxBytes: number,
): AsyncGenerator<Batch, void, undefined> {
  let next = from;
  let term = 0;
  let isFirst = true;
  while (next < to) {
    const batches = await journal.read(next, maxBytes);
    if (batches.length === 0) {
      throw new JournalFailure('JOURNAL_STALE', `a read ended before the durable size ${to}`, next);
    }
    for (const batch of batches) {
      const fault = faultOfBatch(batch) ?? faultOfOrder(batch, next, term, isFirst);
      if (fault !== null) throw new JournalFailure('JOURNAL_CORRUPT', fault, next);
      yield batch;
      next = batch.from + batch.count;
      term = batch.term;
      isFirst = false;
      if (next >= to) return;
    }
  }
}

function faultOfOrder(batch: Batch, next: number, term: number, isFirst: boolean): string | null {
  if (batch.from + batch.count <= next) return 'a batch ends before the record that was asked for';
  if (isFirst ? batch.from > next : batch.from !== next)
    return `the batch found there starts at ${batch.from}`;
  if (batch.term < term) return 'the term goes back';
  return null;
}
