import type { Answer } from '@writ/contract';
import type { EncodedRecord } from '@writ/kernel';
import { BATCH_BYTES_MAX, BATCH_RECORDS_MAX } from '../journal/journal.ts';
import { recordBytes } from './batch.ts';
import type { DurableBatch } from './durable.ts';

/** An answer that waits until everything it was computed on is durable. */
export type Waiter = {
  readonly answer: Answer;
  /** Size of the log that the answer stands on. */
  readonly size: number;
  resolve(delivered: Delivered): void;
  reject(reason: unknown): void;
};

/** What leaves the cell: the answer, and the batch that holds its newest record if it made one. */
export type Delivered = { readonly answer: Answer; readonly batch: DurableBatch | null };

/** Sealed parts wait in memory until their batch is written; beyond this no further command is decided. */
const SEALED_BYTES_MAX = 8 * 1024 * 1024;
/** Answers without a record of their own wait too; more of them than this are not decided ahead. */
export const WAITERS_MAX: number = 4 * BATCH_RECORDS_MAX;
/** Room for the note and for the two largest records that one command can add. */
const ROOM_BYTES = 32 * 1024;

/** Records that are decided and not yet on their way to the journal. */
export type Building = {
  readonly from: number;
  readonly records: EncodedRecord[];
  readonly waiters: Waiter[];
  /** How to disbelieve the jumps of the clock that are recorded here, should it not become durable. */
  readonly takeBacks: (() => void)[];
  bytes: number;
  sealed_bytes: number;
};

export function startBuilding(from: number): Building {
  return { from, records: [], waiters: [], takeBacks: [], bytes: 0, sealed_bytes: 0 };
}

/** Full when the next command might not fit any more. */
export function isFull(building: Building, records_per_command: number): boolean {
  return (
    building.records.length + records_per_command > BATCH_RECORDS_MAX ||
    building.waiters.length >= WAITERS_MAX ||
    building.bytes + ROOM_BYTES > BATCH_BYTES_MAX ||
    building.sealed_bytes > SEALED_BYTES_MAX
  );
}

export function addRecord(building: Building, record: EncodedRecord): void {
  building.records.push(record);
  building.bytes += recordBytes(record);
  building.sealed_bytes += record.sealed?.length ?? 0;
}
