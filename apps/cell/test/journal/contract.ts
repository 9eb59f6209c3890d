import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BATCH_BYTES_MAX, BATCH_RECORDS_MAX, type Journal } from '../../src/journal/journal.ts';
import { appendAll, batchAt, bytesOf, headAfter, readAll, shapeOf } from './batches.ts';
import { describeFaults } from './contract-faults.ts';
import type { JournalHarness } from './harness.ts';

const EMPTY = { size: 0, term: 0 };

/** The executable contract of the port: an adapter's test is one call. */
export function describeJournal(name: string, createHarness: () => Promise<JournalHarness>): void {
  describe(`${name} keeps the contract of the journal`, () => {
    let harness: JournalHarness;
    const opened: Journal[] = [];
    const fresh = (): Journal => {
      const journal = harness.fresh();
      opened.push(journal);
      return journal;
    };
    beforeEach(async () => {
      harness = await createHarness();
    });
    afterEach(async () => {
      for (const journal of opened.splice(0)) await journal.close();
      await harness.dispose();
    });
    const start = async (): Promise<Journal> => {
      const journal = fresh();
      await journal.open();
      return journal;
    };
    const code = (wanted: string): object => expect.objectContaining({ code: wanted });

    test('open() answers size 0 and term 0 when nothing was ever written', async () => {
      expect(await fresh().open()).toEqual(EMPTY);
    });

    test('append() moves the head and read() gives the same bytes when a batch commits', async () => {
      const journal = await start();
      const batch = batchAt(EMPTY, 3, 1, 1000);
      expect(await journal.append(batch, EMPTY)).toBe('committed');
      const [found] = await journal.read(0, 4096);
      expect(found).toEqual({ from: 0, count: 3, term: 1, bytes: bytesOf(0, 3, 1, 1000) });
    });

    test('open() answers the last head when the store is opened again', async () => {
      const journal = await start();
      const head = await appendAll(journal, EMPTY, [1, 5, 2], 7);
      await journal.close();
      expect(head).toEqual({ size: 8, term: 7 });
      expect(await fresh().open()).toEqual(head);
    });

    test('append() and read() carry the largest batch when it has the most records and bytes', async () => {
      const journal = await start();
      const batch = batchAt(EMPTY, BATCH_RECORDS_MAX, 1, BATCH_BYTES_MAX);
      expect(await journal.append(batch, EMPTY)).toBe('committed');
      const [found] = await journal.read(255, 1);
      expect(found?.bytes).toEqual(bytesOf(0, BATCH_RECORDS_MAX, 1, BATCH_BYTES_MAX));
    });

    test.each([
      ['the size is behind', { size: 3, term: 2 }],
      ['the size is ahead', { size: 9, term: 2 }],
      ['the term is behind', { size: 8, term: 1 }],
      ['the term is ahead', { size: 8, term: 3 }],
    ])('append() answers conflict and stores nothing when %s', async (_, expected) => {
      const journal = await start();
      const head = await appendAll(journal, EMPTY, [3, 5], 2);
      const batch = { from: expected.size, count: 1, term: expected.term, bytes: new Uint8Array(8) };
      expect(await journal.append(batch, expected)).toBe('conflict');
      expect(shapeOf(await readAll(journal, head.size))).toEqual(['0+3@2', '3+5@2']);
      expect(await journal.append(batchAt(head, 1, 2), head)).toBe('committed');
    });

    test.each([
      ['count is zero', { count: 0 }],
      ['count is above the limit', { count: BATCH_RECORDS_MAX + 1 }],
      ['count is a fraction', { count: 1.5 }],
      ['from is negative', { from: -1 }],
      ['from is not the expected size', { from: 4 }],
      ['from is beyond exact integers', { from: 2 ** 53 }],
      ['the term goes back', { term: 1 }],
      ['the term is not a number', { term: Number.NaN }],
      ['there are no bytes', { bytes: new Uint8Array(0) }],
      ['there are too many bytes', { bytes: new Uint8Array(BATCH_BYTES_MAX + 1) }],
    ])('append() rejects with JOURNAL_INVALID and stores nothing when %s', async (_, wrong) => {
      const journal = await start();
      const head = await appendAll(journal, EMPTY, [3], 2);
      const rejected = journal.append({ ...batchAt(head, 1, 2), ...wrong }, head);
      await expect(rejected).rejects.toEqual(code('JOURNAL_INVALID'));
      expect(await journal.append(batchAt(head, 1, 2), head)).toBe('committed');
    });

    test('append() rejects with JOURNAL_TERM when an instance starts in the old term', async () => {
      const first = await start();
      const head = await appendAll(first, EMPTY, [3], 2);
      await first.close();
      const journal = await start();
      await expect(journal.append(batchAt(head, 1, 2), head)).rejects.toEqual(code('JOURNAL_TERM'));
      expect(await journal.append(batchAt(head, 1, 3), head)).toBe('committed');
    });

    test('every call rejects with JOURNAL_STATE when the instance is not open, or closed', async () => {
      const journal = fresh();
      await expect(journal.read(0, 10)).rejects.toEqual(code('JOURNAL_STATE'));
      await expect(journal.append(batchAt(EMPTY, 1, 1), EMPTY)).rejects.toEqual(code('JOURNAL_STATE'));
      await journal.open();
      await expect(journal.open()).rejects.toEqual(code('JOURNAL_STATE'));
      await journal.close();
      await journal.close();
      await expect(journal.read(0, 10)).rejects.toEqual(code('JOURNAL_STATE'));
      await expect(journal.append(batchAt(EMPTY, 1, 1), EMPTY)).rejects.toEqual(code('JOURNAL_STATE'));
      await expect(journal.open()).rejects.toEqual(code('JOURNAL_STATE'));
    });

    test('append() owns the bytes when it has been called: later changes do not reach them', async () => {
      const journal = await start();
      const shared = new Uint8Array(64).fill(1);
      const batch = { from: 0, count: 1, term: 1, bytes: shared.subarray(8, 24) };
      const pending = journal.append(batch, EMPTY);
      shared.fill(2);
      expect(await pending).toBe('committed');
      const [found] = await journal.read(0, 4096);
      expect(found?.bytes).toEqual(new Uint8Array(16).fill(1));
      found?.bytes.fill(3);
      expect((await journal.read(0, 4096))[0]?.bytes).toEqual(new Uint8Array(16).fill(1));
    });

    test('append() commits exactly one of several when they race for one head', async () => {
      const journal = await start();
      const racing = Array.from({ length: 4 }, (_, at) => journal.append(batchAt(EMPTY, at + 1, 1), EMPTY));
      const settled = await Promise.allSettled(racing);
      const committed = settled.flatMap((one, at) =>
        one.status === 'fulfilled' && one.value === 'committed' ? [`0+${at + 1}@1`] : [],
      );
      expect(committed).toHaveLength(1);
      for (const one of settled) {
        if (one.status === 'rejected') expect(one.reason).toEqual(code('JOURNAL_BUSY'));
        else expect(['committed', 'conflict']).toContain(one.value);
      }
      expect(shapeOf(await journal.read(0, 4096))).toEqual(committed);
    });

    test('close() lets an append in flight finish when both are called at once', async () => {
      const journal = await start();
      const pending = journal.append(batchAt(EMPTY, 2, 1), EMPTY);
      await journal.close();
      expect(await pending).toBe('committed');
      expect(await fresh().open()).toEqual({ size: 2, term: 1 });
    });

    test('close() lets go of the store when it is called while open() runs', async () => {
      const journal = fresh();
      const opening = journal.open();
      await journal.close();
      expect(await opening).toEqual(EMPTY);
      await expect(journal.read(0, 10)).rejects.toEqual(code('JOURNAL_STATE'));
      expect(await fresh().open()).toEqual(EMPTY);
    });

    test('open() is JOURNAL_BUSY, or append() conflicts, when another instance is alive', async () => {
      const old = await start();
      const head = await appendAll(old, EMPTY, [2], 1);
      const taker = fresh();
      if (harness.isExclusive) {
        await expect(taker.open()).rejects.toEqual(code('JOURNAL_BUSY'));
        await old.close();
        expect(await fresh().open()).toEqual(head);
        return;
      }
      const taken = await appendAll(taker, await taker.open(), [1], 2);
      expect(await old.append(batchAt(head, 1, 1), head)).toBe('conflict');
      expect(shapeOf(await readAll(taker, taken.size))).toEqual(['0+2@1', '2+1@2']);
    });

    describe('reading', () => {
      const counts = [1, 4, 2, 256, 3];
      const shapes = ['0+1@1', '1+4@1', '5+2@1', '7+256@1', '263+3@1'];

      test('read() starts with the batch that holds the record when it lies inside of one', async () => {
        const journal = await start();
        await appendAll(journal, EMPTY, counts, 1);
        expect(shapeOf(await journal.read(3, 4096))).toEqual(shapes.slice(1));
        expect(shapeOf(await journal.read(5, 4096))).toEqual(shapes.slice(2));
        expect(shapeOf(await journal.read(262, 4096))).toEqual(shapes.slice(3));
        expect(await journal.read(266, 4096)).toEqual([]);
        expect(await journal.read(10_000, 4096)).toEqual([]);
      });

      test('read() gives one batch at least and keeps to maxBytes beyond it', async () => {
        const journal = await start();
        await appendAll(journal, EMPTY, counts, 1, 100);
        expect(shapeOf(await journal.read(0, 1))).toEqual(shapes.slice(0, 1));
        expect(shapeOf(await journal.read(0, 299))).toEqual(shapes.slice(0, 2));
        expect(shapeOf(await journal.read(0, 300))).toEqual(shapes.slice(0, 3));
      });

      test.each([
        ['from is negative', -1, 10],
        ['from is a fraction', 0.5, 10],
        ['maxBytes is zero', 0, 0],
        ['maxBytes is not a number', 0, Number.NaN],
      ])('read() rejects with JOURNAL_INVALID when %s', async (_, from, maxBytes) => {
        const journal = await start();
        await expect(journal.read(from, maxBytes)).rejects.toEqual(code('JOURNAL_INVALID'));
      });

      test('readBatches() meets every batch once, in order, in steps of any size', async () => {
        const journal = await start();
        const head = await appendAll(journal, EMPTY, counts, 1, 100);
        for (const from of [0, 1, 4, 100, 265]) {
          for (const maxBytes of [1, 250, 10_000]) {
            const wanted = shapes.filter((_, at) => counts.slice(0, at + 1).reduce((a, b) => a + b) > from);
            expect(shapeOf(await readAll(journal, head.size, from, maxBytes))).toEqual(wanted);
          }
        }
      });

      test('read() sees its own commits when it runs beside appends', async () => {
        const journal = await start();
        let head = EMPTY;
        for (let round = 0; round < 20; round += 1) {
          const before = head;
          const pending = appendAll(journal, head, [round + 1], 1);
          const seen = await journal.read(0, 100_000);
          head = await pending;
          const last = seen.at(-1);
          const size = last === undefined ? 0 : headAfter(last).size;
          expect([before.size, head.size]).toContain(size);
          expect(shapeOf(await readAll(journal, head.size))).toHaveLength(round + 1);
        }
      });
    });
  });
  describeFaults(name, createHarness);
}
