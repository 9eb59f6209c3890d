import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { HomeFailure } from './failure.ts';

const LOCK_FILE = 'lock.sqlite';
const HOLDER_FILE = 'lock.holder';
const SQLITE_BUSY = 5;
const PROCESS_ID_DIGITS_MAX = 20;

export type StoreLock = { release(): void };

/**
 * INVARIANT: a held database is reachable from here. node:sqlite closes a connection that is garbage
 * collected, and a closed connection is a lost lock.
 */
const held = new Set<DatabaseSync>();

/**
 * Makes this the only process, and the only caller within it, that uses the store in `directory`. The lock is
 * an open exclusive SQLite transaction: it works across threads and processes and dies with its process.
 *
 * Callers MUST NOT open or read `lock.sqlite` by other means in the same process: POSIX drops all locks of a
 * file when any descriptor of it is closed. Backups leave it out.
 */
export function lockStore(directory: string): StoreLock {
  const database = openExclusive(directory);
  held.add(database);
  try {
    // A hint for people only; the lock never depends on it.
    writeFileSync(join(directory, HOLDER_FILE), `${process.pid}\n`, { mode: 0o600 });
  } catch (error) {
    releaseLock(database);
    throw new HomeFailure('STORE_LOCK_UNUSABLE', `cannot write in ${directory}`, error);
  }
  return { release: () => releaseLock(database) };
}

function openExclusive(directory: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(join(directory, LOCK_FILE), { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database?.close();
    if (isBusy(error)) throw new HomeFailure('STORE_LOCKED', `${directory} is in use${holderOf(directory)}`);
    throw new HomeFailure('STORE_LOCK_UNUSABLE', `cannot lock ${directory}: is it writable?`, error);
  }
}

function releaseLock(database: DatabaseSync): void {
  if (!held.delete(database)) return;
  database.close();
}

function isBusy(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return false;
  // The low byte is the primary code; SQLite adds the variant above it.
  return (error.errcode & 0xff) === SQLITE_BUSY;
}

function holderOf(directory: string): string {
  const advice = 'stop that process, or use another WRIT_HOME';
  try {
    const text = readFileSync(join(directory, HOLDER_FILE), 'utf8').trim();
    const readable = /^[0-9]+$/.test(text) && text.length <= PROCESS_ID_DIGITS_MAX;
    return readable ? ` by process ${text}: ${advice}` : `: ${advice}`;
  } catch {
    return `: ${advice}`;
  }
}
