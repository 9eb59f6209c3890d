// `node scripts/wrap-comments.mjs [FILE…]`: wraps long comment lines, in all code files when none is named.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isCode, listFiles } from './tidy/files.mjs';
import { wrapComments } from './tidy/wrap.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const named = process.argv.slice(2);
const files =
  named.length > 0
    ? named
    : listFiles(root)
        .filter(isCode)
        .map((path) => join(root, path));

for (const file of files) {
  const before = readFileSync(file, 'utf8');
  const after = wrapComments(before);
  if (after !== before) writeFileSync(file, after);
}
