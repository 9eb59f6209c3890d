import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFaultPlan, type FaultOptions, type LateMoment } from '../../src/journal/fault-plan.ts';
import { faultyJournal } from '../../src/journal/faulty.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { readBatches } from '../../src/journal/read-batches.ts';
import { appendAll, batchAt, readAll, shapeOf } from './batches.ts';
import { runFaultyWriter } from './faulty-writer.ts';
import type { JournalHarness } from './harness.ts';

const EMPTY = { size: 0, term: 0 };

/** The part of the contract that shows only when something goes wrong. */
export function describeFaults(name: string, createHarness: () => Promise<JournalHarness>): void {
  describe(`${name} keeps the contract under faults`, () => {
    let harness: JournalHarness;
    const opened: Journal[] = [];
    beforeEach(async () => {
      harness = await createHarness();
    });
    afterEach(async () => {
      for (const journal of opened.splice(0)) await journal.close();
      await harness.dispose();
    });
    const code = (wanted: string): object => expect.objectContaining({ code: wanted });

    const moments: readonly LateMoment[] = ['at-close', 'before-open', 'after-open', 'after-first-append'];
    const legal = (): readonly LateMoment[] => (harness.isExclusive ? moments.slice(0, 2) : moments);
    const faulty = async (options: Partial<FaultOptions>): Promise<[Journal, () => Journal]> => {
      const plan = createFaultPlan({ seed: 1, lateMoments: legal(), ...options });
      const make = (): Journal => {
        const journal = faultyJournal(harness.fresh(), plan);
        opened.push(journal);
        return journal;
      };
      const journal = make();
      await journal.open();
      return [journal, make];
    };

    test.each(['lost-acknowledgement', 'failed', 'late-commit'] as const)(
      'the instance is dead when an append met %s, and a fresh one goes on with a term record',
      async (fault) => {
        const [journal, make] = await faulty({ appendScript: ['none', fault] });
        const head = await appendAll(journal, EMPTY, [2], 1);
        expect(await journal.append(batchAt(head, 3, 1), head)).toBe('unknown');
        expect(await journal.append(batchAt(head, 3, 1), head)).toBe('unknown');
        await expect(journal.read(0, 10)).rejects.toEqual(code('JOURNAL_DEAD'));
        await journal.close();
        let fresh = make();
        let found = await fresh.open();
        if ((await fresh.append(batchAt(found, 1, 2), found)) === 'conflict') {
          // The late transaction landed between open and append: the fence held, the next instance sees it.
          await fresh.close();
          fresh = make();
          found = await fresh.open();
          expect(found).toEqual({ size: 5, term: 1 });
          expect(await fresh.append(batchAt(found, 1, 2), found)).toBe('committed');
        }
        const shapes = shapeOf(await readAll(fresh, found.size + 1));
        const with3 = ['0+2@1', '2+3@1', '5+1@2'];
        const without3 = ['0+2@1', '2+1@2'];
        if (fault === 'lost-acknowledgement') expect(shapes).toEqual(with3);
        else if (fault === 'failed') expect(shapes).toEqual(without3);
        else expect([with3, without3]).toContainEqual(shapes);
      },
    );

    test('append() stores a batch once when it is delivered twice', async () => {
      const [journal] = await faulty({ appendScript: ['duplicate', 'duplicate', 'none'] });
      const head = await appendAll(journal, EMPTY, [2, 2, 1], 1);
      expect(shapeOf(await readAll(journal, head.size))).toEqual(['0+2@1', '2+2@1', '4+1@1']);
    });

    test.each(['stale', 'gap', 'torn'] as const)(
      'readBatches() names an index or misses nothing when a read is %s',
      async (fault) => {
        const [journal] = await faulty({ readScript: [fault, fault, fault, fault, fault, fault] });
        const head = await appendAll(journal, EMPTY, [2, 3, 1], 1);
        let next = 0;
        try {
          for await (const batch of readBatches(journal, 0, head.size, 1_000_000)) {
            expect(batch.from).toBe(next);
            next = batch.from + batch.count;
          }
        } catch (failure) {
          expect(failure).toMatchObject({
            code: expect.stringMatching(/^JOURNAL_(STALE|CORRUPT)$/),
            index: next,
          });
          return;
        }
        // A torn batch keeps its place; what is inside of it is for its reader to check.
        expect(next).toBe(head.size);
      },
    );

    test('no committed batch is lost and none appears twice in whole histories', async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 }), async (seed) => {
          const own = await createHarness();
          try {
            await runFaultyWriter(own, seed, legal());
          } finally {
            await own.dispose();
          }
        }),
        { numRuns: harness.histories, endOnFailure: true },
      );
    });
  });
}
