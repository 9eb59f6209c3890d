import { execFileSync } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { encodeBatch } from '../../../src/core/batch.ts';
import { checksumOf } from '../../../src/journal/sqlite/rows.ts';
import { journalOf, readJournal } from '../read-store.ts';

export type Entry = { readonly head: string; readonly state: string };

/** One row of the journal, as whoever may write to the file would see and change it. */
export type Row = { readonly term: number; readonly note: string; readonly records: readonly Entry[] };

export function readRows(directory: string): readonly Row[] {
  return readJournal(journalOf(directory)).batches.map(({ term, note, records }) => ({
    term,
    note,
    records,
  }));
}

/** Writes other rows, numbered without a gap and with checksums that fit: no clumsy change is made here. */
export function writeRows(directory: string, rows: readonly Row[]): void {
  const database = new DatabaseSync(journalOf(directory));
  const insert = database.prepare('INSERT INTO batches VALUES (?, ?, ?, ?, ?)');
  database.exec('BEGIN; DELETE FROM batches');
  let from = 0;
  for (const { term, note, records } of rows) {
    const batch = { from, count: records.length, term, bytes: encodeBatch({ note, records }) };
    insert.run(batch.from, batch.count, batch.term, checksumOf(batch), batch.bytes);
    from += records.length;
  }
  database.exec('COMMIT');
  database.close();
}

/** Copies a closed store to where nothing is, with its modes. */
export function copyStore(from: string, to: string): void {
  execFileSync('cp', ['-a', from, to]);
}
