// The program under observation: `writer.mjs FILE synced|unsynced LENGTH…` appends one batch of each length
// and says on standard output what it was told: `open SIZE TERM`, then `committed MARK` or `unknown MARK`.
// After `unknown` it ends at once, as a process does that is killed there; `0` closes and opens again.
import { writeSync } from 'node:fs';
import { openSqliteJournal } from '../../apps/cell/src/journal/sqlite/open.ts';
import { testingOnlyUnsyncedJournal } from '../../apps/cell/src/journal/sqlite/testing-only.ts';
import { bytesOf, markOf } from './batches.mjs';

const [file, mode, ...lengths] = process.argv.slice(2);
const openJournal = mode === 'unsynced' ? testingOnlyUnsyncedJournal : openSqliteJournal;
const say = (line) => writeSync(1, `${line}\n`);

let journal;
let head;
let term;
const start = async () => {
  journal = openJournal({ file, reserve_bytes: 4096 });
  head = await journal.open();
  term = head.term + 1;
  say(`open ${head.size} ${head.term}`);
};

await start();
for (const length of lengths.map(Number)) {
  if (length === 0) {
    await journal.close();
    await start();
    continue;
  }
  const batch = { from: head.size, count: 1, term, bytes: bytesOf({ from: head.size, term }, length) };
  const result = await journal.append(batch, head);
  say(`${result} ${markOf(batch)}`);
  if (result !== 'committed') process.kill(process.pid, 'SIGKILL');
  head = { size: head.size + 1, term };
}
// Killed like a machine that stops: nothing is tidied up.
process.kill(process.pid, 'SIGKILL');
