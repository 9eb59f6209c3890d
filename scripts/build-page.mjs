// Builds the programs that run in a browser: the verifier, what shows its findings in a page that verifies
// itself, and what shows a stage, which includes the same verifier. Each is one classic script named by its
// digest; `current.json` names them.
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleForBrowser, root } from './bundle.mjs';

const PROGRAMS = [
  { name: 'verifier', entry: 'packages/page/src/verifier.ts', global: 'writVerifier' },
  { name: 'page', entry: 'packages/page/src/browser/main.ts', global: null },
  { name: 'stage', entry: 'apps/cli/src/local/stage/browser/main.ts', global: null },
];
const FOLDER = join(root, 'packages/page/dist/browser');

/** A reader sees the old file or the new one, whole. */
const writeWhole = (file, text) => {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, text);
  renameSync(fresh, file);
};

const build = async () => {
  const current = {};
  mkdirSync(FOLDER, { recursive: true });
  for (const { name, entry, global } of PROGRAMS) {
    const code = await bundleForBrowser(entry, global);
    const digest = createHash('sha256').update(code).digest('base64url');
    const file = `${name}-${digest}.js`;
    writeWhole(join(FOLDER, file), code);
    current[name] = { digest, file };
    process.stderr.write(`${name} ${digest}, ${Buffer.byteLength(code)} bytes\n`);
  }
  writeWhole(join(FOLDER, 'current.json'), `${JSON.stringify(current)}\n`);
};

try {
  await build();
} catch (error) {
  process.stderr.write(`page: ${error.message}\n`);
  process.exitCode = 1;
}
