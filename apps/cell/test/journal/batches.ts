import type { Batch, Journal, JournalHead } from '../../src/journal/journal.ts';
import { readBatches } from '../../src/journal/read-batches.ts';

/** A batch whose bytes tell where it belongs, so that a misplaced or damaged one shows. */
export function batchAt(head: JournalHead, count: number, term: number, length = 40): Batch {
  return { from: head.size, count, term, bytes: bytesOf(head.size, count, term, length) };
}

export function bytesOf(from: number, count: number, term: number, length: number): Uint8Array {
  const mark = new TextEncoder().encode(`${from}/${count}/${term};`);
  return Uint8Array.from({ length }, (_, at) => mark[at % mark.length] as number);
}

export const headAfter = (batch: Pick<Batch, 'from' | 'count' | 'term'>): JournalHead => ({
  size: batch.from + batch.count,
  term: batch.term,
});

/** Appends `counts.length` batches at the head and answers the new head. */
export async function appendAll(
  journal: Journal,
  head: JournalHead,
  counts: readonly number[],
  term: number,
  length?: number,
): Promise<JournalHead> {
  let current = head;
  for (const count of counts) {
    const batch = batchAt(current, count, term, length);
    const result = await journal.append(batch, current);
    if (result !== 'committed') throw new Error(`expected committed, got ${result}`);
    current = headAfter(batch);
  }
  return current;
}

export async function readAll(journal: Journal, to: number, from = 0, maxBytes = 4096): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of readBatches(journal, from, to, maxBytes)) batches.push(batch);
  return batches;
}

/** `from+count@term` of each batch. */
export const shapeOf = (batches: readonly Batch[]): string[] =>
  batches.map((batch) => `${batch.from}+${batch.count}@${batch.term}`);
