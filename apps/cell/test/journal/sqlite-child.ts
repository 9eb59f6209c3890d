import { openSqliteJournal } from '../../src/journal/sqlite/open.ts';
import { testingOnlyUnsyncedJournal } from '../../src/journal/sqlite/testing-only.ts';
import { batchAt, headAfter } from './batches.ts';

/**
 * A writer in a process of its own: `sqlite-child.ts FILE BATCHES BYTES [unsynced]`. Each line it prints is
 * a fact that it has been told: the head it found, then each append with its result. Ends when BATCHES are
 * appended, or at the first append that is not committed; with `hold` as BATCHES it keeps the store open
 * until it is killed.
 */
const [file = '', batches = '', bytes = '100', mode = 'synced'] = process.argv.slice(2);
const open = mode === 'unsynced' ? testingOnlyUnsyncedJournal : openSqliteJournal;
const journal = open({ file, reserve_bytes: 4096 });
let head = await journal.open();
process.stdout.write(`open ${head.size} ${head.term}\n`);
if (batches === 'hold') setInterval(() => {}, 60_000);
const term = head.term + 1;
for (let done = 0; done < Number(batches); done += 1) {
  const batch = batchAt(head, 1 + (done % 3), term, Number(bytes));
  const after = headAfter(batch);
  const result = await journal
    .append(batch, head)
    .catch((failure: { code?: unknown }) => String(failure.code));
  process.stdout.write(`${result} ${after.size} ${after.term}\n`);
  if (result !== 'committed') break;
  head = after;
}
if (batches !== 'hold') await journal.close();
