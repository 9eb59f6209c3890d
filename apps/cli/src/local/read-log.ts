import type { Cell } from '@writ/cell';
import { hashLeaves, type LogBatch, type LogEntry } from '@writ/proof';
import { readJournalRow } from './journal-row.ts';

/** Where a log ends: how many records, and the signed note over all of them. */
export type LogEnd = { readonly size: number; readonly note: string };

/** As much as is held of the journal at once. */
const READ_BYTES: number = 4 * 1024 * 1024;

export function endOf(cell: Cell): LogEnd {
  const { frontier, note } = cell.running.head();
  return { size: frontier.size, note };
}

/**
 * The batches of the log of a cell that was opened, and so verified, and is closed again: a journal is read
 * by a fresh instance only when the one before is closed. Each goes with the signed note that covers it.
 */
export async function* readLog(closed: Cell, end: LogEnd, with_state: boolean): AsyncGenerator<LogBatch> {
  const journal = closed.ports.freshJournal();
  await journal.open();
  try {
    let held: LogEntry[] = [];
    let from = 0;
    for (let at = 0; at < end.size; ) {
      for (const batch of await journal.read(at, READ_BYTES)) {
        if (batch.from >= end.size) break;
        const row = readJournalRow(batch.bytes, batch.from, batch.count);
        // A row that was written without looking back names no note: its batch joins the one before.
        if (row.note !== '' && held.length > 0) {
          yield batchOf(from, row.note, held);
          from = batch.from;
          held = [];
        }
        held.push(...row.records.map(({ head, state }) => entryOf(head, with_state ? state : null)));
        at = batch.from + batch.count;
      }
    }
    if (held.length > 0) yield batchOf(from, end.note, held);
  } finally {
    await journal.close();
  }
}

function entryOf(head: string, state: string | null): LogEntry {
  return { head, state, sealed: null };
}

function batchOf(from: number, note: string, entries: readonly LogEntry[]): LogBatch {
  return { from, note, hashes: hashLeaves(entries.map(({ head }) => head)), entries };
}
