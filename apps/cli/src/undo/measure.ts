import { type BigIntStats, closeSync, constants, openSync } from 'node:fs';
import process from 'node:process';
import type { DatabaseSync } from 'node:sqlite';
import { isWithin } from '../files/is-within.ts';
import type { Place } from '../program/command.ts';
import { CliFailure } from '../program/failure.ts';
import { fail } from './failure.ts';
import { MEASURE_FRESH_MS } from './limits.ts';
import { snapshotDirectory, withSnapshots } from './open-store.ts';
import { scanAreas, type Sink } from './scan.ts';

/** Counts, and looks whether everything could be read; it reads nothing. */
const COUNTING: Sink = {
  known(path, stat) {
    guardReadable(path, stat);
    return 'unread';
  },
  file: () => 'unread',
  seen: () => {},
  listing: () => 'unread',
  lenient: false,
};

const OWNER_READS = 0o400n;

function guardReadable(path: string, { uid, mode }: BigIntStats): void {
  if (uid === BigInt(process.geteuid?.() ?? 0) && (mode & OWNER_READS) !== 0n) return;
  try {
    closeSync(openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK));
  } catch {
    throw fail('SNAPSHOT_UNREADABLE', 'a file cannot be read');
  }
}

/**
 * Of which of the paths, with everything below them, a snapshot can be taken here, as far as that can be told
 * without taking it. An answer is good for some minutes; where it turns out wrong, nothing runs.
 */
export function whatFits(place: Place, paths: readonly string[]): readonly string[] {
  const own = snapshotDirectory(place);
  const possible = paths.filter((path) => path !== '/' && !isWithin(own, path) && !isWithin(path, own));
  if (possible.length === 0) return [];
  try {
    return withSnapshots(place, (database) => possible.filter((path) => fits(database, path)));
  } catch {
    // A store that cannot be used keeps nothing: no claim.
    return [];
  }
}

function fits(database: DatabaseSync, path: string): boolean {
  const row = database.prepare('SELECT fits, at_ms FROM measured WHERE path = ?').get(path);
  const age_ms = Date.now() - Number(row?.['at_ms'] ?? 0);
  if (row !== undefined && age_ms >= 0 && age_ms < MEASURE_FRESH_MS) return row['fits'] === 1;
  const found = measure(path);
  const put = database.prepare('INSERT OR REPLACE INTO measured VALUES (?, ?, ?)');
  put.run(path, found ? 1 : 0, Date.now());
  return found;
}

function measure(path: string): boolean {
  try {
    scanAreas([path], COUNTING);
    return true;
  } catch (error) {
    if (error instanceof CliFailure) return false;
    throw error;
  }
}
