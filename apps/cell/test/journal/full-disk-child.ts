import { openSqliteJournal } from '../../src/journal/sqlite/open.ts';
import type { JournalHead } from '../../src/journal/journal.ts';
import { batchAt, headAfter, readAll } from './batches.ts';

/**
 * Fills the disk under FILE through the journal, then goes on with what the reserve gave up. Prints what it
 * saw.
 */
const [file = ''] = process.argv.slice(2);
const BYTES = 20_000;

/** Appends until something else than `committed` happens, at most `limit` times. */
async function fill(limit: number): Promise<{ head: JournalHead; last: string }> {
  const journal = openSqliteJournal({ file, reserve_bytes: 6_000_000 });
  if (limit < Number.POSITIVE_INFINITY) {
    // Even a start needs some room: for the index of the log.
    const refused = openSqliteJournal({ file, reserve_bytes: 6_000_000 });
    await refused.open().catch((failure: { code?: unknown }) => {
      process.stdout.write(`start ${String(failure.code)}\n`);
    });
    await refused.close();
    await journal.releaseReserve();
  }
  let head = await journal.open();
  let last = 'committed';
  const term = head.term + 1;
  for (let done = 0; done < limit && last === 'committed'; done += 1) {
    const batch = batchAt(head, 1, term, BYTES);
    const after = headAfter(batch);
    last = await journal.append(batch, head).catch((failure: { code?: unknown }) => String(failure.code));
    if (last === 'committed') head = after;
  }
  if (limit < Number.POSITIVE_INFINITY) {
    const found = await readAll(journal, head.size, 0, 1_000_000);
    process.stdout.write(`read ${found.length} restored ${await journal.restoreReserve()}\n`);
  }
  await journal.close();
  return { head, last };
}

const full = await fill(Number.POSITIVE_INFINITY);
process.stdout.write(`full ${full.last} ${full.head.size}\n`);
const relieved = await fill(10);
process.stdout.write(`relieved ${relieved.last} ${relieved.head.size}\n`);
