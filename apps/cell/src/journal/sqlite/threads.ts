import type { AppendResult, Batch, JournalHead } from '../journal.ts';
import { type Link, startLink } from './link.ts';
import type { Role, Synchronous } from './messages.ts';
import type { WalBound } from './wal-bound.ts';

/** After this long a commit is taken as unknown; a disk that hangs must not hang the cell. */
const APPEND_TIMEOUT_MS = 30_000;

/** One thread and one connection each: commits, reads and checkpoints do not wait for one another. */
export type Threads = { readonly writer: Link; readonly reader: Link; readonly checkpointer: Link };

export type StartThread = (role: Role) => Link;

export function createThreadStarter(file: string, synchronous: Synchronous, onLost: () => void): StartThread {
  return (role) => startLink({ role, file, synchronous }, onLost);
}

/** Hands the batch over to the writer, whose answer `unknown` stands for none in time as well. */
export function commitOn(
  writer: Link,
  batch: Batch & { readonly bytes: Uint8Array<ArrayBuffer> },
  expected: JournalHead,
): Promise<AppendResult> {
  const attempt = writer.ask('append', { batch, expected }, [batch.bytes.buffer]);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve('unknown'), APPEND_TIMEOUT_MS);
    attempt.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/**
 * Moves the log to the database file, off the hot path. A failure changes nothing and is met again, and
 * answered, when the log has reached its bound.
 */
export async function moveWal({ writer, checkpointer }: Threads, wal: WalBound): Promise<void> {
  try {
    await checkpointer.ask('checkpoint', { mode: 'PASSIVE' });
    if (!wal.movedBeside()) return;
    // Once more for what was committed meanwhile: the less is left to the writer, the shorter appends wait.
    await checkpointer.ask('checkpoint', { mode: 'PASSIVE' });
    wal.movedByWriter(await writer.ask('checkpoint', { mode: 'PASSIVE' }));
  } catch {
    return;
  }
}

/**
 * The writer closes last: the last connection tidies up the log. What is committed is durable with or
 * without that.
 */
export async function closeThreads({ writer, reader, checkpointer }: Threads): Promise<void> {
  await Promise.all([reader.drop(), checkpointer.drop()]);
  await writer.ask('close', {}).catch(() => {});
  await writer.drop();
}

export async function dropThreads({ writer, reader, checkpointer }: Threads): Promise<void> {
  await Promise.all([writer, reader, checkpointer].map((link) => link.drop()));
}
