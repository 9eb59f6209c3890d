import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { furnishedWorld } from '../furnished.ts';
import { SETUP_MS, type World } from '../run-writ.ts';

let world: World;

beforeAll(async () => {
  world = await furnishedWorld();
}, SETUP_MS);

describe('an action on the local store', () => {
  it('is allowed, spent once on its own arguments, and has one outcome', async () => {
    const proposed = await world.json('propose', 'read.json', '--out', 'a.writ');
    expect(proposed).toMatchObject({
      exit: 0,
      value: { exit: 0, answer: { kind: 'judged', verdict: 'ALLOW' } },
    });
    const { id } = proposed.value.answer;
    expect(JSON.parse(readFileSync(join(world.directory, 'a.writ'), 'utf8')).format).toBe('writ/v1');
    const other = await world.json('commit', 'a.writ', 'other.json');
    expect(other).toMatchObject({
      exit: 1,
      value: { answer: { kind: 'refused', code: 'ARGUMENTS_DIFFER' } },
    });
    const committed = await world.json('commit', 'a.writ', 'read.json', '--out', 'a.receipt');
    expect(committed).toMatchObject({ exit: 0, value: { answer: { kind: 'spent', id } } });
    const again = await world.json('commit', id, 'read.json');
    expect(again).toMatchObject({ exit: 1, value: { answer: { kind: 'refused', code: 'ALREADY_SPENT' } } });
    const words = ['--attempt', committed.value.attempt, '--out', 'again.receipt'];
    const same = await world.json('commit', id, 'read.json', ...words);
    expect(same).toMatchObject({ exit: 0, value: { answer: { kind: 'repeat' } } });
    expect((await world.quick('outcome', id, 'succeeded')).exit).toBe(0);
    const changed = await world.json('outcome', id, 'failed');
    expect(changed).toMatchObject({ exit: 1, value: { answer: { code: 'OUTCOME_CONFLICT' } } });
    expect((await world.writ('verify', 'a.writ', 'a.receipt', 'again.receipt')).exit).toBe(0);
    const { exit, out } = await world.writ('writ', id);
    expect({ exit, head: JSON.parse(out).head }).toEqual({
      exit: 0,
      head: JSON.parse(readFileSync(join(world.directory, 'a.writ'), 'utf8')).head,
    });
  });

  it('is proposed and spent in one step with --claim', async () => {
    const claimed = await world.json('propose', 'other.json', '--claim', '--out', 'claimed.receipt');
    expect(claimed).toMatchObject({ exit: 0, value: { answer: { kind: 'spent' } } });
    expect((await world.writ('verify', 'claimed.receipt')).out).toMatch(
      /^VALID "claimed.receipt": a spend receipt/,
    );
  });

  it('is blocked by whatever is not declared, with a record', async () => {
    const undeclared = JSON.parse(readFileSync(join(world.directory, 'read.json'), 'utf8'));
    undeclared.action.args.also = true;
    world.file('undeclared.json', JSON.stringify(undeclared));
    const blocked = await world.json('propose', 'undeclared.json', '--out', 'none.writ');
    expect(blocked).toMatchObject({
      exit: 1,
      value: { answer: { verdict: 'BLOCK', code: 'SCHEMA_MISMATCH' } },
    });
    expect(blocked.value.proven).not.toBeNull();
    expect(existsSync(join(world.directory, 'none.writ'))).toBe(false);
  });

  it('says how to get a writ whose file could not be written', async () => {
    const { exit, value } = await world.json('propose', 'read.json', '--out', 'no/such/folder.writ');
    expect({ exit, code: value.code }).toEqual({ exit: 2, code: 'OUTPUT_UNWRITABLE' });
    const id = /writ writ (act_\w+) prints it again/.exec(value.detail)?.[1] ?? '';
    expect((await world.quick('writ', id)).exit).toBe(0);
  });

  it('is answered as before under the same idempotency key', async () => {
    const first = await world.json('propose', 'read.json', '--idempotency', 'k1');
    const second = await world.json('propose', 'read.json', '--idempotency', 'k1');
    expect(second).toMatchObject({
      exit: 0,
      value: { answer: { kind: 'repeat', id: first.value.answer.id } },
    });
    const other = await world.json('propose', 'other.json', '--idempotency', 'k1');
    expect(other).toMatchObject({ exit: 1, value: { answer: { code: 'IDEMPOTENCY_MISMATCH' } } });
  });
});

describe('what is written', () => {
  it('is for its owner alone, and no output shows a private key', async () => {
    for (const name of ['a.writ', 'home/config/client/memory.json', 'home/config/client/names.json']) {
      expect(statSync(join(world.directory, name)).mode & 0o077).toBe(0);
    }
    const key = readFileSync(join(world.home, 'config/keys/checkpoint.key'), 'utf8');
    const secrets = key.match(/[A-Za-z0-9+/_-]{40,}=*/g) ?? [];
    expect(secrets.length).toBeGreaterThan(0);
    const shown = await Promise.all([
      world.writ('trust', 'show'),
      world.writ('help'),
      world.writ('verify', 'a.writ', '--json'),
    ]);
    const status = await world.writ('status', '--json');
    const text = [...shown, status].map(({ out, error }) => out + error).join('');
    for (const secret of secrets) {
      const isPublic = JSON.parse(status.out).vkey.includes(secret);
      expect(isPublic || !text.includes(secret)).toBe(true);
    }
  });

  it('is not begun anew by a second init', async () => {
    const { exit, error } = await world.writ('init');
    expect({ exit, code: error.slice(0, 18) }).toEqual({ exit: 1, code: 'writ: STORE_EXISTS' });
  });

  it('refuses a policy that does not load and changes nothing', async () => {
    world.file(
      'bad.yaml',
      'version: 1\nname: bad\nrules:\n  - id: x\n    tools: ["*"]\n    verdict: PERMIT\n',
    );
    const { exit, value } = await world.json('policy', 'set', 'bad.yaml');
    expect(exit).toBe(1);
    expect(value.problems.length).toBeGreaterThan(0);
    expect((await world.json('propose', 'other.json')).exit).toBe(0);
  });

  it('refuses a profile that an agent may not have', async () => {
    world.file('profile.json', JSON.stringify({ scopes: ['propose', 'approve'] }));
    const { exit, value } = await world.json(
      'principal',
      'add',
      'agent',
      'climber',
      '--profile',
      'profile.json',
    );
    expect({ exit, code: value.code }).toEqual({ exit: 1, code: 'INVALID_COMMAND' });
  });
});
