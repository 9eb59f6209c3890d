import type { SqliteJournal, SqliteJournalOptions } from '../../src/journal/sqlite/instance.ts';
import { testingOnlyUnsyncedJournal } from '../../src/journal/sqlite/testing-only.ts';

/** Takes the place of the journal's `open.ts` in the control: the cell is whole, its journal never syncs. */
export function openSqliteJournal(options: SqliteJournalOptions): SqliteJournal {
  return testingOnlyUnsyncedJournal(options);
}
