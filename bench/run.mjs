// Runs the measurements: `npm run bench [-- NAME…] [--rounds N] [--seconds S] [--records N]`.
// Installs the peers on first use, and builds the engine that is measured.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);

const run = (command, args, cwd) => {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

if (!existsSync(join(here, 'node_modules'))) run('npm', ['ci', '--no-audit', '--no-fund'], here);
run(process.execPath, [join(root, 'scripts/build-engine.mjs')], root);
run(
  process.execPath,
  ['--conditions=@writ/source', join(here, 'src/main.ts'), ...process.argv.slice(2)],
  root,
);
