import type { DurableBatch } from '../core/durable.ts';
import { recordBytes } from '../core/batch.ts';
import type { Engine } from '../engine/load-engine.ts';
import { createReader } from '../journal/sqlite/read.ts';
import { entryBeside, startThread } from '../threads/start-thread.ts';
import { type BasePlaces, type LoadedBase, loadBase } from './load-base.ts';
import type { SnapshotTaken } from './take-snapshot.ts';
import type { SnapshotData, SnapshotProtocol } from './worker.ts';

/**
 * Snapshots of one cell, taken behind its back: a thread of its own folds what is durable, so that a start
 * folds a short tail only. How to wire it:
 *  - `loadBase` is the cell's port of that name; it reads through a connection of its own;
 *  - `durable` is called for every durable batch, and is cheap;
 *  - `submit` commits the `snapshot` command. Until that record is durable the file is not used by any start;
 *    a submission that fails is tried again after later batches.
 */
export type Snapshots = {
  loadBase(size: number): Promise<LoadedBase['base']>;
  durable(batch: Pick<DurableBatch, 'from' | 'records'>): void;
  status(): SnapshotStatus;
  /** Resolves when nothing is being taken. */
  idle(): Promise<void>;
  close(): Promise<void>;
};

export type SnapshotStatus = {
  /** Size at the newest snapshot that a record names, 0 without one. */
  readonly size: number;
  readonly taken: number;
  /** Tries that failed; `ignored` are files that could not be used at a start. */
  readonly failures: number;
  readonly last_failure: string | null;
  readonly ignored: number;
};

export type SnapshotOptions = BasePlaces & {
  readonly journal: string;
  readonly engines: string;
  readonly engine: Engine;
  /** A snapshot is due after so many records, or so many bytes of them. */
  readonly every_records?: number;
  readonly every_bytes?: number;
  submit(taken: { readonly size: number; readonly state_digest: string }): Promise<unknown>;
};

/** A tail of this length folds within a second. */
const EVERY_RECORDS = 100_000;
/** Records of the largest size reach this first. */
const EVERY_BYTES: number = 256 * 1024 * 1024;

type Work = {
  readonly options: SnapshotOptions;
  size: number;
  seen: number;
  bytes: number;
  /** Taken, and not yet named by a durable record. */
  unnamed: SnapshotTaken | null;
  status: SnapshotStatus;
  running: Promise<void> | null;
  stop: (() => Promise<void>) | null;
  isClosed: boolean;
};

export function openSnapshots(options: SnapshotOptions): Snapshots {
  const work: Work = {
    options,
    size: 0,
    seen: 0,
    bytes: 0,
    unnamed: null,
    status: { size: 0, taken: 0, failures: 0, last_failure: null, ignored: 0 },
    running: null,
    stop: null,
    isClosed: false,
  };
  const everyRecords = options.every_records ?? EVERY_RECORDS;
  const everyBytes = options.every_bytes ?? EVERY_BYTES;
  return {
    async loadBase(size) {
      const { base, ignored } = await loadOwn(options, size);
      work.size = base.frontier.size;
      work.bytes = 0;
      work.status = { ...work.status, size: work.size, ignored: work.status.ignored + ignored };
      return base;
    },
    durable({ from, records }) {
      work.seen = from + records.length;
      for (const record of records) work.bytes += recordBytes(record);
      const isDue = work.seen - work.size >= everyRecords || work.bytes >= everyBytes;
      if (work.running !== null || work.isClosed || !(isDue || work.unnamed !== null)) return;
      work.running = takeAndName(work).finally(() => {
        work.running = null;
      });
    },
    status: () => work.status,
    idle: () => work.running ?? Promise.resolve(),
    async close() {
      work.isClosed = true;
      await work.stop?.();
      await work.running;
    },
  };
}

async function loadOwn(options: SnapshotOptions, size: number): Promise<LoadedBase> {
  const reader = createReader(options.journal, 'FULL');
  try {
    return await loadBase(options.engine, reader.read, options, size);
  } finally {
    reader.close();
  }
}

/** Never rejects: a snapshot that was not taken costs time at the next start, and nothing else. */
async function takeAndName(work: Work): Promise<void> {
  const size = work.seen;
  try {
    work.unnamed ??= await takeInThread(work, size);
    if (work.isClosed) return;
    const taken = work.unnamed;
    await work.options.submit({ size: taken.size, state_digest: taken.state_digest });
    work.unnamed = null;
    work.status = { ...work.status, size: taken.size, taken: work.status.taken + 1 };
  } catch (thrown) {
    // A cell that closes ends the thread: nothing failed.
    if (work.isClosed) return;
    const last_failure = thrown instanceof Error ? thrown.message : 'unknown';
    work.status = { ...work.status, failures: work.status.failures + 1, last_failure };
    // What cannot be taken now is due again after as many records more.
    if (work.unnamed === null) startOver(work, size);
    return;
  }
  startOver(work, size);
}

function startOver(work: Work, size: number): void {
  work.size = size;
  work.bytes = 0;
}

async function takeInThread(work: Work, size: number): Promise<SnapshotTaken> {
  const { journal, engines, engine, folder, carried } = work.options;
  const data: SnapshotData = { journal, engines, engine: engine.digest, folder, carried };
  const thread = startThread<SnapshotProtocol>(entryBeside(import.meta.url, 'worker'), data);
  work.stop = () => thread.end();
  try {
    return await thread.ask('take', { size });
  } finally {
    work.stop = null;
    await thread.end();
  }
}
