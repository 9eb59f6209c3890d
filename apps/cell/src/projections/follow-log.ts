import { sha256Base64url } from '@writ/proof';
import { decodeBatch } from '../core/batch.ts';
import type { Engine } from '../engine/load-engine.ts';
import { dropBytes } from '../journal/own-bytes.ts';
import { loadFirstBase, type ReadBatches } from '../snapshots/carried-state.ts';
import { openProjector, type Projector } from './project-record.ts';
import { type ProjectionQuery, runQuery } from './query.ts';
import { makeProjectionStore, openProjectionStore, type ProjectionStore } from './schema.ts';

export type FollowedLog = {
  /** Reads on for a while, at most up to `to`; says up to where the lists now reach. */
  advance(to: number): number;
  query(query: ProjectionQuery): { readonly rows: readonly object[]; readonly as_of: number };
  close(): void;
};

/** One transaction, some 4,000 records: short enough that questions are answered in between. */
const READ_BYTES: number = 4 * 1024 * 1024;

/**
 * The lists of one log. What stands in the file is compared with the journal once: a file that is ahead of
 * it, or whose last record is another, was made from another history and is built anew.
 */
export async function followLog(
  file: string,
  origin: string,
  engine: Engine,
  read: ReadBatches,
  carried: string,
): Promise<FollowedLog> {
  let store = openProjectionStore(file, origin);
  if (!store.is_new && !isOfJournal(store, read)) {
    store.database.close();
    store = makeProjectionStore(file, origin);
  }
  const { database } = store;
  const projector = openProjector(database);
  if (store.cursor.size === 0) await projectCarried(projector, engine, read, carried);
  let size = store.cursor.size;
  return {
    advance(to) {
      if (size < to) size = advanceOnce(store, projector, read, size, to);
      return size;
    },
    query: (query) => ({ rows: runQuery(database, query), as_of: size }),
    close: () => database.close(),
  };
}

function isOfJournal({ cursor: { size, tail } }: ProjectionStore, read: ReadBatches): boolean {
  if (size === 0) return true;
  const [batch] = read(size - 1, 1);
  if (batch === undefined) return false;
  const record = decodeBatch(batch.bytes, batch.from, batch.count).records[size - 1 - batch.from];
  return record !== undefined && sha256Base64url(record.head) === tail;
}

/**
 * People and agents of an earlier epoch are in no record of this one, but in the state that record 0 names.
 */
async function projectCarried(
  projector: Projector,
  engine: Engine,
  read: ReadBatches,
  carried: string,
): Promise<void> {
  const { state } = await loadFirstBase(engine, read, carried);
  for (const { id, ns, definition, disabled } of state.principals.values()) {
    projector.principal(id, ns, definition, disabled, 0);
  }
}

function advanceOnce(
  { database }: ProjectionStore,
  projector: Projector,
  read: ReadBatches,
  from: number,
  to: number,
): number {
  let next = from;
  database.exec('BEGIN IMMEDIATE');
  try {
    let tail = '';
    for (const batch of read(from, READ_BYTES)) {
      if (next >= to) break;
      const { records } = decodeBatch(batch.bytes, batch.from, batch.count);
      dropBytes(batch.bytes);
      for (const [at, record] of records.entries()) {
        if (batch.from + at < next) continue;
        projector.project(batch.from + at, record);
        tail = record.head;
      }
      next = batch.from + batch.count;
    }
    if (next > from) projector.advance(next, sha256Base64url(tail));
    database.exec('COMMIT');
    return next;
  } catch (thrown) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw thrown;
  }
}
