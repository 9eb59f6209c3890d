// Fuzzes what reads foreign text for its meaning (spec/27-understanding.md, spec/23-detection.md):
//   npm run fuzz-understand -- [--cases 100000] [--seed N] [--target NAME]
// Exits 0 when in no case something was thrown, said otherwise the second time, or not found.
import { parseArgs } from 'node:util';
import { fuzz } from '../packages/understand/test/fuzz/fuzz.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    target: { type: 'string', default: '' },
  },
});
const [cases, seed] = [Number(values.cases), Number(values.seed)];
if (!Number.isSafeInteger(cases) || !Number.isSafeInteger(seed)) throw new RangeError('not a number');

const results = fuzz(seed, cases, values.target);
if (results.length === 0) throw new RangeError(`no target ${values.target}`);
for (const { target, problems } of results) {
  process.stdout.write(`${target}: ${cases} cases, ${problems.length} problems\n`);
  for (const problem of problems) process.stdout.write(`  ${problem}\n`);
}
process.exitCode = results.every(({ problems }) => problems.length === 0) ? 0 : 1;
