import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BatchRecord,
  batchOverhead,
  decodeBatch,
  encodeBatch,
  recordBytes,
} from '../../src/core/batch.ts';
import { CoreFailure } from '../../src/core/failure.ts';

type Row = { readonly reason: string; readonly from: number; readonly count: number; readonly row: string };
type Valid = Row & { readonly note: string; readonly records: readonly BatchRecord[] };
type Invalid = Row & { readonly code: string; readonly index: number };

const VECTORS = new URL('../../../../vectors/batch/rows.json', import.meta.url);
// Written by vectors/generate/batch.mjs; a wrong shape fails the tests below.
const { cases } = JSON.parse(readFileSync(VECTORS, 'utf8')) as {
  readonly cases: readonly (Valid | Invalid)[];
};
const valid = cases.filter((one): one is Valid => !('code' in one));
const invalid = cases.filter((one): one is Invalid => 'code' in one);

function bytesOf({ row }: Row): Uint8Array {
  return Uint8Array.from(Buffer.from(row, 'base64'));
}

function failureOf(act: () => unknown): { readonly code: string; readonly index: number | null } | null {
  try {
    act();
    return null;
  } catch (error) {
    if (!(error instanceof CoreFailure)) throw error;
    return { code: error.code, index: error.index };
  }
}

const ascii = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: 'binary-ascii', minLength, maxLength });
const batches = fc.record({
  note: fc.string({ unit: 'binary', maxLength: 400 }).filter((text) => text.isWellFormed()),
  records: fc.array(fc.record({ head: ascii(0, 1_024), state: ascii(0, 2_000) }), { maxLength: 6 }),
});

describe('batch', () => {
  it.each(valid)('decodeBatch() reads $reason', (one) => {
    const { from, count, note, records } = one;
    expect(decodeBatch(bytesOf(one), from, count)).toEqual({ note, records });
  });

  it.each(valid)('encodeBatch() writes the bytes of $reason', (one) => {
    const { note, records } = one;
    expect(Buffer.from(encodeBatch({ note, records })).toString('base64')).toBe(one.row);
  });

  it.each(invalid)('decodeBatch() refuses $reason, and names the record', (one) => {
    const failure = failureOf(() => decodeBatch(bytesOf(one), one.from, one.count));
    expect(failure).toEqual({ code: one.code, index: one.index });
  });

  it('vectors hold more invalid rows than valid ones, each for a reason of its own', () => {
    expect(invalid.length).toBeGreaterThan(valid.length);
    expect(new Set(cases.map(({ reason }) => reason)).size).toBe(cases.length);
  });

  it('decodeBatch() is the inverse of encodeBatch(), wherever the batch begins', () => {
    fc.assert(
      fc.property(batches, fc.nat(), (content, from) => {
        expect(decodeBatch(encodeBatch(content), from, content.records.length)).toEqual(content);
      }),
    );
  });

  it('decodeBatch() reads a row that lies within a larger buffer', () => {
    const content = { note: 'a note\n', records: [{ head: '{"v":1}', state: 'salt\n{}' }] };
    const row = encodeBatch(content);
    const whole = new Uint8Array(row.length + 20).fill(0x57);
    whole.set(row, 9);
    expect(decodeBatch(whole.subarray(9, 9 + row.length), 0, 1)).toEqual(content);
  });

  it('decodeBatch() refuses every row that is cut short, and never past the end of the batch', () => {
    fc.assert(
      fc.property(batches, fc.nat(), fc.nat({ max: 1_000 }), (content, cut, from) => {
        const row = encodeBatch(content);
        const count = content.records.length;
        const failure = failureOf(() => decodeBatch(row.subarray(0, cut % row.length), from, count));
        expect(failure?.code).toBe('STORE_CORRUPT');
        expect(failure?.index).toBeGreaterThanOrEqual(from);
        expect(failure?.index).toBeLessThanOrEqual(from + count);
      }),
    );
  });

  it('decodeBatch() refuses another count than the journal has', () => {
    fc.assert(
      fc.property(batches, fc.integer({ min: 1, max: 5 }), (content, more) => {
        const count = content.records.length;
        const row = encodeBatch(content);
        expect(failureOf(() => decodeBatch(row, 7, count + more))).toEqual({
          code: 'STORE_CORRUPT',
          index: 7 + count,
        });
        if (count > 0) expect(failureOf(() => decodeBatch(row, 7, count - 1))?.code).toBe('STORE_CORRUPT');
      }),
    );
  });

  it('decodeBatch() throws nothing but STORE_CORRUPT, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat({ max: 300 }), (tail, count) => {
        const row = Uint8Array.from(Buffer.concat([Buffer.from('WRITB1\n'), tail]));
        expect(failureOf(() => decodeBatch(row, 0, count))?.code ?? 'STORE_CORRUPT').toBe('STORE_CORRUPT');
      }),
    );
  });

  it('recordBytes() and batchOverhead() add up to the length of the row', () => {
    fc.assert(
      fc.property(batches, ({ note, records }) => {
        const sum = records.reduce((bytes, record) => bytes + recordBytes(record), batchOverhead(note));
        expect(encodeBatch({ note, records }).length).toBe(sum);
      }),
    );
  });
});
