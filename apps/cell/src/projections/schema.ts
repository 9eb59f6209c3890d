import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Raised with every change below: a file of another schema is built anew. */
const SCHEMA = 1;
const APPLICATION_ID = 0x57726970; // "Wrip"
const CACHE_KIB = 8 * 1024;
/**
 * Each move of the log syncs, in the way of the journal's syncs: at 16 MB, not at the 4 MB of the default.
 */
const CHECKPOINT_PAGES = 4_096;

const TABLES = `
CREATE TABLE cursor (
  one INTEGER PRIMARY KEY CHECK (one = 1), origin TEXT NOT NULL, size INTEGER NOT NULL, tail TEXT NOT NULL
) STRICT;
CREATE TABLE records (
  idx INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, ns TEXT NOT NULL, time INTEGER NOT NULL,
  verdict TEXT, code TEXT, executor TEXT
) STRICT;
CREATE INDEX records_by_id ON records (id, idx);
CREATE INDEX records_by_ns ON records (ns, idx);
CREATE INDEX records_by_time ON records (time, idx);
CREATE INDEX records_by_verdict ON records (verdict, code, idx) WHERE verdict IS NOT NULL;
CREATE TABLE tickets (
  ticket TEXT PRIMARY KEY, action TEXT NOT NULL, ns TEXT NOT NULL, by TEXT NOT NULL, binding TEXT NOT NULL,
  opened INTEGER NOT NULL, changed INTEGER NOT NULL, expires_at INTEGER NOT NULL, status TEXT NOT NULL,
  lifts TEXT NOT NULL
) STRICT;
CREATE INDEX tickets_by_status ON tickets (status, opened);
CREATE INDEX tickets_by_ns ON tickets (ns, status, opened);
CREATE TABLE principals (
  principal TEXT PRIMARY KEY, ns TEXT NOT NULL, kind TEXT NOT NULL, scopes TEXT NOT NULL,
  wall INTEGER NOT NULL, disabled INTEGER NOT NULL, changed INTEGER NOT NULL
) STRICT;
CREATE INDEX principals_by_ns ON principals (ns, principal);
`;

/** Where reading stands: in the same transaction as the rows, so that neither is ever ahead of the other. */
export type Cursor = { readonly size: number; readonly tail: string };

export type ProjectionStore = {
  readonly database: DatabaseSync;
  readonly cursor: Cursor;
  readonly is_new: boolean;
};

/**
 * Opens the file, or makes it anew when it is missing, damaged, of another schema or of another log. Nothing
 * here is worth keeping that the journal cannot give again.
 */
export function openProjectionStore(file: string, origin: string): ProjectionStore {
  try {
    const database = connect(file);
    const cursor = readCursor(database, origin);
    if (cursor !== null) return { database, cursor, is_new: false };
    database.close();
  } catch {
    // Not a database, or not one that can be read: made anew below.
  }
  return makeProjectionStore(file, origin);
}

export function makeProjectionStore(file: string, origin: string): ProjectionStore {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${end}`, { force: true });
  const database = connect(file);
  database.exec('BEGIN IMMEDIATE');
  database.exec(TABLES);
  database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
  database.exec(`PRAGMA user_version = ${SCHEMA}`);
  database.prepare('INSERT INTO cursor VALUES (1, ?, 0, ?)').run(origin, '');
  database.exec('COMMIT');
  return { database, cursor: { size: 0, tail: '' }, is_new: true };
}

/** Losing the last transactions with the power is no harm: the cursor goes back with the rows. */
function connect(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 5_000, allowExtension: false });
  try {
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = NORMAL');
    database.exec('PRAGMA secure_delete = ON');
    database.exec('PRAGMA trusted_schema = OFF');
    // What one transaction touches stays in memory until it commits: pages are written once.
    database.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
    database.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    database.exec('PRAGMA cell_size_check = ON');
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

function readCursor(database: DatabaseSync, origin: string): Cursor | null {
  const application = database.prepare('PRAGMA application_id').get()?.['application_id'];
  const version = database.prepare('PRAGMA user_version').get()?.['user_version'];
  if (application !== APPLICATION_ID || version !== SCHEMA) return null;
  const row = database.prepare('SELECT origin, size, tail FROM cursor').get();
  const last = database.prepare('SELECT max(idx) AS idx FROM records').get();
  const size = row?.['size'];
  const tail = row?.['tail'];
  if (row?.['origin'] !== origin || typeof size !== 'number' || typeof tail !== 'string') return null;
  return Number(last?.['idx'] ?? -1) === size - 1 ? { size, tail } : null;
}
