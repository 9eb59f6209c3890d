import { hashLeaves, type LogBatch, printLogBatch, printLogEnd, printLogHeader } from '@writ/proof';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noteOf, ORIGIN } from '../small-cell.ts';
import { codeOf } from '../support.ts';
import { entriesOf, exportOf, judge, said } from './sample-log.ts';

const entries = entriesOf({ batches: [2] })[0] ?? [];
const heads = entries.map(({ head }) => head);
const BATCH: LogBatch = { from: 0, note: noteOf(heads), hashes: hashLeaves(heads), entries };
const codeFor = (change: Partial<LogBatch>): string => codeOf(() => printLogBatch({ ...BATCH, ...change }));

describe('printing logs', () => {
  it('exported logs verify whatever their batches', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        (batches, parts) => {
          const text = exportOf(entriesOf({ batches, parts }));
          expect(said(judge(text, { checkpoints: 'every', heads: 'parsed' }))).toBe(
            'valid, completeness unknown',
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  it('printLogBatch() refuses what could not be read back', () => {
    expect(codeFor({})).toBe('NONE');
    expect(codeFor({ entries: [], hashes: new Uint8Array(0) })).toBe('TREE_LEAF_COUNT');
    expect(codeFor({ hashes: BATCH.hashes.subarray(1) })).toBe('TREE_LEAF_COUNT');
    const many = Array.from({ length: 1_025 }, () => ({ head: 'x', state: null, sealed: null }));
    expect(codeFor({ entries: many, hashes: new Uint8Array(1_025 * 32) })).toBe('TREE_LEAF_COUNT');
    expect(codeFor({ from: -1 })).toBe('TREE_INDEX');
    const headed = (head: string): Partial<LogBatch> => ({
      entries: [{ head, state: null, sealed: null }],
      hashes: new Uint8Array(32),
    });
    expect(codeFor(headed('two\nlines'))).toBe('RECORD_INVALID');
    expect(codeFor(headed(''))).toBe('RECORD_TOO_LARGE');
    expect(codeFor(headed('x'.repeat(1_025)))).toBe('RECORD_TOO_LARGE');
    expect(codeOf(() => printLogHeader('two words'))).toBe('LOG_HEADER');
    expect(codeOf(() => printLogHeader(ORIGIN))).toBe('NONE');
    expect(codeOf(() => printLogEnd(0))).toBe('TREE_SIZE');
  });
});
