import type { DatabaseSync } from 'node:sqlite';
import { JournalFailure } from '../failure.ts';
import type { CheckpointMode, WalState } from './messages.ts';
import { PAGE_BYTES } from './settings.ts';

/** Each page in the log is preceded by a header (sqlite.org/fileformat2.html §4.1). */
const FRAME_BYTES: number = PAGE_BYTES + 24;

/** Moves pages from the log to the database file. Being kept from it by a reader is no failure. */
export function runCheckpoint(database: DatabaseSync, mode: CheckpointMode): WalState | 'busy' {
  const row = database.prepare(`PRAGMA wal_checkpoint(${mode})`).get();
  // Without the lock for moving the log SQLite tells no sizes: another thread of this store has it.
  if (row?.['busy'] === 1 && row['log'] === -1) return 'busy';
  const log = row?.['log'];
  const moved = row?.['checkpointed'];
  if (typeof log !== 'number' || typeof moved !== 'number' || log < 0 || moved < 0) {
    throw new JournalFailure('JOURNAL_SETTINGS', 'the database has no write-ahead log');
  }
  return { written_bytes: log * FRAME_BYTES, moved_bytes: moved * FRAME_BYTES };
}
