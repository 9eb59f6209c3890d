// `npm start`: builds what a stage runs on, then is the stage. One process, which a signal to npm reaches.
import { join } from 'node:path';
import { root } from './bundle.mjs';

await import('./build-engine.mjs');
await import('./build-page.mjs');
if (process.exitCode === undefined) {
  const main = join(root, 'apps/cli/src/main.ts');
  process.argv = [process.execPath, main, 'stage', ...process.argv.slice(2)];
  await import('../apps/cli/src/main.ts');
}
