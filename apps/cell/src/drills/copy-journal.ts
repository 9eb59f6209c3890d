import { closeSync, fsyncSync, openSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import { encodeBase64, parseVerifierKey, rootOf } from '@writ/proof';
import { type Engine, openEngine } from '../engine/load-engine.ts';
import { prepareFile } from '../journal/sqlite/files.ts';
import { dropBytes } from '../journal/own-bytes.ts';
import { createReader } from '../journal/sqlite/read.ts';
import { checksumOf } from '../journal/sqlite/rows.ts';
import { ensureSchema } from '../journal/sqlite/schema.ts';
import { connect } from '../journal/sqlite/settings.ts';
import type { ReadBatches } from '../snapshots/carried-state.ts';
import { type KnownHead, type Prefix, verifiedPrefix } from './verified-prefix.ts';

export type CopyQuestion = {
  readonly journal: string;
  /** Does not exist yet. */
  readonly target: string;
  readonly engines: string;
  readonly engine: string;
  readonly origin: string;
  readonly vkey: string;
  readonly size: number;
  readonly known: readonly KnownHead[];
};

export type JournalCopied = { readonly size: number; readonly root: string; readonly fault: Prefix['fault'] };

/** Rows of one transaction in the copy: one sync for many. */
const ROWS_A_TRANSACTION = 256;

/**
 * Copies a journal up to a size that is durable, in short reads, so that a running cell's log can start over
 * meanwhile; every row is verified on its way. The copy is one plain file, with nothing left beside it.
 */
export async function copyJournal(question: CopyQuestion): Promise<JournalCopied> {
  const engine = await openEngine(question.engines, question.engine);
  const reader = createReader(question.journal, 'FULL');
  try {
    const copied = await copyRows(engine, reader.read, question);
    syncFile(question.target);
    return copied;
  } finally {
    reader.close();
  }
}

async function copyRows(engine: Engine, read: ReadBatches, question: CopyQuestion): Promise<JournalCopied> {
  const { target, origin, vkey, size, known } = question;
  prepareFile(target);
  const copy = connect(target, 'FULL');
  try {
    ensureSchema(copy);
    const trust = { origin, keys: [parseVerifierKey(vkey)] };
    const rows = rowWriter(copy);
    const { frontier, fault } = await verifiedPrefix(engine, read, trust, size, known, async (batch) => {
      const isCommitted = rows.add(batch.from, batch.count, batch.term, checksumOf(batch), batch.bytes);
      dropBytes(batch.bytes);
      if (isCommitted) await setImmediate();
    });
    rows.commit();
    return { size: frontier.size, root: encodeBase64(rootOf(frontier)), fault };
  } finally {
    closeWhole(copy);
  }
}

type RowWriter = {
  /** True when a transaction was committed. */
  add(from: number, count: number, term: number, crc: number, bytes: Uint8Array): boolean;
  commit(): void;
};

function rowWriter(copy: DatabaseSync): RowWriter {
  const insert = copy.prepare('INSERT INTO batches VALUES (?, ?, ?, ?, ?)');
  let rows = 0;
  const commit = (): void => {
    if (copy.isTransaction) copy.exec('COMMIT');
    rows = 0;
  };
  return {
    commit,
    add(...row) {
      if (!copy.isTransaction) copy.exec('BEGIN IMMEDIATE');
      insert.run(...row);
      rows += 1;
      if (rows < ROWS_A_TRANSACTION) return false;
      commit();
      // Without this the write-ahead log would grow to the size of the copy.
      copy.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      return true;
    },
  };
}

/** Leaves no write-ahead log beside the file: the last connection moves it whole and removes it. */
function closeWhole(copy: DatabaseSync): void {
  try {
    if (copy.isTransaction) copy.exec('ROLLBACK');
    copy.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    copy.close();
  }
}

function syncFile(path: string): void {
  const descriptor = openSync(path, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
