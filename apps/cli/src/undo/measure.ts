import { accessSync, type BigIntStats, constants } from 'node:fs';
import process from 'node:process';
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
    accessSync(path, constants.R_OK);
  } catch {
    throw fail('SNAPSHOT_UNREADABLE', 'a file cannot be read');
  }
}

/**
 * Whether a snapshot of everything below a path can be taken here, as far as that can be told without taking
 * it. An answer is good for some minutes; where it turns out wrong, nothing runs.
 */
export function canSnapshot(place: Place, path: string): boolean {
  const own = snapshotDirectory(place);
  if (path === '/' || isWithin(own, path) || isWithin(path, own)) return false;
  try {
    return withSnapshots(place, (database) => {
      const row = database.prepare('SELECT fits, at_ms FROM measured WHERE path = ?').get(path);
      const age_ms = Date.now() - Number(row?.['at_ms'] ?? 0);
      if (row !== undefined && age_ms >= 0 && age_ms < MEASURE_FRESH_MS) return row['fits'] === 1;
      const fits = measure(path);
      database
        .prepare('INSERT OR REPLACE INTO measured VALUES (?, ?, ?)')
        .run(path, fits ? 1 : 0, Date.now());
      return fits;
    });
  } catch {
    // A store that cannot be used keeps nothing: no claim.
    return false;
  }
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
