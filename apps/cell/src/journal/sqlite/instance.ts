import { JournalFailure } from '../failure.ts';
import { guardAppend, guardRead } from '../guard.ts';
import type { AppendResult, Batch, Journal, JournalHead } from '../journal.ts';
import { ownBytes } from '../own-bytes.ts';
import { LinkLost, startLater } from './link.ts';
import type { Synchronous } from './messages.ts';
import { createReserve, type FreeSpace, RESERVE_BYTES, type Reserve } from './reserve.ts';
import {
  closeThreads,
  commitOn,
  createThreadStarter,
  dropThreads,
  moveWal,
  type StartThread,
  type Threads,
} from './threads.ts';
import { createWalBound, type WalBound } from './wal-bound.ts';

export type SqliteJournalOptions = {
  readonly file: string;
  /** Room kept for the worst day. The default is for cells; tests take less. */
  readonly reserve_bytes?: number;
};

export type SqliteJournal = Journal & {
  /**
   * Gives up the reserve, so that freezes and outcomes can still be written on a full disk. Works in any
   * state: after JOURNAL_FULL from `open`, release it through a fresh instance and open that.
   */
  releaseReserve(): Promise<void>;
  /** Takes the reserve back; false while the disk has no room for it. */
  restoreReserve(): Promise<boolean>;
  freeSpace(): Promise<FreeSpace>;
};

type State =
  | { readonly kind: 'new' | 'opening' | 'dead' | 'closed' }
  | { readonly kind: 'open'; readonly threads: Threads };

/** Everything of one instance that changes. */
type Instance = {
  readonly start: StartThread;
  readonly reserve: Reserve;
  readonly wal: WalBound;
  state: State;
  hasAppended: boolean;
  opening: Promise<JournalHead> | null;
  appending: Promise<AppendResult> | null;
  checkpointing: Promise<void> | null;
  closing: Promise<void> | null;
};

export function createInstance(options: SqliteJournalOptions, synchronous: Synchronous): SqliteJournal {
  const instance: Instance = {
    start: createThreadStarter(options.file, synchronous, () => void die(instance)),
    reserve: createReserve(options.file, options.reserve_bytes ?? RESERVE_BYTES),
    wal: createWalBound(),
    state: { kind: 'new' },
    hasAppended: false,
    opening: null,
    appending: null,
    checkpointing: null,
    closing: null,
  };
  return {
    open: () => openInstance(instance),
    append: (batch, expected) => appendTo(instance, batch, expected),
    read: (from, maxBytes) => readFrom(instance, from, maxBytes),
    close: () => {
      instance.closing ??= closeInstance(instance);
      return instance.closing;
    },
    releaseReserve: () => instance.reserve.release(),
    restoreReserve: () => instance.reserve.restore(),
    freeSpace: () => instance.reserve.freeSpace(),
  };
}

async function openInstance(instance: Instance): Promise<JournalHead> {
  if (instance.state.kind !== 'new') throw refusalOf(instance.state);
  instance.state = { kind: 'opening' };
  instance.opening = startThreads(instance);
  return instance.opening;
}

async function startThreads(instance: Instance): Promise<JournalHead> {
  const writer = instance.start('write');
  try {
    const head = await writer.ask('open', {});
    await instance.reserve.restore();
    const reader = startLater(() => instance.start('read'));
    const checkpointer = startLater(() => instance.start('checkpoint'));
    instance.state = { kind: 'open', threads: { writer, reader, checkpointer } };
    return head;
  } catch (thrown) {
    instance.state = { kind: 'closed' };
    await writer.drop();
    if (thrown instanceof LinkLost) throw new JournalFailure('JOURNAL_IO', 'the thread of the journal ended');
    throw thrown;
  }
}

async function appendTo(instance: Instance, batch: Batch, expected: JournalHead): Promise<AppendResult> {
  if (instance.state.kind === 'dead') return 'unknown';
  const threads = threadsOf(instance);
  guardAppend(batch, expected, !instance.hasAppended);
  if (instance.appending !== null) throw new JournalFailure('JOURNAL_BUSY', 'an append is in flight');
  instance.appending = commit(instance, threads, batch, expected);
  try {
    const result = await instance.appending;
    if (result === 'unknown') await die(instance);
    return result;
  } finally {
    instance.appending = null;
  }
}

async function commit(
  instance: Instance,
  threads: Threads,
  batch: Batch,
  expected: JournalHead,
): Promise<AppendResult> {
  const { wal } = instance;
  const { from, count, term } = batch;
  const bytes = ownBytes(batch.bytes);
  const { byteLength } = bytes;
  try {
    // The one beside the writer is waited for first: two cannot move the log at once.
    if (wal.isOver()) await instance.checkpointing;
    if (wal.isOver()) wal.movedByWriter(await threads.writer.ask('checkpoint', { mode: 'RESTART' }));
    if (wal.isOver()) throw new JournalFailure('JOURNAL_BUSY', 'a reader keeps the log from starting over');
    const result = await commitOn(threads.writer, { from, count, term, bytes }, expected);
    if (result !== 'committed') return result;
    instance.hasAppended = true;
    if (wal.grew(byteLength)) {
      instance.checkpointing ??= moveWal(threads, wal).finally(() => {
        instance.checkpointing = null;
      });
    }
    return result;
  } catch (thrown) {
    // The thread ended without an answer: the batch may be committed or not.
    if (thrown instanceof LinkLost) return 'unknown';
    throw thrown;
  }
}

async function readFrom(instance: Instance, from: number, maxBytes: number): Promise<readonly Batch[]> {
  const { reader } = threadsOf(instance);
  const max_bytes = guardRead(from, maxBytes);
  try {
    return await reader.ask('read', { from, max_bytes });
  } catch (thrown) {
    if (thrown instanceof LinkLost) throw refusalOf({ kind: 'dead' });
    throw thrown;
  }
}

/** Drops every thread and connection before anyone learns of it: the next instance finds the store free. */
async function die(instance: Instance): Promise<void> {
  if (instance.state.kind !== 'open') return;
  const { threads } = instance.state;
  instance.state = { kind: 'dead' };
  await dropThreads(threads);
}

async function closeInstance(instance: Instance): Promise<void> {
  await instance.opening?.catch(() => {});
  await instance.appending?.catch(() => {});
  await instance.checkpointing;
  const { state } = instance;
  instance.state = { kind: 'closed' };
  if (state.kind === 'open') await closeThreads(state.threads);
}

function threadsOf({ state }: Instance): Threads {
  if (state.kind === 'open') return state.threads;
  throw refusalOf(state);
}

function refusalOf({ kind }: State): JournalFailure {
  if (kind === 'dead') return new JournalFailure('JOURNAL_DEAD', 'this instance cannot go on');
  return new JournalFailure('JOURNAL_STATE', `the journal is ${kind}`);
}
