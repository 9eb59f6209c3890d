// The repository checks itself: sizes, words, layout, vectors, spec. `node scripts/tidy.mjs [FOLDER]` looks
// at the files that git would commit, prints `path:line: rule: what`, and exits 1 if there is any error.
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkCode } from './tidy/code.mjs';
import { listFiles } from './tidy/files.mjs';
import { checkLayout } from './tidy/layout.mjs';
import { checkText } from './tidy/text.mjs';
import { checkSpec, checkVectors } from './tidy/vectors.mjs';

const root = resolve(process.argv[2] ?? dirname(dirname(fileURLToPath(import.meta.url))));

const findings = [];
/** Adds one finding; `line` is counted from 1, 0 means the whole file. */
const report = (severity, path, line, rule, text) => findings.push({ severity, path, line, rule, text });

const paths = listFiles(root);
for (const path of paths) {
  const text = readFileSync(join(root, path), 'utf8');
  const file = { path, text, lines: text.split('\n') };
  checkText(file, report);
  checkCode(file, report);
  checkVectors(file, report);
  checkSpec(file, report);
}
checkLayout(root, paths, report);

for (const { severity, path, line, rule, text } of findings) {
  process.stdout.write(`${path}:${line}: ${severity === 'warning' ? 'warning: ' : ''}${rule}: ${text}\n`);
}
const errors = findings.filter(({ severity }) => severity === 'error').length;
const warnings = findings.length - errors;
process.stdout.write(`tidy: ${paths.length} files, ${errors} errors, ${warnings} warnings\n`);
process.exitCode = errors === 0 ? 0 : 1;
