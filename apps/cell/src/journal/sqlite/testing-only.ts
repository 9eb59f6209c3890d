import { createInstance, type SqliteJournal, type SqliteJournalOptions } from './instance.ts';

/**
 * The control of the durability checks: never syncs, so they must find it out. No configuration leads here;
 * nothing but those checks imports this file.
 */
export function testingOnlyUnsyncedJournal(options: SqliteJournalOptions): SqliteJournal {
  return createInstance(options, 'OFF');
}
