import { dirname } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { JournalFailure } from '../failure.ts';
import type { AppendResult, Batch, JournalHead } from '../journal.ts';
import { runCheckpoint } from './checkpoint.ts';
import { prepareFile, syncFolder, takeLock } from './files.ts';
import type { CheckpointMode, Synchronous, WalState } from './messages.ts';
import { batchOfRow, checksumOf, ROW_COLUMNS } from './rows.ts';
import { ensureSchema } from './schema.ts';
import { connect } from './settings.ts';
import { rewriteWal } from './wal-file.ts';

/** How many of the last batches are checked at every start; the scrub and the reader check the rest. */
const TAIL_BATCHES = 8;

export type Writer = {
  open(): JournalHead;
  append(batch: Batch, expected: JournalHead): AppendResult;
  checkpoint(mode: CheckpointMode): WalState | 'busy';
  close(): void;
};

type Store = {
  readonly database: DatabaseSync;
  readonly lock: DatabaseSync;
  readonly last: StatementSync;
  /** Of the last row without its bytes: what a batch must follow. */
  readonly head: StatementSync;
  readonly insert: StatementSync;
  readonly remove: StatementSync;
};

/** The only connection that writes. Lives in a thread of its own, for every call blocks on the disk. */
export function createWriter(file: string, synchronous: Synchronous): Writer {
  let store: Store | null = null;
  let hasAppended = false;

  const guardStore = (): Store => {
    if (store === null) throw new JournalFailure('JOURNAL_STATE', 'the store is not open');
    return store;
  };

  return {
    open(): JournalHead {
      const opened = openStore(file, synchronous);
      store = opened;
      return checkTail(opened);
    },
    append(batch: Batch, expected: JournalHead): AppendResult {
      const current = guardStore();
      const result = commitBatch(current, batch, expected, !hasAppended);
      if (result === 'committed' && !hasAppended) {
        hasAppended = true;
        return settleFirst(current.database);
      }
      return result;
    },
    checkpoint(mode: CheckpointMode): WalState | 'busy' {
      return runCheckpoint(guardStore().database, mode);
    },
    close(): void {
      store?.database.close();
      store?.lock.close();
      store = null;
    },
  };
}

function openStore(file: string, synchronous: Synchronous): Store {
  const lock = takeLock(file);
  try {
    prepareFile(file);
    const database = connect(file, synchronous);
    try {
      ensureSchema(database);
      // A file that cannot be written is refused here, not at the first append.
      database.exec('BEGIN IMMEDIATE');
      rewriteWal(file);
      database.exec('ROLLBACK');
      // SQLite syncs the name of its log too, but does not look at what came of it.
      syncFolder(dirname(file));
      return {
        database,
        lock,
        last: database.prepare(`SELECT ${ROW_COLUMNS} FROM batches ORDER BY first DESC LIMIT ?`),
        head: database.prepare('SELECT first, count, term FROM batches ORDER BY first DESC LIMIT 1'),
        insert: database.prepare('INSERT INTO batches VALUES (?, ?, ?, ?, ?)'),
        remove: database.prepare('DELETE FROM batches WHERE first = ?'),
      };
    } catch (thrown) {
      database.close();
      throw thrown;
    }
  } catch (thrown) {
    lock.close();
    throw thrown;
  }
}

/** The head, once the last batches are known to be whole and contiguous. */
function checkTail(store: Store): JournalHead {
  const rows = store.last.all(TAIL_BATCHES).reverse();
  let head: JournalHead = { size: 0, term: 0 };
  for (const [position, row] of rows.entries()) {
    // A tail that is the whole journal starts at 0; a longer journal is entered in its middle.
    const isEntered = position === 0 && rows.length === TAIL_BATCHES;
    const batch = batchOfRow(row, isEntered ? Number(row['first']) : head.size);
    if (!isEntered && batch.from !== head.size) {
      throw new JournalFailure('JOURNAL_CORRUPT', `the batch found there starts at ${batch.from}`, head.size);
    }
    if (batch.term < head.term) throw new JournalFailure('JOURNAL_CORRUPT', 'the term goes back', batch.from);
    head = { size: batch.from + batch.count, term: batch.term };
  }
  return head;
}

function commitBatch(store: Store, batch: Batch, expected: JournalHead, isFirst: boolean): AppendResult {
  const { database } = store;
  database.exec('BEGIN IMMEDIATE');
  let isExpected: boolean;
  try {
    isExpected = isHead(store.head.get(), expected);
    if (isExpected) {
      if (isFirst) rewriteLast(store);
      insertBatch(store, batch);
    }
  } catch (thrown) {
    // Nothing can have been committed before COMMIT; a rollback that fails as well ends the worker.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw thrown;
  }
  if (!isExpected) {
    database.exec('ROLLBACK');
    return 'conflict';
  }
  try {
    database.exec('COMMIT');
    return 'committed';
  } catch {
    return 'unknown';
  }
}

/** Deleted and inserted again: an update to the same bytes would leave the pages as they are. */
function rewriteLast(store: Store): void {
  const row = store.last.get(1);
  if (row === undefined) return;
  const last = batchOfRow(row, Number(row['first']));
  store.remove.run(last.from);
  insertBatch(store, last);
}

function insertBatch(store: Store, batch: Batch): void {
  store.insert.run(batch.from, batch.count, batch.term, checksumOf(batch), batch.bytes);
}

/**
 * INVARIANT: the first commit of an instance vouches for all before it, also for what an earlier sync may
 * have lost. So everything is moved to the database file and synced there before the answer.
 */
function settleFirst(database: DatabaseSync): AppendResult {
  try {
    const row = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
    return row?.['busy'] === 0 ? 'committed' : 'unknown';
  } catch {
    return 'unknown';
  }
}

function isHead(row: Readonly<Record<string, unknown>> | undefined, { size, term }: JournalHead): boolean {
  if (row === undefined) return size === 0 && term === 0;
  return Number(row['first']) + Number(row['count']) === size && row['term'] === term;
}
