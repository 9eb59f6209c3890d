import { createInstance, type SqliteJournal, type SqliteJournalOptions } from './instance.ts';

/**
 * A journal in one SQLite file: one transaction, one row and one sync a batch. Beside the file lie its
 * write-ahead log, the lock that keeps other instances out and the reserve. Call `open()` before anything
 * else.
 */
export function openSqliteJournal(options: SqliteJournalOptions): SqliteJournal {
  return createInstance(options, 'FULL');
}
