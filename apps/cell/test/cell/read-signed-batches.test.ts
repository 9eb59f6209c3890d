import { appendLeaves, emptyFrontier, hashLeaves } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { readSignedBatches } from '../../src/cell/read-signed-batches.ts';
import { encodeBatch } from '../../src/core/batch.ts';
import type { Batch } from '../../src/journal/journal.ts';

type Source = Parameters<typeof readSignedBatches>[0];

const headsOf = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `{"n":${from + at}}`);

/** Rows of so many records each; `unsigned` ones were written without the note of the one before. */
function rowsOf(counts: readonly number[], unsigned: readonly number[] = []): readonly Batch[] {
  let from = 0;
  return counts.map((count, at) => {
    const records = headsOf(from, count).map((head) => ({ head, state: '{}' }));
    const note = at === 0 || unsigned.includes(at) ? '' : `note ${from}`;
    const row = { from, count, term: 1, bytes: encodeBatch({ note, records }) };
    from += count;
    return row;
  });
}

/** A cell of which only reading is asked; its journal answers `rows_at_once` rows. */
function cellOf(rows: readonly Batch[], size: number, rows_at_once = 2): Source {
  const treeAt = (count: number) => appendLeaves(emptyFrontier(), hashLeaves(headsOf(0, count)));
  const parts = {
    running: { head: () => ({ frontier: treeAt(size), note: `note ${size}`, term: 1 }) },
    tiles: { frontier: (at: number) => Promise.resolve(treeAt(at)) },
    tilesUpTo: () => Promise.resolve(),
    readBatches: (from: number) => {
      const first = rows.findIndex((row) => row.from + row.count > from);
      return Promise.resolve(first < 0 ? [] : rows.slice(first, first + rows_at_once));
    },
  };
  // All that it is asked for.
  return parts as unknown as Source;
}

const shown = async (cell: Source, from: number) =>
  (await readSignedBatches(cell, from)).batches.map(({ heads, note }) => [heads.length, note]);

describe('readSignedBatches()', () => {
  it('gives each batch with the note that its successor holds, the last with the newest', async () => {
    expect(await shown(cellOf(rowsOf([3, 2, 4]), 9), 0)).toEqual([
      [3, 'note 3'],
      [2, 'note 5'],
      [4, 'note 9'],
    ]);
  });

  it('cuts the first where it begins within, and leaves out what was written meanwhile', async () => {
    expect(await shown(cellOf(rowsOf([3, 2, 4]), 5), 2)).toEqual([
      [1, 'note 3'],
      [2, 'note 5'],
    ]);
    expect(await shown(cellOf(rowsOf([3, 2, 4]), 5), 5)).toEqual([]);
  });

  it('joins a batch that nobody signed with the one before', async () => {
    expect(await shown(cellOf(rowsOf([3, 1, 2, 1], [2]), 7), 0)).toEqual([
      [3, 'note 3'],
      [3, 'note 6'],
      [1, 'note 7'],
    ]);
  });

  it('ends a page with a batch, and the next page goes on there', async () => {
    const cell = cellOf(rowsOf(Array.from({ length: 12 }, () => 256)), 12 * 256);
    const counts: number[] = [];
    for (let from = 0; from < 12 * 256; ) {
      const { batches, before } = await readSignedBatches(cell, from);
      expect(before.size).toBe(from);
      const count = batches.reduce((sum, { heads }) => sum + heads.length, 0);
      counts.push(count);
      from += count;
      expect(batches.at(-1)?.note).toBe(`note ${from}`);
    }
    expect(counts).toEqual([1024, 1024, 1024]);
  });

  it('refuses what lies beyond the log, and a journal that ends before its own tree', async () => {
    await expect(readSignedBatches(cellOf(rowsOf([3]), 3), 4)).rejects.toMatchObject({ code: 'ROLLED_BACK' });
    const cut = readSignedBatches(cellOf(rowsOf([3]), 5), 0);
    await expect(cut).rejects.toMatchObject({ code: 'STORE_CORRUPT', index: 3 });
  });
});
