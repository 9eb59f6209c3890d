import { type EncodedRecord, RECORDS_PER_COMMAND_MAX } from '@writ/kernel';
import { HEAD_BYTES_MAX, STATE_PART_BYTES_MAX } from '@writ/proof';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeBatch } from '../../src/core/batch.ts';
import { addRecord, type Building, isFull, startBuilding, WAITERS_MAX } from '../../src/core/building.ts';
import { BATCH_BYTES_MAX, BATCH_RECORDS_MAX } from '../../src/journal/journal.ts';

/** A command, and before it perhaps the jump of the clock. */
const RECORDS_AT_ONCE: number = RECORDS_PER_COMMAND_MAX + 1;
/** More than the note of one log key and several witnesses. */
const NOTE_BYTES = 2_000;

function recordOf(head: number, state: number, sealed: number = 0): EncodedRecord {
  return {
    ns: 'ns_00000000000000000000000001',
    head: 'h'.repeat(head),
    state: 's'.repeat(state),
    sealed: sealed === 0 ? null : 'p'.repeat(sealed),
    sealed_commitment: null,
  };
}

function buildingOf(count: number, record: EncodedRecord): Building {
  const building = startBuilding(0);
  for (let made = 0; made < count; made += 1) addRecord(building, record);
  return building;
}

const LARGEST: EncodedRecord = recordOf(HEAD_BYTES_MAX, STATE_PART_BYTES_MAX);

describe('building', () => {
  it('startBuilding() begins empty at the next record', () => {
    const building = startBuilding(42);
    expect(building).toMatchObject({ from: 42, bytes: 0, sealed_bytes: 0 });
    expect([building.records, building.waiters, building.takeBacks]).toEqual([[], [], []]);
    expect(isFull(building, RECORDS_AT_ONCE)).toBe(false);
  });

  it('addRecord() counts what the record adds to the row, and its sealed part apart', () => {
    const building = buildingOf(1, recordOf(100, 200, 3_000));
    const row = (records: readonly EncodedRecord[]): number => encodeBatch({ note: '', records }).length;
    expect(building.bytes).toBe(row(building.records) - row([]));
    expect(building.sealed_bytes).toBe(3_000);
    addRecord(building, recordOf(1, 1));
    expect(building.sealed_bytes).toBe(3_000);
  });

  it('isFull() when the records of the next command might be too many', () => {
    const small = recordOf(10, 10);
    expect(isFull(buildingOf(BATCH_RECORDS_MAX - 3, small), 3)).toBe(false);
    expect(isFull(buildingOf(BATCH_RECORDS_MAX - 2, small), 3)).toBe(true);
  });

  it('isFull() when too many answers wait', () => {
    const building = startBuilding(0);
    const waiter = {
      answer: { kind: 'done', index: 0, id: 'trm_00000000000000000000000001' },
      size: 1,
      resolve: () => {},
      reject: () => {},
    } as const;
    for (let made = 0; made < WAITERS_MAX - 1; made += 1) building.waiters.push(waiter);
    expect(isFull(building, RECORDS_AT_ONCE)).toBe(false);
    building.waiters.push(waiter);
    expect(isFull(building, RECORDS_AT_ONCE)).toBe(true);
  });

  it('isFull() when the sealed parts that wait in memory are too large', () => {
    const part = recordOf(10, 10, 48 * 1_024);
    const megabytes = (count: number): number => Math.ceil((count * 1_024 * 1_024) / (48 * 1_024));
    expect(isFull(buildingOf(megabytes(7), part), RECORDS_AT_ONCE)).toBe(false);
    expect(isFull(buildingOf(megabytes(8) + 1, part), RECORDS_AT_ONCE)).toBe(true);
  });

  it('isFull() leaves room for the largest records of one command and the note, whatever was added', () => {
    const record = fc.record({
      head: fc.integer({ min: 1, max: HEAD_BYTES_MAX }),
      state: fc.integer({ min: 1, max: STATE_PART_BYTES_MAX }),
    });
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 40 }), (sizes) => {
        const building = startBuilding(0);
        for (let turn = 0; !isFull(building, RECORDS_AT_ONCE); turn += 1) {
          const { head, state } = sizes[turn % sizes.length] ?? { head: 1, state: 1 };
          addRecord(building, recordOf(head, state));
        }
        // The last command that still fits is decided when one record less was there.
        building.records.pop();
        const note = 'n'.repeat(NOTE_BYTES);
        const records = [...building.records, ...Array.from({ length: RECORDS_AT_ONCE }, () => LARGEST)];
        expect(records.length).toBeLessThanOrEqual(BATCH_RECORDS_MAX);
        expect(encodeBatch({ note, records }).length).toBeLessThanOrEqual(BATCH_BYTES_MAX);
      }),
      { numRuns: 40 },
    );
  });
});
