import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAccessKey } from '@writ/proof';
import { beforeAll, describe, expect, it } from 'vitest';
import { handOver } from '../../../src/desk/keys/hand-over.ts';
import type { ShownPrincipal } from '../../../src/desk/shown.ts';
import { withDesk } from '../../../src/desk/with-desk.ts';
import { furnishedWorld } from '../../furnished.ts';
import { SETUP_MS, type World } from '../../run-writ.ts';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const DAY_MS = 86_400_000;

type Key = {
  readonly id: string;
  readonly scopes: readonly string[];
  readonly expires_at: number;
  readonly ends_at: number | null;
};
type Shown = Key & { readonly code: string; readonly keys: readonly Key[]; readonly index: number };

let world: World;

beforeAll(async () => {
  world = await furnishedWorld();
}, SETUP_MS);

const pathOf = (name: string): string => join(world.directory, name);

async function json(...words: string[]) {
  const { exit, out } = await world.quick(...words, '--json');
  return { exit, out, value: JSON.parse(out) as Shown }; // one line of our own program
}

async function add(file: string, ...words: string[]) {
  const { exit, out, value } = await json('key', 'add', 'bot', '--out', file, ...words);
  return { exit, out, value, key: existsSync(pathOf(file)) ? readFileSync(pathOf(file), 'utf8') : '' };
}

async function listed(who = 'bot'): Promise<readonly Key[]> {
  return (await json('key', 'list', who)).value.keys;
}

describe('writ key add', () => {
  it('puts the key into a file for its owner alone, and nowhere else', async () => {
    const { exit, out, value, key } = await add('bot.key', '--scopes', 'propose, commit', '--days', '7');
    expect(exit).toBe(0);
    expect(parseAccessKey(key.trimEnd())).toBe(value.id);
    expect(key).toBe(`${key.trimEnd()}\n`);
    expect(statSync(pathOf('bot.key')).mode & 0o777).toBe(0o600);
    expect(value).toMatchObject({ scopes: ['propose', 'commit'] });
    expect(Math.abs(value.expires_at - Date.now() - 7 * DAY_MS)).toBeLessThan(600_000);
    const secret = key.trimEnd().slice(30);
    const second = await world.writ('key', 'add', 'bot', '--out', 'second.key');
    const said = [out, second.out, second.error, (await world.quick('key', 'list', 'bot')).out].join('');
    for (const one of [secret, readFileSync(pathOf('second.key'), 'utf8').trimEnd().slice(30)]) {
      expect(one).toHaveLength(52);
      expect(said).not.toContain(one);
      expect(holders(one)).toHaveLength(1);
    }
  });

  it('has all scopes of the principal and 90 days when nothing is said', async () => {
    const { value } = await add('plain.key');
    expect([...value.scopes].sort()).toEqual(['commit', 'outcome', 'propose']);
    expect(Math.abs(value.expires_at - Date.now() - 90 * DAY_MS)).toBeLessThan(600_000);
  });

  it('takes the longest life, and the operator as well', async () => {
    const words = ['key', 'add', 'operator', '--scopes', 'govern', '--days', '400', '--out', 'op.key'];
    expect(await json(...words)).toMatchObject({ exit: 0, value: { scopes: ['govern'] } });
    expect((await listed('operator')).filter(({ scopes }) => scopes.length === 1)).toHaveLength(1);
  });

  it.each([
    { why: 'a scope is none', words: ['--scopes', 'propose,all'], code: 'USAGE', exit: 2 },
    { why: 'the principal lacks a scope', words: ['--scopes', 'approve'], code: 'INVALID_COMMAND', exit: 1 },
    { why: 'it would last no day', words: ['--days', '0'], code: 'USAGE', exit: 2 },
    { why: 'it would last too long', words: ['--days', '401'], code: 'USAGE', exit: 2 },
    { why: 'the days are no number', words: ['--days', '1.5'], code: 'USAGE', exit: 2 },
  ])('makes neither key nor file when $why', async ({ words, code, exit }) => {
    const before = await listed();
    expect(await add('none.key', ...words)).toMatchObject({ exit, key: '', value: { code } });
    expect(existsSync(pathOf('none.key'))).toBe(false);
    expect(await listed()).toEqual(before);
  });

  it(
    'makes no key when nobody is named, and leaves no file when the cell refuses',
    async () => {
      const unknown = await json('key', 'add', 'nobody', '--out', 'none.key');
      expect(unknown).toMatchObject({ exit: 2, value: { code: 'NAME_UNKNOWN' } });
      await world.prepare('principal', 'add', 'executor', 'many');
      for (let at = 0; at < 7; at += 1) await world.prepare('key', 'add', 'many', '--out', `many-${at}.key`);
      const ninth = // the first is kept by this client
        await json('key', 'add', 'many', '--out', 'none.key');
      expect(ninth).toMatchObject({ exit: 1, value: { code: 'CAPACITY' } });
      expect(existsSync(pathOf('none.key'))).toBe(false);
    },
    SETUP_MS,
  );

  it('writes over nothing and through no link, and makes no key then', async () => {
    const before = await listed();
    world.file('mine.txt', 'mine');
    symlinkSync(pathOf('elsewhere.key'), pathOf('link.key'));
    for (const name of ['mine.txt', 'link.key', 'no/such/folder.key']) {
      expect(await json('key', 'add', 'bot', '--out', name)).toMatchObject({
        exit: 2,
        value: { code: 'OUTPUT_UNWRITABLE' },
      });
    }
    expect(readFileSync(pathOf('mine.txt'), 'utf8')).toBe('mine');
    expect(existsSync(pathOf('elsewhere.key'))).toBe(false);
    expect(await listed()).toEqual(before);
  });

  it('wants a file where there is no terminal, and never takes standard output for one', async () => {
    const before = await listed();
    const words = ['--conditions=@writ/source', MAIN, 'key', 'add', 'bot'];
    const env = { PATH: process.env['PATH'], HOME: world.directory, WRIT_HOME: world.home };
    // A session of its own has no terminal, also where the tests run in one.
    const script = `const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ${JSON.stringify(words)}, { detached: true, stdio: 'inherit' });
      child.on('close', (code) => (process.exitCode = code));`;
    const done = spawnSync(process.execPath, ['-e', script], { cwd: world.directory, env, encoding: 'utf8' });
    expect({ status: done.status, stdout: done.stdout }).toEqual({ status: 2, stdout: '' });
    expect(done.stderr).toContain('USAGE: give --out FILE');
    expect(await listed()).toEqual(before);
  });

  it('ends the key at once when it could not be handed over', async () => {
    const before = await listed();
    const place = { environment: { WRIT_HOME: world.home }, user_home: world.directory };
    const kept: string[] = [];
    let discarded = 0;
    const given = withDesk(place, async (desk) => {
      const { id: principal, ns } = agentOf(await desk.principals());
      const asked = { principal, ns, scopes: ['propose'] as const, expires_at: Date.now() + DAY_MS };
      return handOver(desk, asked, {
        keep(access_key) {
          kept.push(access_key);
          return Promise.reject(new Error('no space left'));
        },
        discard() {
          discarded += 1;
          return Promise.resolve();
        },
      });
    });
    await expect(given).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
    expect([kept.length, discarded]).toEqual([1, 1]);
    expect(await listed()).toEqual(before);
  });
});

