// Plants faults one by one in a copy of the packages and runs the test that each names.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const COPIED = ['packages', 'vectors', 'package.json', 'vitest.config.ts', 'tsconfig.base.json'];
const LEFT_OUT = /[\\/](dist|node_modules|coverage)$/;

/** The packages and their tests in a folder of their own; what they import from others is linked. */
export const openCopy = () => {
  const copy = mkdtempSync(join(tmpdir(), 'writ-planted-'));
  for (const name of COPIED) {
    cpSync(join(root, name), join(copy, name), { recursive: true, filter: (path) => !LEFT_OUT.test(path) });
  }
  linkModules(join(root, 'node_modules'), join(copy, 'node_modules'));
  return { copy, close: () => rmSync(copy, { recursive: true, force: true }) };
};

/** Links of the workspace are relative, so the same links lead into the copy. */
const linkModules = (from, to) => {
  mkdirSync(join(to, '@writ'), { recursive: true });
  for (const name of readdirSync(from)) {
    if (name !== '@writ') symlinkSync(join(from, name), join(to, name), 'junction');
  }
  for (const name of readdirSync(join(from, '@writ'))) {
    symlinkSync(readlinkSync(join(from, '@writ', name)), join(to, '@writ', name), 'junction');
  }
};

const escaped = (title) => title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Runs the tests of a file whose title has `title` in it; how many of them passed and failed. */
const runTest = (copy, { test, title }) => {
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  const words = ['run', test, '-t', escaped(title), '--reporter=json', `--outputFile=${report}`];
  const done = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...words], {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let told;
  try {
    told = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    throw new Error(`no report of ${test}: ${done.stderr || done.stdout}`);
  }
  const results = told.testResults.flatMap((file) => file.assertionResults);
  const count = (status) => results.filter((one) => one.status === status).length;
  return { passed: count('passed'), failed: count('failed') };
};

/** How often the text to replace stands in the file of a fault: it must be once. */
export const anchorsOf = (fault, place = root) =>
  readFileSync(join(place, fault.file), 'utf8').split(fault.find).length - 1;

/** Whether the named test sees the fault: it must fail with it, and be there at all. */
export const tryFault = (copy, fault) => {
  const path = join(copy, fault.file);
  const text = readFileSync(path, 'utf8');
  if (anchorsOf(fault, copy) !== 1)
    return { caught: false, why: 'the text to replace stands there not once' };
  writeFileSync(
    path,
    text.replace(fault.find, () => fault.replace),
  );
  try {
    const { passed, failed } = runTest(copy, fault);
    if (failed > 0) return { caught: true, why: `${failed} failed` };
    return { caught: false, why: passed > 0 ? 'the test passes' : 'there is no such test' };
  } finally {
    writeFileSync(path, text);
  }
};

/** Without a fault every named test must be there and pass; else its failure says nothing. */
export const tryWithout = (copy, fault) => {
  const { passed, failed } = runTest(copy, fault);
  return passed > 0 && failed === 0;
};
