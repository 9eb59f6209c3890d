import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { beforeAll, describe, expect, it } from 'vitest';
import { furnishedWorld, proposal } from '../furnished.ts';
import { makeWorld, SETUP_MS, type World } from '../run-writ.ts';

const MB = 1024 * 1024;
/** Each of the cases that begin with this has one fault and no other. */
const VALID = proposal('files.read', 'a.md', ['READ_REPO']);

let world: World;

beforeAll(async () => {
  world = await furnishedWorld();
}, SETUP_MS);

describe('an input', () => {
  const cases: readonly (readonly [string, string | Uint8Array, string])[] = [
    ['that is huge', 'x'.repeat(2 * MB), 'INPUT_TOO_LARGE'],
    ['that is binary', Uint8Array.from({ length: 4096 }, (_one, at) => (at * 7) % 256), 'TEXT_NOT_UTF8'],
    ['that is empty', '', 'JSON_SYNTAX'],
    ['with a member twice', '{"action":{},"action":{}}', 'JSON_DUPLICATE_MEMBER'],
    ['that is deep', '['.repeat(5000), 'JSON_TOO_DEEP'],
    ['with a number that others read differently', '{"action":9007199254740993}', 'USE_STRING'],
    ['that is no object', '[]', 'MALFORMED'],
    ['without an understanding', '{"action":{"tool":"files.read","args":{}}}', 'MALFORMED'],
    ['with an undeclared member', VALID.replace('{', '{"verdict":"ALLOW",'), 'MALFORMED'],
    ['that names another agent', VALID.replace('"why"', '"by":"x","why"'), 'MALFORMED'],
    ['with an effect that is none', proposal('files.read', 'a', ['FLY']), 'MALFORMED'],
    ['with too long a name of a tool', proposal('x'.repeat(200), 'a', []), 'MALFORMED'],
  ];

  it.each(cases)('%s is refused with a code and one line', async (_reason, content, code) => {
    world.file('hostile.json', content);
    const { exit, out, error } = await world.quick('propose', 'hostile.json');
    expect({ exit, out, code: /^writ: ([A-Z_0-9]+): .*\n$/.exec(error)?.[1] }).toEqual({
      exit: 2,
      out: '',
      code,
    });
  });

  it('from standard input is read the same way', async () => {
    const { exit } = await world.pipe(VALID, 'propose', '-');
    expect(exit).toBe(0);
    const refused = await world.pipe('x'.repeat(2 * MB), 'propose', '-');
    expect(refused).toMatchObject({ exit: 2, out: '' });
    expect(refused.error).toMatch(/^writ: INPUT_TOO_LARGE: standard input/);
  });

  it('that is not there, or is a directory, is named without obeying its name', async () => {
    const missing = await world.writ('propose', 'no\u001b[31m\u202ething.json');
    expect(missing.error).toBe('writ: INPUT_MISSING: there is no file "no\\u{1b}[31m\\u{202e}thing.json"\n');
    mkdirSync(join(world.directory, 'folder'));
    expect((await world.writ('propose', 'folder')).error).toMatch(/^writ: INPUT_UNREADABLE: "folder"/);
  });

  it('with control characters and secrets is judged, and nothing of it is shown raw', async () => {
    world.file('control.json', proposal('files.read', 'a\u0000\u001b[2J\u202e', ['READ_REPO']));
    const { exit, out } = await world.writ('propose', 'control.json');
    expect(exit).toBe(0);
    expect(out).not.toMatch(/[^\n -~]/);
  });
});

describe('a home', () => {
  const codeOf = (error: string): string | undefined => /^writ: ([A-Z_]+): .*\n$/.exec(error)?.[1];

  it('inside a git work tree is refused by every command', async () => {
    const other = makeWorld();
    mkdirSync(join(other.directory, '.git'));
    for (const words of [['init'], ['status'], ['verify', 'x'], ['trust', 'show']]) {
      const { exit, error } = await other.quick(...words);
      expect({ exit, code: codeOf(error) }).toEqual({ exit: 2, code: 'STATE_IN_WORKSPACE' });
    }
  });

  it('that is relative, without a cell, or open to others is refused', async () => {
    const relative = makeWorld({ WRIT_HOME: 'home' });
    expect(codeOf((await relative.quick('init')).error)).toBe('HOME_PATH_RELATIVE');
    const empty = makeWorld();
    expect(codeOf((await empty.quick('status')).error)).toBe('STORE_EMPTY');
    const open = makeWorld();
    expect((await open.quick('init')).exit).toBe(0);
    chmodSync(join(open.home, 'config', 'keys'), 0o755);
    expect(codeOf((await open.quick('status')).error)).toBe('STATE_PERMISSIONS');
    chmodSync(join(open.home, 'config', 'keys'), 0o700);
    chmodSync(join(open.home, 'config', 'keys', 'checkpoint.key'), 0o644);
    expect(codeOf((await open.quick('status')).error)).toBe('KEY_PERMISSIONS');
  });

  it('that another process uses says which, and is free again when that has died', async () => {
    const holder = world.start('demo-load');
    try {
      await once(holder.stdout as NodeJS.ReadableStream, 'data');
      const { exit, error } = await world.writ('status');
      expect({ exit, code: codeOf(error) }).toEqual({ exit: 2, code: 'STORE_LOCKED' });
      expect(error).toContain(`by process ${holder.pid}`);
    } finally {
      holder.kill('SIGKILL');
      await once(holder, 'close');
    }
    expect((await world.writ('status')).exit).toBe(0);
  });

  it('whose names are damaged says so', async () => {
    const damaged = makeWorld();
    await damaged.quick('init');
    writeFileSync(join(damaged.home, 'config', 'client', 'names.json'), '{"format":"writ-names/v1"}');
    expect(codeOf((await damaged.quick('status')).error)).toBe('NAMES_DAMAGED');
  });
});
