// A wall that nobody ran into may not be there: each planted fault must be named by its own rule.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../bundle.mjs';
import { LINT_FAULTS, LINT_FINE, TIDY_FAULTS } from './faults.mjs';

const folder = mkdtempSync(join(tmpdir(), 'writ-walls-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (command, words, cwd) => {
  const done = spawnSync(command, words, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    shell: process.platform === 'win32',
  });
  if (done.error !== undefined) throw done.error;
  return done;
};

const plant = (place, [path, text]) => {
  mkdirSync(dirname(join(place, path)), { recursive: true });
  writeFileSync(join(place, path), text);
};

/** planted.ts → planted-7.ts, so that all faults stand in one tree and the linter runs once. */
const numbered = (path, index) => path.replace(/planted(?=\.)/, `planted-${index}`);

describe('lint', () => {
  let found;
  beforeAll(() => {
    const place = join(folder, 'lint');
    for (const name of ['.oxlintrc.jsonc', 'tsconfig.base.json', '.gitignore']) {
      cpSync(join(root, name), join(place, name));
    }
    symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'), 'junction');
    plant(place, ['tsconfig.json', '{ "extends": "./tsconfig.base.json", "include": ["packages", "apps"] }']);
    for (const [index, [path, , text]] of LINT_FAULTS.entries()) plant(place, [numbered(path, index), text]);
    for (const fine of LINT_FINE) plant(place, fine);
    const { stdout } = run(join(root, 'node_modules/.bin/oxlint'), ['--type-aware', '-f', 'json'], place);
    found = JSON.parse(stdout).diagnostics.map(
      ({ filename, code }) => `${filename.replaceAll('\\', '/')} ${code}`,
    );
  });

  it.each(LINT_FAULTS.map(([path, rule, text], index) => [rule, text.split('\n')[0], numbered(path, index)]))(
    '%s names `%s` in %s',
    (rule, _line, path) => expect(found).toContain(`${path} ${rule}`),
  );

  it.each(LINT_FINE)('lets %s pass', (path) => {
    expect(found.filter((line) => line.startsWith(`${path} `) && /restricted/.test(line))).toEqual([]);
  });
});

const tidy = (place) => {
  run('git', ['init', '-q', '.'], place);
  return run(process.execPath, [join(root, 'scripts/tidy.mjs'), place], place);
};

describe('tidy', () => {
  const clean = join(folder, 'clean');
  beforeAll(() => {
    plant(clean, ['package.json', '{ "version": "0.1.0" }\n']);
    for (const name of ['README', 'LICENSE', 'SECURITY', 'CONTRIBUTING', 'CHANGELOG']) {
      plant(clean, [name === 'LICENSE' ? name : `${name}.md`, 'Text.\n']);
    }
    plant(clean, ['docs/decisions/0001-first.md', '# First\n']);
    for (const name of ['architecture', 'dependencies', 'threat-model'])
      plant(clean, [`docs/${name}.md`, 'Text.\n']);
  });

  it('finds nothing in a clean tree', () => {
    const { status, stdout } = tidy(clean);
    expect(stdout).toMatch(/ 0 errors, 0 warnings\n$/);
    expect(status).toBe(0);
  });

  it.each(TIDY_FAULTS.map((fault, index) => [fault[1], fault[0], fault[2], index]))(
    '%s is found in %s',
    (rule, path, text, index) => {
      const place = join(folder, `tidy-${index}`);
      cpSync(clean, place, { recursive: true });
      plant(place, [path, text]);
      const { status, stdout } = tidy(place);
      const rules = stdout
        .split('\n')
        .filter((line) => line.startsWith(`${path}:`))
        .map((line) => line.split(': ')[1]);
      expect(rules).toContain(rule);
      expect(status).toBe(1);
    },
  );

  it('finds a missing page', () => {
    const place = join(folder, 'missing');
    cpSync(clean, place, { recursive: true, filter: (from) => basename(from) !== 'SECURITY.md' });
    expect(tidy(place).stdout).toContain('SECURITY.md:0: layout: is missing');
  });
});
