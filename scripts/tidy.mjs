// The repository checks itself: sizes, words, layout, vectors, spec. `node scripts/tidy.mjs [FOLDER]` looks
// at the files that git would commit, prints `path:line: rule: what`, and exits 1 if there is any error.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkCode } from './tidy/code.mjs';
import { checkLayout } from './tidy/layout.mjs';
import { checkText } from './tidy/text.mjs';
import { checkSpec, checkVectors } from './tidy/vectors.mjs';

const BINARY = /\.(png|jpe?g|gif|ico|woff2?|wasm|gz|db|bin)$/;

const root = resolve(process.argv[2] ?? dirname(dirname(fileURLToPath(import.meta.url))));

/** Tracked and new files that .gitignore does not name: what a commit would hold. */
const listFiles = () => {
  const words = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const listed = spawnSync('git', words, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (listed.status !== 0) throw new Error(`git ls-files: ${listed.stderr ?? listed.error?.message}`);
  const names = [...new Set(listed.stdout.split('\0'))].filter((name) => name !== '');
  return names.filter((name) => !BINARY.test(name) && existsSync(join(root, name))).sort();
};

const findings = [];
/** Adds one finding; `line` is counted from 1, 0 means the whole file. */
const report = (severity, path, line, rule, text) => findings.push({ severity, path, line, rule, text });

const paths = listFiles();
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
