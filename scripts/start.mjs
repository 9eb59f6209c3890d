// `npm start`: builds what a stage runs on, then is the stage. It ends with the npm that began it: a signal
// that ends npm and its shell does not reach what they started.
import { join } from 'node:path';
import { root } from './bundle.mjs';

const LOOK_INTERVAL_MS = 500;

const begun_by = process.ppid;
const looking = setInterval(() => {
  if (process.ppid === begun_by) return;
  clearInterval(looking);
  process.kill(process.pid, 'SIGTERM');
}, LOOK_INTERVAL_MS);
looking.unref();

await import('./build-engine.mjs');
await import('./build-page.mjs');
if (process.exitCode === undefined) {
  const main = join(root, 'apps/cli/src/main.ts');
  process.argv = [process.execPath, main, 'stage', ...process.argv.slice(2)];
  await import('../apps/cli/src/main.ts');
}
