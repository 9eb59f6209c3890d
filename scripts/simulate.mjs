// The deterministic simulator of the cell (spec/32-simulator.md):
//   npm run simulate -- [--interleavings 1000000] [--seed N]   many worlds, one seed after another
//   npm run simulate -- --world SEED [--trace]                 one world again, step by step
// Exits 0 when no rule was broken, 1 when one was, 2 when asked for something else.
import { parseArgs } from 'node:util';
import { runCampaign } from '../apps/cell/test/simulator/campaign.ts';
import { shrink } from '../apps/cell/test/simulator/shrink.ts';
import { simulate } from '../apps/cell/test/simulator/simulate.ts';

const TRACE_LINES_MAX = 400;
/** Interleavings between two lines of progress. */
const PROGRESS = 100_000;

const say = (line) => process.stdout.write(`${line}\n`);

const readWords = () => {
  const { values } = parseArgs({
    options: {
      interleavings: { type: 'string', default: '1000000' },
      seed: { type: 'string' },
      world: { type: 'string' },
      trace: { type: 'boolean', default: false },
    },
  });
  const { interleavings, seed = String(Math.floor(Math.random() * 2 ** 31)), world, trace } = values;
  for (const number of [interleavings, seed, world ?? '0'])
    if (!/^\d{1,10}$/.test(number)) throw new RangeError(`not a number: ${number}`);
  return {
    interleavings: Number(interleavings),
    seed: Number(seed),
    world: world === undefined ? null : Number(world),
    trace,
  };
};

const sayCounts = (title, counts) => {
  say(title);
  for (const [name, count] of [...counts].sort()) say(`  ${String(count).padStart(9)}  ${name}`);
};

const sayFailure = async (failed) => {
  say(`\nBROKEN in the world of seed ${failed.seed}: ${failed.violation.message}`);
  say(`again: npm run simulate -- --world ${failed.seed} --trace`);
  const shrunk = await shrink(failed);
  say(`\nthe same rule broken in ${shrunk.trace.length} steps and notes, of ${failed.trace.length}:`);
  for (const line of shrunk.trace.slice(-TRACE_LINES_MAX)) say(`  ${line}`);
  say(`  ${shrunk.violation.message}`);
};

const runWorld = async (seed, trace) => {
  const report = await simulate(seed);
  if (trace) for (const line of report.trace) say(`  ${line}`);
  say(
    `world ${seed}: ${report.interleavings} interleavings, ${report.records} records, trace ${report.digest}`,
  );
  if (report.violation !== null) await sayFailure(report);
  return report.violation === null ? 0 : 1;
};

const runWorlds = async (seed, interleavings) => {
  say(`simulating ${interleavings} interleavings from seed ${seed}`);
  const begun = performance.now();
  let next = PROGRESS;
  const campaign = await runCampaign(seed, interleavings, (_report, seen) => {
    if (seen < next) return;
    next += PROGRESS;
    say(`  ${seen} after ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  });
  const { worlds, steps, records, failed } = campaign;
  sayCounts('what happened', campaign.faults);
  sayCounts('what was checked', campaign.checks);
  say(
    `${worlds} worlds, ${steps} steps of storm, ${campaign.interleavings} interleavings, ${records} records`,
  );
  if (failed !== null) await sayFailure(failed);
  else say(`no rule was broken; seed ${seed}`);
  return failed === null ? 0 : 1;
};

const main = async () => {
  try {
    const { interleavings, seed, world, trace } = readWords();
    return world === null ? await runWorlds(seed, interleavings) : await runWorld(world, trace);
  } catch (error) {
    if (!(error instanceof RangeError) && error?.code?.startsWith('ERR_PARSE_ARGS') !== true) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
};

process.exitCode = await main();
