// Shows that what was answered survives: `npm run durability -- [NAME] [--short] [--rounds N] [--seed N]`.
//
//  journal  order of system calls, failed syncs and crash images of the journal alone
//  kill     a whole cell under load, killed at random moments
//  order    a whole cell: each answer follows the syncs of its batch and of its sealed parts
//  images   a whole cell: each state that its disks may be in after a loss of power is started from
//  all      one after the other
//
// Exits 0 when all of that holds, 1 when not, 2 when it cannot be shown here.
import { parseArgs } from 'node:util';
import { whyNoStrace } from './trace.mjs';

/** Loaded when asked for: those of whole cells need `--conditions=@writ/source`, which npm gives. */
const SHOWN = {
  journal: { load: async () => (await import('./journal.mjs')).showJournal, needsStrace: true },
  kill: { load: async () => (await import('./kill.mjs')).showKill, needsStrace: false },
  order: { load: async () => (await import('./cell-order.mjs')).showOrder, needsStrace: true },
  images: { load: async () => (await import('./cell-images.mjs')).showImages, needsStrace: true },
};

const optionsFrom = ({ short, rounds, seed }) => ({
  isShort: short === true,
  rounds: rounds === undefined ? undefined : Number(rounds),
  seed: seed === undefined ? 1 : Number(seed),
});

const usage = () => {
  const names = [...Object.keys(SHOWN), 'all'].join('|');
  process.stderr.write(`usage: durability [${names}] [--short] [--rounds N] [--seed N]\n`);
  return 2;
};

const isCount = (value) => value === undefined || (Number.isSafeInteger(value) && value > 0);

const main = async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { short: { type: 'boolean' }, rounds: { type: 'string' }, seed: { type: 'string' } },
  });
  const [name = 'journal', ...others] = positionals;
  const names = name === 'all' ? Object.keys(SHOWN) : [name];
  const options = optionsFrom(values);
  const isKnown = names.every((one) => Object.hasOwn(SHOWN, one)) && others.length === 0;
  if (!isKnown || !isCount(options.rounds) || !isCount(options.seed)) return usage();
  const missing = names.some((one) => SHOWN[one].needsStrace) ? whyNoStrace() : null;
  if (missing !== null) process.stdout.write(`NOT SHOWN: ${missing}\n`);
  let isSound = true;
  const report = (what, holds, detail) => {
    isSound &&= holds;
    process.stdout.write(`${holds ? 'ok  ' : 'FAIL'} ${what}: ${detail}\n`);
  };
  const progress = (text) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${text} `);
  };
  for (const one of names) {
    const { load, needsStrace } = SHOWN[one];
    if (missing !== null && needsStrace) continue;
    const show = await load();
    await show({ ...options, report, progress });
  }
  if (!isSound) return 1;
  return missing === null ? 0 : 2;
};

process.exitCode = await main();
