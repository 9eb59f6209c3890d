import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { JournalFailure } from '../failure.ts';
import type { Batch } from '../journal.ts';
import { failureOf } from './failures.ts';
import type { Synchronous } from './messages.ts';
import { batchOfRow, ROW_COLUMNS } from './rows.ts';
import { connect } from './settings.ts';

/** Bounds the objects of one answer where batches are tiny. */
const BATCHES_MAX = 1024;

export type Reader = {
  read(from: number, maxBytes: number): readonly Batch[];
  close(): void;
};

type Statements = { readonly holding: StatementSync; readonly next: StatementSync };

/**
 * A connection that never writes, in a thread of its own: a long read delays neither commits nor
 * checkpoints.
 */
export function createReader(file: string, synchronous: Synchronous): Reader {
  const database = connect(file, synchronous);
  database.exec('PRAGMA query_only = ON');
  const statements = {
    holding: database.prepare(
      'SELECT first, count FROM batches WHERE first <= ? ORDER BY first DESC LIMIT 1',
    ),
    next: database.prepare(`SELECT ${ROW_COLUMNS} FROM batches WHERE first >= ? ORDER BY first LIMIT 1`),
  };
  return {
    read: (from, maxBytes) => inOneSnapshot(database, () => collect(statements, from, maxBytes)),
    close: () => database.close(),
  };
}

function inOneSnapshot<Result>(database: DatabaseSync, read: () => Result): Result {
  database.exec('BEGIN');
  try {
    return read();
  } finally {
    if (database.isTransaction) database.exec('ROLLBACK');
  }
}

function collect(statements: Statements, from: number, maxBytes: number): readonly Batch[] {
  const batches: Batch[] = [];
  let next = from;
  let room = maxBytes;
  try {
    const start = startOf(statements, from);
    if (start === null) return [];
    for (next = start; batches.length < BATCHES_MAX; ) {
      // What there is no room for is not looked at: a damaged batch does not hide the good one before it.
      if (batches.length > 0 && room <= 0) break;
      const row = statements.next.get(next);
      if (row === undefined) break;
      const batch = batchOfRow(row, next);
      if (batch.from !== next) throw gapAt(next, batch.from);
      if (batches.length > 0 && batch.bytes.byteLength > room) break;
      batches.push(batch);
      room -= batch.bytes.byteLength;
      next += batch.count;
    }
    return batches;
  } catch (thrown) {
    throw failureOf(thrown, next);
  }
}

/** Where the batch that holds `from` starts; null when `from` lies beyond the last record. */
function startOf(statements: Statements, from: number): number | null {
  const row = statements.holding.get(from);
  const first = row === undefined ? 0 : Number(row['first']);
  const end = row === undefined ? 0 : first + Number(row['count']);
  if (row !== undefined && from < end) return first;
  const later = statements.next.get(end);
  if (later === undefined) return null;
  throw gapAt(end, Number(later['first']));
}

function gapAt(index: number, found: number): JournalFailure {
  return new JournalFailure('JOURNAL_CORRUPT', `the batch found there starts at ${found}`, index);
}
