// `node scripts/planted-faults.mjs [TEXT]`: plants every fault of planted-faults/table.mjs (or those whose
// file, test or title has TEXT in it) and demands that the test it names fails.
import { FAULTS } from './planted-faults/table.mjs';
import { openCopy, tryFault, tryWithout } from './planted-faults/run.mjs';

const wanted = process.argv[2] ?? '';
const faults = FAULTS.filter((fault) => `${fault.file} ${fault.test} ${fault.title}`.includes(wanted));
if (faults.length === 0) {
  process.stderr.write(`no fault matches ${wanted}\n`);
  process.exit(2);
}

const { copy, close } = openCopy();
let missed = 0;
try {
  const sound = new Map();
  for (const fault of faults) {
    const key = `${fault.test} ${fault.title}`;
    if (!sound.has(key)) sound.set(key, tryWithout(copy, fault));
    const { caught, why } = sound.get(key)
      ? tryFault(copy, fault)
      : { caught: false, why: 'the test does not pass without the fault' };
    if (!caught) missed += 1;
    const shown = fault.find.trim().split('\n')[0];
    process.stdout.write(`${caught ? 'caught' : 'MISSED'}  ${fault.file}  ${shown}  (${why})\n`);
  }
} finally {
  close();
}
process.stdout.write(`${faults.length - missed} of ${faults.length} planted faults are caught\n`);
process.exitCode = missed === 0 ? 0 : 1;
