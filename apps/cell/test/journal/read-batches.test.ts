import { describe, expect, test } from 'vitest';
import { BATCH_BYTES_MAX, type Batch } from '../../src/journal/journal.ts';
import { readBatches } from '../../src/journal/read-batches.ts';

const batch = (from: number, count: number, term = 1, length = 8): Batch => ({
  from,
  count,
  term,
  bytes: new Uint8Array(length),
});

/** Reads 0 … `to` from an adapter that answers these lists, one a call, whatever it is asked. */
async function readFrom(answers: readonly (readonly Batch[])[], from: number, to: number): Promise<string[]> {
  const left = [...answers];
  const seen: string[] = [];
  const journal = { read: async () => left.shift() ?? [] };
  for await (const found of readBatches(journal, from, to, 100)) seen.push(`${found.from}+${found.count}`);
  return seen;
}

describe('readBatches()', () => {
  test('takes contiguous answers, the first from inside of a batch, and never cuts the last', async () => {
    const answers = [
      [batch(0, 5), batch(5, 1)],
      [batch(6, 4, 2), batch(10, 1, 2)],
    ];
    expect(await readFrom(answers, 3, 8)).toEqual(['0+5', '5+1', '6+4']);
  });

  test('asks nothing when there is nothing to read', async () => {
    expect(await readFrom([], 8, 8)).toEqual([]);
  });

  test.each([
    ['the first batch starts later', [[batch(1, 5)]], 'JOURNAL_CORRUPT', 0],
    ['the first batch ends too early', [[batch(0, 5)]], 'JOURNAL_CORRUPT', 5, 5],
    ['a batch is left out', [[batch(0, 5), batch(6, 5)]], 'JOURNAL_CORRUPT', 5],
    ['a batch comes twice', [[batch(0, 5), batch(0, 5)]], 'JOURNAL_CORRUPT', 5],
    ['a batch overlaps the one before', [[batch(0, 5), batch(4, 6)]], 'JOURNAL_CORRUPT', 5],
    ['a batch overlaps that of the answer before', [[batch(0, 5)], [batch(4, 6)]], 'JOURNAL_CORRUPT', 5],
    ['batches are out of order', [[batch(0, 5), batch(7, 3), batch(5, 2)]], 'JOURNAL_CORRUPT', 5],
    ['the term goes back', [[batch(0, 5, 2), batch(5, 5, 1)]], 'JOURNAL_CORRUPT', 5],
    ['a batch is empty', [[batch(0, 5), batch(5, 0)]], 'JOURNAL_CORRUPT', 5],
    ['a batch has too many records', [[batch(0, 257)]], 'JOURNAL_CORRUPT', 0],
    ['a batch has no bytes', [[batch(0, 5, 1, 0)]], 'JOURNAL_CORRUPT', 0],
    ['a batch has too many bytes', [[batch(0, 5, 1, BATCH_BYTES_MAX + 1)]], 'JOURNAL_CORRUPT', 0],
    ['an index is no number', [[batch(Number.NaN, 5)]], 'JOURNAL_CORRUPT', 0],
    ['the answers end before the durable size', [[batch(0, 5)], []], 'JOURNAL_STALE', 5],
  ])('names the record when %s', async (_, answers, code, index, from = 0) => {
    await expect(readFrom(answers, from, 10)).rejects.toMatchObject({ code, index });
  });
});
