// Loads texts that are nearly policies (spec/20-policy.md):
//   npm run fuzz-policy -- [--texts 100000] [--seed N]
// Exits 0 when each loaded or was refused with a code and a place, and all that loaded held.
import { parseArgs } from 'node:util';
import { fuzzPolicies } from '../packages/policy/test/fuzz.ts';

const { values } = parseArgs({
  options: { texts: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
});
const [texts, seed] = [Number(values.texts), Number(values.seed)];
if (!Number.isSafeInteger(texts) || !Number.isSafeInteger(seed)) throw new RangeError('not a number');

const result = fuzzPolicies(seed, texts, (tried) => process.stderr.write(`${tried}\n`));
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
process.exitCode = result.faults.length === 0 ? 0 : 1;
