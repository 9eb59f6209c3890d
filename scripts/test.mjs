// `npm test`: the engine and the programs of pages are built, then every check runs, the cheapest first;
// stops at the first that fails.
import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** [name, words]; programs come from node_modules/.bin. */
const STEPS = [
  ['engine', ['node', 'scripts/build-engine.mjs']],
  ['page', ['node', 'scripts/build-page.mjs']],
  ['tidy', ['node', 'scripts/tidy.mjs']],
  ['format', ['biome', 'format', '.']],
  ['types', ['tsc', '-b']],
  ['lint', ['oxlint', '--type-aware', '--deny-warnings']],
  ['unused', ['knip', '--no-config-hints']],
  ['tests', ['vitest', 'run']],
];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const seconds = (since) => ((performance.now() - since) / 1000).toFixed(1);

const PATH = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);

const run = ([command, ...words]) => {
  const env = { ...process.env, PATH };
  const done = spawnSync(command, words, {
    cwd: root,
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (done.error !== undefined) process.stderr.write(`${command}: ${done.error.message}\n`);
  return done.status === 0;
};

const main = (asked) => {
  const unknown = asked.filter((name) => !STEPS.some(([step]) => step === name));
  if (unknown.length > 0) {
    process.stderr.write(
      `unknown step ${unknown.join(', ')}; there are ${STEPS.map(([step]) => step).join(', ')}\n`,
    );
    return 2;
  }
  const chosen = asked.length === 0 ? STEPS : STEPS.filter(([name]) => asked.includes(name));
  const begun = performance.now();
  for (const [index, [name, words]] of chosen.entries()) {
    const since = performance.now();
    process.stdout.write(`\n== ${name}: ${words.join(' ')}\n`);
    if (!run(words)) {
      const left = chosen.length - index - 1;
      process.stdout.write(
        `\nFAILED at ${name} after ${seconds(since)} s. ${index} passed, 1 failed, ${left} not run\n`,
      );
      return 1;
    }
    process.stdout.write(`== ${name}: passed in ${seconds(since)} s\n`);
  }
  process.stdout.write(`\n${chosen.length} passed, 0 failed (${seconds(begun)} s)\n`);
  return 0;
};

process.exitCode = main(process.argv.slice(2));
