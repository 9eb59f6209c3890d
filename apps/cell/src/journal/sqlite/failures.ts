import { JournalFailure, type JournalCode } from '../failure.ts';

/** SQLite's primary result codes (sqlite.org/rescode.html) that mean something of their own here. */
const CODES: ReadonlyMap<number, JournalCode> = new Map([
  [5, 'JOURNAL_BUSY'], //       SQLITE_BUSY
  [6, 'JOURNAL_BUSY'], //       SQLITE_LOCKED
  [8, 'JOURNAL_READ_ONLY'], //  SQLITE_READONLY
  [11, 'JOURNAL_CORRUPT'], //   SQLITE_CORRUPT
  [13, 'JOURNAL_FULL'], //      SQLITE_FULL
  [26, 'JOURNAL_CORRUPT'], //   SQLITE_NOTADB
]);

const SYSTEM_CODES: ReadonlyMap<string, JournalCode> = new Map([
  ['EACCES', 'JOURNAL_READ_ONLY'],
  ['EPERM', 'JOURNAL_READ_ONLY'],
  ['EROFS', 'JOURNAL_READ_ONLY'],
  ['ENOSPC', 'JOURNAL_FULL'],
  ['EDQUOT', 'JOURNAL_FULL'],
  ['ERR_OUT_OF_RANGE', 'JOURNAL_CORRUPT'], // a stored integer beyond 2^53, which was never written
]);

type Thrown = { readonly code?: unknown; readonly errcode?: unknown; readonly message?: unknown };

/**
 * Turns whatever SQLite or the file system threw into a failure with a stable code; `index` where one is
 * known.
 */
export function failureOf(thrown: unknown, index: number | null = null): JournalFailure {
  if (thrown instanceof JournalFailure) return thrown;
  const { code, errcode, message } = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as Thrown;
  const detail = typeof message === 'string' ? message : 'a failure without a message';
  const known =
    typeof errcode === 'number'
      ? CODES.get(errcode & 0xff)
      : SYSTEM_CODES.get(typeof code === 'string' ? code : '');
  return new JournalFailure(known ?? 'JOURNAL_IO', detail, known === 'JOURNAL_CORRUPT' ? index : null);
}
