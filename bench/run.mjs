// Runs the measurements: `npm run bench [-- NAME…] [--rounds N] [--seconds S] [--records N]`.
// Installs the peers that are missing, and builds the engine that is measured.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);

const run = (command, args, cwd, env = process.env) => {
  const { status } = spawnSync(command, args, { cwd, env, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

const { dependencies } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
const isMissing = (name) => !existsSync(join(here, 'node_modules', name));
if (Object.keys(dependencies).some(isMissing)) run('npm', ['ci', '--no-audit', '--no-fund'], here);
run(process.execPath, [join(root, 'scripts/build-engine.mjs')], root);
run('tsc', ['-b'], root);
// As a cell is really started: built, and with the flags of a process that stays.
const { LEAN_ENVIRONMENT, LEAN_FLAGS } = await import('../apps/cli/dist/src/program/begin-lean.js');
const words = [...LEAN_FLAGS, join(here, 'dist/bench/src/main.js'), ...process.argv.slice(2)];
run(process.execPath, words, root, { ...LEAN_ENVIRONMENT, ...process.env });