function agentOf(known: readonly ShownPrincipal[]): ShownPrincipal {
  const agent = known.find(({ definition }) => definition.kind === 'agent');
  if (agent === undefined) throw new TypeError('no agent');
  return agent;
}

/** The files below the world that hold a text. */
function holders(text: string): readonly string[] {
  return readdirSync(world.directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path, 'latin1').includes(text));
}

describe('writ key end', () => {
  it('ends at once, or soon, and never later than it stands', async () => {
    const { value } = await add('ending.key', '--days', '2');
    const { id } = value;
    const later = await json('key', 'end', id, '--in', '3d');
    expect(later).toMatchObject({ exit: 1, value: { code: 'INVALID_COMMAND' } });
    expect(await json('key', 'end', id, '--in', '1h')).toMatchObject({ exit: 0, value: { id } });
    const soon = (await listed()).find((key) => key.id === id);
    expect(Math.abs((soon?.ends_at ?? 0) - Date.now() - 3_600_000)).toBeLessThan(600_000);
    expect((await json('key', 'end', id, '--in', '61m')).exit).toBe(1);
    expect(await json('key', 'end', id)).toMatchObject({ exit: 0, value: { id } });
    expect((await listed()).map((key) => key.id)).not.toContain(id);
    expect(await json('key', 'end', id)).toMatchObject({ exit: 1, value: { code: 'NOT_FOUND' } });
  });

  it.each([['1'], ['0h'], ['1w'], ['-1h'], ['1.5h'], ['1h30m'], ['']])(
    'refuses the time %j',
    async (time) => {
      const refused = await json('key', 'end', `key_${'0'.repeat(26)}`, `--in=${time}`);
      expect(refused).toMatchObject({ exit: 2, value: { code: 'USAGE' } });
    },
  );

  it('wants the id: a key never stands on a command line', async () => {
    const { key } = await add('typed.key');
    const { exit, value, out } = await json('key', 'end', key.trimEnd());
    expect({ exit, code: value.code }).toEqual({ exit: 2, code: 'USAGE' });
    expect(out).not.toContain(key.trimEnd().slice(30));
  });
});
