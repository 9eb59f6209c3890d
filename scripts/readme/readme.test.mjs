import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'readme-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const page = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, code]) => code);
const [tryIt, signature, inclusion, meaning, asPage] = blocks;

const has = ([program, asked]) => spawnSync(program, [asked]).status === 0;
const PROGRAMS = [
  ['bash', '--version'],
  ['openssl', 'version'],
  ['jq', '--version'],
];
const missing = PROGRAMS.filter((program) => !has(program)).map(([program]) => program);

/** What a reader types, in the clone; each line that fails ends it. */
const type = (cwd, ...code) => {
  const { WRIT_HOME: _, ...rest } = process.env;
  const script = `set -euo pipefail\n${code.join('\n')}`;
  return spawnSync('bash', ['-c', script], { cwd, env: { ...rest, TMPDIR: folder }, encoding: 'utf8' });
};

const SHOWN = [
  'Signature Verified Successfully',
  'the record is in the signed log',
  '"kind": "commit"',
  'for exactly these arguments',
  'with exactly this tool',
];
const told = ({ stdout }) => SHOWN.filter((text) => stdout.includes(text));

describe('README.md', () => {
  it('has the five blocks that a reader types', () => {
    expect(blocks).toHaveLength(5);
  });
});

// Without these programs nobody can type it: skipped, and said so by the runner.
describe.skipIf(missing.length > 0)('README.md, typed with bash, openssl and jq', () => {
  let tried = { status: null, stdout: '', stderr: '' };
  let place = folder;
  beforeAll(() => {
    tried = type(root, tryIt, 'pwd');
    place = tried.stdout.trimEnd().split('\n').at(-1) ?? folder;
  }, 120_000);

  /** The steps by hand on a copy of what was tried, with something done to it in between. */
  const byHand = (...code) => {
    const copy = mkdtempSync(join(folder, 'copy-'));
    cpSync(place, copy, { recursive: true, filter: (path) => !path.endsWith('/home') });
    const opening = tryIt.split('\n').slice(0, 2);
    return type(root, ...opening, `cd '${copy}'; export WRIT_HOME='${place}/home'`, ...code);
  };

  it('says what happens when it is tried', () => {
    expect(tried).toMatchObject({ status: 0, stderr: '' });
    const answers = /^ALLOW: ALLOWED.*^spent: .*^VALID "action.writ".*^VALID "action.receipt"/ms;
    expect(tried.stdout).toMatch(answers);
  });

  it('says what openssl, jq and base64 find', () => {
    const done = byHand(signature, inclusion, meaning);
    expect({ ...done, told: told(done) }).toMatchObject({ status: 0, told: SHOWN });
  });

  it('says what the page of the record carries', () => {
    const { status, stdout } = byHand(signature, asPage);
    expect({ status, stdout }).toMatchObject({ status: 0 });
    expect(stdout).toContain('the page carries the same record');
    expect(stdout).toMatch(/^VALID "action.html": a page: commit/m);
  });

  // Each is done where the reader would meet it; what comes before is still shown.
  it.each([
    ['the size of the log is', signature, `sed -i.before '2s/$/0/' checkpoint`, []],
    ['one byte of the record is', inclusion, `sed -i.before 's/"wall":1/"wall":2/' head`, SHOWN.slice(0, 1)],
    ['one sibling is', inclusion, `sed -i.before '4s/.*/${'A'.repeat(43)}=/' proof`, SHOWN.slice(0, 1)],
    ['the arguments are', meaning, `sed -i.before 's/README.md/x/' proposal.json`, SHOWN.toSpliced(3, 1)],
    ['the tool is', meaning, `sed -i.before 's/a file/files/' tool.json`, SHOWN.slice(0, 4)],
  ])('finds it when %s another', (_what, block, change, expected) => {
    const steps = [signature, inclusion, meaning];
    const before = steps.slice(0, steps.indexOf(block));
    const at = block === signature ? block.lastIndexOf('openssl') : 0;
    const done = byHand(...before, `${block.slice(0, at)}${change}\n${block.slice(at)}`);
    expect(told(done)).toEqual(expected);
  });
});
