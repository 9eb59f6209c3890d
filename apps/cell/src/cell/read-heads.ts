import { decodeBatch } from '../core/batch.ts';
import { CoreFailure } from '../core/failure.ts';
import { JournalFailure } from '../journal/failure.ts';
import type { Journal } from '../journal/journal.ts';

/** Fewer than the journal answers at once; each reads a whole row, and repeats come in herds. */
const READS_AT_ONCE = 16;
/** Waiting reads; what is over is refused at once and may be tried again. */
const READS_WAITING_MAX = 4_096;

export type HeadReader = {
  readHead(index: number): Promise<string>;
  /** Heads of durable records, in order; whole rows are read, so many of them at a time. */
  readHeads(from: number, count: number): Promise<readonly string[]>;
};

/** Reads heads for proofs and for readers of the log; `journal` gives the instance of the moment. */
export function openHeadReader(journal: () => Pick<Journal, 'read'>): HeadReader {
  const atOnce = openTurns();
  return {
    readHead: (index) => atOnce(() => readHead(journal(), index)),
    readHeads: (from, count) => atOnce(() => readRange(journal(), from, count)),
  };
}

type Turns = <T>(work: () => Promise<T>) => Promise<T>;

function openTurns(): Turns {
  const waiting: (() => void)[] = [];
  let reading = 0;
  const enter = async (): Promise<void> => {
    if (reading < READS_AT_ONCE) {
      reading += 1;
      return;
    }
    if (waiting.length >= READS_WAITING_MAX)
      throw new CoreFailure('OVERLOADED', 'too many reads wait; try again');
    await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) reading -= 1;
    else next();
  };
  return async (work) => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}

async function readRange(
  journal: Pick<Journal, 'read'>,
  from: number,
  count: number,
): Promise<readonly string[]> {
  const heads: string[] = [];
  while (heads.length < count) {
    const next = from + heads.length;
    const [batch] = await journal.read(next, 1).catch(rethrow);
    if (batch === undefined) throw missing(next);
    const { records } = decodeBatch(batch.bytes, batch.from, batch.count);
    const wanted = records.slice(next - batch.from, next - batch.from + count - heads.length);
    if (wanted.length === 0) throw missing(next);
    heads.push(...wanted.map(({ head }) => head));
  }
  return heads;
}

async function readHead(journal: Pick<Journal, 'read'>, index: number): Promise<string> {
  const [batch] = await journal.read(index, 1).catch(rethrow);
  if (batch === undefined) throw missing(index);
  const record = decodeBatch(batch.bytes, batch.from, batch.count).records[index - batch.from];
  if (record === undefined) throw missing(index);
  return record.head;
}

/** An instance that was given up while a read waited for it: the cell reopens, and the asker asks again. */
function rethrow(cause: unknown): never {
  if (!(cause instanceof JournalFailure)) throw cause;
  const isGone = cause.code === 'JOURNAL_DEAD' || cause.code === 'JOURNAL_STATE';
  throw isGone ? new CoreFailure('UNAVAILABLE', 'the cell restarts; try again', null, cause) : cause;
}

function missing(index: number): CoreFailure {
  return new CoreFailure('STORE_CORRUPT', `record ${index} is missing`, index);
}
