import { closeSync, constants, lstatSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { refuseWorkTree } from '../client/client-home.ts';
import { stateHome } from '../client/state-home.ts';
import type { Place } from '../program/command.ts';
import { fail } from './failure.ts';
import { SNAPSHOT_LIMITS } from './limits.ts';

/** Raised with every change below: a store of another schema is not read. */
const SCHEMA = 1;
const APPLICATION_ID = 0x57726973; // "Wris"
/** One snapshot at a time writes; another waits as long as that may take. */
const BUSY_TIMEOUT_MS: number = SNAPSHOT_LIMITS.time_ms_max;

/** Content by its digest, cut into rows; what was snapshot; what files held when they were last read. */
const TABLES = `
CREATE TABLE objects (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, bytes INTEGER NOT NULL) STRICT;
CREATE TABLE chunks (object INTEGER NOT NULL, at INTEGER NOT NULL, content BLOB NOT NULL) STRICT;
CREATE INDEX chunks_by_object ON chunks (object, at);
CREATE TABLE snapshots (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, taken_ms INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT;
CREATE TABLE seen (path TEXT PRIMARY KEY, stamp TEXT NOT NULL, digest TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE measured (path TEXT PRIMARY KEY, fits INTEGER NOT NULL, at_ms INTEGER NOT NULL) STRICT;
`;

/** Where snapshots of this user lie: never in a work tree, and for nobody else to read. */
export function snapshotDirectory({ environment, user_home }: Place): string {
  return join(stateHome(environment, user_home), 'snapshots');
}

/** Works on the store of this user, which is made where there is none. */
export function withSnapshots<T>(place: Place, work: (database: DatabaseSync) => T): T {
  const directory = snapshotDirectory(place);
  refuseWorkTree(directory);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  guard(directory);
  const file = join(directory, 'snapshots.sqlite');
  closeSync(openSync(file, constants.O_CREAT | constants.O_RDWR | constants.O_NOFOLLOW, 0o600));
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, allowExtension: false });
  try {
    prepare(database);
    return work(database);
  } finally {
    database.close();
  }
}

/** Whoever may write here could have something else restored. */
function guard(directory: string): void {
  const stat = lstatSync(directory);
  const foreign = process.geteuid !== undefined && stat.uid !== process.geteuid();
  if (stat.isDirectory() && !foreign && (stat.mode & 0o077) === 0) return;
  throw fail('SNAPSHOT_STORE', `${directory} must be a directory of this user alone: chmod 700`);
}

function prepare(database: DatabaseSync): void {
  // Before the first table, or never: rows that were given up give their room back.
  database.exec('PRAGMA auto_vacuum = INCREMENTAL');
  // New pages are written once, to their place; a write-ahead log would hold a whole snapshot twice.
  database.exec('PRAGMA journal_mode = DELETE');
  database.exec('PRAGMA synchronous = EXTRA');
  database.exec('PRAGMA fullfsync = ON');
  database.exec('PRAGMA secure_delete = ON');
  database.exec('PRAGMA trusted_schema = OFF');
  const version = database.prepare('PRAGMA user_version').get()?.['user_version'];
  if (version === SCHEMA) return;
  inTransaction(database, () => {
    // Another process may have been quicker.
    const found = database.prepare('PRAGMA user_version').get()?.['user_version'];
    if (found === SCHEMA) return;
    if (found !== 0) throw fail('SNAPSHOT_STORE', 'the snapshots here were made by another version of writ');
    database.exec(TABLES);
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    database.exec(`PRAGMA user_version = ${SCHEMA}`);
  });
}

/** All of it durable when it returns, or nothing of it. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk has ended the transaction by itself.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
