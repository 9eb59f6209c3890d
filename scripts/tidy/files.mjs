// Which files belong to the repository, and which of them are code.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const BINARY = /\.(png|jpe?g|gif|ico|woff2?|wasm|gz|db|bin)$/;

export const isCode = (path) => /\.(ts|tsx|mts|mjs|js)$/.test(path) && !path.endsWith('.d.ts');

/** Text files that are tracked, or new and not ignored: what a commit would hold. */
export const listFiles = (root) => {
  const words = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const listed = spawnSync('git', words, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (listed.status !== 0) throw new Error(`git ls-files: ${listed.stderr ?? listed.error?.message}`);
  const names = [...new Set(listed.stdout.split('\0'))].filter((name) => name !== '');
  return names.filter((name) => !BINARY.test(name) && existsSync(join(root, name))).sort();
};
