// Builds the engine: what decides, as one self-contained module named by its digest. Records name that
// digest, and replay of an old record runs the module that was recorded.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleBehindPort, root } from './bundle.mjs';

const ENTRY = 'packages/kernel/src/engine.ts';
const FOLDER = join(root, 'packages/kernel/dist/engine');

/** A reader sees the old file or the new one, whole. */
const writeWhole = (file, text) => {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, text);
  renameSync(fresh, file);
};

const build = async () => {
  if (!existsSync(join(root, ENTRY))) throw new Error(`${ENTRY} is missing`);
  const code = await bundleBehindPort(ENTRY, 'openEngine');
  const digest = createHash('sha256').update(code).digest('base64url');
  const file = `${digest}.mjs`;
  mkdirSync(FOLDER, { recursive: true });
  if (!existsSync(join(FOLDER, file))) writeWhole(join(FOLDER, file), code);
  writeWhole(join(FOLDER, 'current.json'), `${JSON.stringify({ digest, file })}\n`);
  // stdout belongs to the program that is started next
  process.stderr.write(`engine ${digest}, ${Buffer.byteLength(code)} bytes\n`);
};

try {
  await build();
} catch (error) {
  process.stderr.write(`engine: ${error.message}\n`);
  process.exitCode = 1;
}
