import { JournalFailure } from '../failure.ts';
import { guardAppend, guardRead } from '../guard.ts';
import type { AppendResult, Batch, Journal, JournalHead } from '../journal.ts';
import { ownBytes } from '../own-bytes.ts';
import { type Link, LinkLost, startLink } from './link.ts';
import type { Role, Synchronous } from './messages.ts';
import { createReserve, type FreeSpace, RESERVE_BYTES } from './reserve.ts';
import { createWalBound } from './wal-bound.ts';

/** After this long a commit is taken as unknown; a disk that hangs must not hang the cell. */
const APPEND_TIMEOUT_MS = 30_000;

export type SqliteJournalOptions = {
  readonly file: string;
  /** Room kept for the worst day. The default is for cells; tests take less. */
  readonly reserve_bytes?: number;
};

export type SqliteJournal = Journal & {
  /** Gives up the reserve, so that freezes and outcomes can still be written on a full disk. */
  releaseReserve(): Promise<void>;
  /** Takes the reserve back; false while the disk has no room for it. */
  restoreReserve(): Promise<boolean>;
  freeSpace(): Promise<FreeSpace>;
};

type Threads = { readonly writer: Link; readonly reader: Link; readonly checkpointer: Link };

type State =
  | { readonly kind: 'new' | 'opening' | 'dead' | 'closed' }
  | { readonly kind: 'open'; readonly threads: Threads };

export function createInstance(options: SqliteJournalOptions, synchronous: Synchronous): SqliteJournal {
  const { file } = options;
  const reserve = createReserve(file, options.reserve_bytes ?? RESERVE_BYTES);
  const wal = createWalBound();
  let state: State = { kind: 'new' };
  let hasAppended = false;
  let appending: Promise<unknown> | null = null;
  let checkpointing: Promise<void> | null = null;
  let closing: Promise<void> | null = null;

  const threads = (): Threads => {
    if (state.kind === 'open') return state.threads;
    if (state.kind === 'dead') throw new JournalFailure('JOURNAL_DEAD', 'this instance cannot go on');
    throw new JournalFailure('JOURNAL_STATE', `the journal is ${state.kind}`);
  };

  /** Drops every thread and connection before anyone learns of it: the next instance finds the store free. */
  const die = async (): Promise<void> => {
    if (state.kind !== 'open') return;
    const { threads: dropped } = state;
    state = { kind: 'dead' };
    await dropAll(dropped);
  };

  const start = (role: Role): Link => startLink({ role, file, synchronous }, () => void die());

  const commit = async (batch: Batch, expected: JournalHead): Promise<AppendResult> => {
    const { writer } = threads();
    if (wal.isOver()) wal.movedByWriter(await writer.ask('checkpoint', { mode: 'RESTART' }));
    const bytes = ownBytes(batch.bytes);
    const { byteLength } = bytes;
    const owned = { from: batch.from, count: batch.count, term: batch.term, bytes };
    const result = await withTimeout(writer.ask('append', { batch: owned, expected }, [bytes.buffer]));
    if (result === 'committed') {
      hasAppended = true;
      if (wal.grew(byteLength)) checkpointing ??= moveWal().finally(() => (checkpointing = null));
    }
    return result;
  };

  /** Off the hot path. A failure is met again, and answered, when the log has reached its bound. */
  const moveWal = async (): Promise<void> => {
    try {
      const { writer, checkpointer } = threads();
      await checkpointer.ask('checkpoint', { mode: 'PASSIVE' });
      if (!wal.movedBeside()) return;
      // Once more for what was committed meanwhile: the less is left to the writer, the less it keeps appends waiting.
      await checkpointer.ask('checkpoint', { mode: 'PASSIVE' });
      wal.movedByWriter(await writer.ask('checkpoint', { mode: 'PASSIVE' }));
    } catch {
      return;
    }
  };

  return {
    releaseReserve: () => reserve.release(),
    restoreReserve: () => reserve.restore(),
    freeSpace: () => reserve.freeSpace(),

    async open(): Promise<JournalHead> {
      if (state.kind !== 'new') threadsOrState(state);
      state = { kind: 'opening' };
      const writer = start('write');
      try {
        const head = await writer.ask('open', {});
        await reserve.restore();
        state = {
          kind: 'open',
          threads: { writer, reader: start('read'), checkpointer: start('checkpoint') },
        };
        return head;
      } catch (thrown) {
        state = { kind: 'closed' };
        await writer.drop();
        throw openFailure(thrown);
      }
    },

    async append(batch: Batch, expected: JournalHead): Promise<AppendResult> {
      if (state.kind === 'dead') return 'unknown';
      threads();
      guardAppend(batch, expected, !hasAppended);
      if (appending !== null) throw new JournalFailure('JOURNAL_BUSY', 'an append is in flight');
      const attempt = commit(batch, expected).catch((thrown: unknown): AppendResult => {
        if (thrown instanceof LinkLost) return 'unknown';
        throw thrown;
      });
      appending = attempt;
      try {
        const result = await attempt;
        if (result === 'unknown') await die();
        return result;
      } finally {
        appending = null;
      }
    },

    async read(from: number, maxBytes: number): Promise<readonly Batch[]> {
      const { reader } = threads();
      const max_bytes = guardRead(from, maxBytes);
      try {
        return await reader.ask('read', { from, max_bytes });
      } catch (thrown) {
        if (thrown instanceof LinkLost)
          throw new JournalFailure('JOURNAL_DEAD', 'this instance cannot go on');
        throw thrown;
      }
    },

    close(): Promise<void> {
      closing ??= (async () => {
        await appending?.catch(() => {});
        await checkpointing;
        if (state.kind === 'open') {
          const { threads: open } = state;
          state = { kind: 'closed' };
          await closeAll(open);
        }
        state = { kind: 'closed' };
      })();
      return closing;
    },
  };
}

function threadsOrState(state: State): never {
  if (state.kind === 'dead') throw new JournalFailure('JOURNAL_DEAD', 'this instance cannot go on');
  throw new JournalFailure('JOURNAL_STATE', `the journal is ${state.kind}`);
}

function openFailure(thrown: unknown): unknown {
  return thrown instanceof LinkLost
    ? new JournalFailure('JOURNAL_IO', 'the thread of the journal ended')
    : thrown;
}

/** The writer closes last: the last connection tidies up the log. What is committed is durable with or without it. */
async function closeAll({ writer, reader, checkpointer }: Threads): Promise<void> {
  for (const link of [reader, checkpointer, writer]) {
    await link.ask('close', {}).catch(() => {});
    await link.drop();
  }
}

async function dropAll({ writer, reader, checkpointer }: Threads): Promise<void> {
  await Promise.all([writer, reader, checkpointer].map((link) => link.drop()));
}

function withTimeout(attempt: Promise<AppendResult>): Promise<AppendResult> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve('unknown'), APPEND_TIMEOUT_MS);
    attempt.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}
