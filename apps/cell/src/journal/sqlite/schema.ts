import type { DatabaseSync } from 'node:sqlite';
import { JournalFailure } from '../failure.ts';
import { readPragma } from './settings.ts';

/** "Writ" in ASCII: says whose file this is to `file` and to us. */
const APPLICATION_ID = 0x57726974;
const VERSION = 1;

/**
 * One row a batch. `first` is the index of its first record; `crc` covers the other columns.
 * spec/30-journal.md.
 */
const TABLE = `CREATE TABLE batches (
  first INTEGER PRIMARY KEY,
  count INTEGER NOT NULL,
  term INTEGER NOT NULL,
  crc INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT`;

/** Makes the table in a new file, and refuses a file that is anything but this version of it. */
export function ensureSchema(database: DatabaseSync): void {
  const application = readPragma(database, 'application_id');
  const version = readPragma(database, 'user_version');
  const objects = database.prepare('SELECT sql FROM sqlite_schema LIMIT 2').all();
  if (application === 0 && version === 0 && objects.length === 0) {
    createSchema(database);
    return;
  }
  if (application !== APPLICATION_ID) {
    throw new JournalFailure('JOURNAL_VERSION', 'the file belongs to another program');
  }
  if (version !== VERSION) {
    throw new JournalFailure('JOURNAL_VERSION', `the file has version ${String(version)}, not ${VERSION}`);
  }
  // A trigger, a view or another table could change what an insert or a select does.
  if (objects.length !== 1 || objects[0]?.['sql'] !== TABLE) {
    throw new JournalFailure('JOURNAL_VERSION', 'the file holds other objects than its table');
  }
}

function createSchema(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    database.exec(TABLE);
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    database.exec(`PRAGMA user_version = ${VERSION}`);
    database.exec('COMMIT');
  } catch (thrown) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw thrown;
  }
}
