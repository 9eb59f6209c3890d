import { DatabaseSync } from 'node:sqlite';
import { JournalFailure } from '../failure.ts';
import type { Synchronous } from './messages.ts';

/**
 * One page of the log for a small batch, few overflow pages for a large one. Part of the format: a file of
 * another page size is refused, for it was not made by this code.
 */
export const PAGE_BYTES = 8192;
/** Longer than any checkpoint step of our own connections; nobody else holds locks on this file. */
const BUSY_TIMEOUT_MS = 5_000;
/**
 * From here on no append is tried before the write-ahead log could start over; what it shrinks to then.
 * Several times what it reaches when checkpoints keep up.
 */
export const WAL_BYTES_MAX: number = 32 * 1024 * 1024;

type Setting = { readonly pragma: string; readonly set: string; readonly readsBack: string | number };

const settingsOf = (synchronous: Synchronous): readonly Setting[] => [
  { pragma: 'page_size', set: String(PAGE_BYTES), readsBack: PAGE_BYTES },
  { pragma: 'auto_vacuum', set: 'NONE', readsBack: 0 },
  { pragma: 'encoding', set: "'UTF-8'", readsBack: 'UTF-8' },
  { pragma: 'locking_mode', set: 'NORMAL', readsBack: 'normal' },
  { pragma: 'journal_mode', set: 'WAL', readsBack: 'wal' },
  { pragma: 'synchronous', set: synchronous, readsBack: synchronous === 'FULL' ? 2 : 0 },
  // Without these, macOS answers a sync from the cache of the drive. No effect elsewhere.
  { pragma: 'fullfsync', set: 'ON', readsBack: 1 },
  { pragma: 'checkpoint_fullfsync', set: 'ON', readsBack: 1 },
  // Freed pages must not keep what was erased.
  { pragma: 'secure_delete', set: 'ON', readsBack: 1 },
  // Checkpoints run in a thread of their own, never inside of a commit.
  { pragma: 'wal_autocheckpoint', set: '0', readsBack: 0 },
  { pragma: 'journal_size_limit', set: String(WAL_BYTES_MAX), readsBack: WAL_BYTES_MAX },
  { pragma: 'mmap_size', set: '0', readsBack: 0 },
  { pragma: 'temp_store', set: 'MEMORY', readsBack: 2 },
  { pragma: 'cell_size_check', set: 'ON', readsBack: 1 },
  { pragma: 'trusted_schema', set: 'OFF', readsBack: 0 },
];

/**
 * Opens a connection whose every setting has been read back: a build or a file that ignores one is refused.
 */
export function connect(file: string, synchronous: Synchronous): DatabaseSync {
  const database = new DatabaseSync(file, {
    timeout: BUSY_TIMEOUT_MS,
    allowExtension: false,
    enableDoubleQuotedStringLiterals: false,
  });
  try {
    for (const setting of settingsOf(synchronous)) apply(database, setting);
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

function apply(database: DatabaseSync, { pragma, set, readsBack }: Setting): void {
  database.exec(`PRAGMA ${pragma} = ${set}`);
  const found = readPragma(database, pragma);
  if (found !== readsBack) {
    throw new JournalFailure(
      'JOURNAL_SETTINGS',
      `${pragma} reads back as ${String(found)}, not ${readsBack}`,
    );
  }
}

export function readPragma(database: DatabaseSync, pragma: string): unknown {
  const row = database.prepare(`PRAGMA ${pragma}`).get();
  return row === undefined ? undefined : Object.values(row)[0];
}
