import { chmodSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAccessKey } from '@writ/proof';
import { beforeAll, describe, expect, it } from 'vitest';
import { clientHome } from '../../../src/client/client-home.ts';
import { readKeyOf } from '../../../src/client/kept-keys.ts';
import { furnishedWorld } from '../../furnished.ts';
import { makeWorld, SETUP_MS, type World } from '../../run-writ.ts';

let world: World;

beforeAll(async () => {
  world = await furnishedWorld();
}, SETUP_MS);

const keysOf = (of: World): string => join(of.home, 'config', 'client', 'keys');
const homeOf = (of: World) => clientHome({ WRIT_HOME: of.home }, of.directory);

async function idsOf(of: World, who: string): Promise<readonly string[]> {
  const { out } = await of.quick('key', 'list', who, '--json');
  return (JSON.parse(out) as { readonly keys: readonly { readonly id: string }[] }).keys.map(({ id }) => id);
}

describe('the keys that a client keeps', () => {
  it('are one for the person, the operator and each new agent, for their owner alone', async () => {
    expect(readdirSync(keysOf(world)).sort()).toEqual(['bot.key', 'me.key', 'operator.key']);
    expect(statSync(keysOf(world)).mode & 0o777).toBe(0o700);
    for (const who of ['bot', 'me', 'operator']) {
      const path = join(keysOf(world), `${who}.key`);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      const id = parseAccessKey(readFileSync(path, 'utf8').trimEnd());
      expect(await idsOf(world, who)).toEqual([id]);
    }
  });

  it('are replaced as a whole by key add --keep, and the one before is still good', async () => {
    await world.prepare('principal', 'add', 'executor', 'runner');
    const [before] = await idsOf(world, 'runner');
    const added = await world.quick('key', 'add', 'runner', '--keep');
    expect(added.exit).toBe(0);
    const key = readFileSync(join(keysOf(world), 'runner.key'), 'utf8').trimEnd();
    expect(added.out).not.toContain(key.slice(30));
    expect(await idsOf(world, 'runner')).toEqual([before, parseAccessKey(key)]);
    expect(readdirSync(keysOf(world)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('are none for a person that is added, and of no name of the operator', async () => {
    await world.prepare('principal', 'add', 'human', 'ann');
    expect(readdirSync(keysOf(world))).not.toContain('ann.key');
    expect((await world.json('principal', 'add', 'agent', 'operator')).value.code).toBe('ALREADY_EXISTS');
  });

  it('are completed by init again when it was interrupted, with the key that is there', async () => {
    const other = makeWorld();
    await other.prepare('init');
    const operator = readFileSync(join(keysOf(other), 'operator.key'), 'utf8');
    rmSync(join(other.home, 'config', 'client', 'names.json'));
    rmSync(join(keysOf(other), 'me.key'));
    await other.prepare('init');
    expect(readFileSync(join(keysOf(other), 'operator.key'), 'utf8')).toBe(operator);
    expect(await idsOf(other, 'me')).toHaveLength(1);
    writeFileSync(join(keysOf(other), 'operator.key'), 'half a k');
    rmSync(join(other.home, 'config', 'client', 'names.json'));
    await other.prepare('init');
    const after = readFileSync(join(keysOf(other), 'operator.key'), 'utf8').trimEnd();
    expect(await idsOf(other, 'operator')).toContain(parseAccessKey(after));
  });

  it('leaves no handle without a key when the key cannot be written', async () => {
    const other = makeWorld();
    await other.prepare('init');
    chmodSync(keysOf(other), 0o755);
    expect((await other.json('principal', 'add', 'agent', 'bot')).value.code).toBe('KEY_PERMISSIONS');
    chmodSync(keysOf(other), 0o700);
    await other.prepare('principal', 'add', 'agent', 'bot');
    expect(await idsOf(other, 'bot')).toHaveLength(1);
  });
});

describe('readKeyOf()', () => {
  it('gives the key of a handle, and null when there is none', async () => {
    expect(parseAccessKey((await readKeyOf(homeOf(world), 'bot')) ?? '')).not.toBeNull();
    expect(await readKeyOf(homeOf(world), 'nobody')).toBeNull();
  });

  it.each([
    ['is open to others', 'KEY_PERMISSIONS', (path: string) => chmodSync(path, 0o640)],
    ['holds something else', 'KEY_DAMAGED', (path: string) => writeFileSync(path, 'wk_no\n')],
  ])('refuses a file that %s', async (_why, code, spoil) => {
    const path = join(keysOf(world), 'spoilt.key');
    writeFileSync(path, readFileSync(join(keysOf(world), 'bot.key')), { mode: 0o600 });
    expect(await readKeyOf(homeOf(world), 'spoilt')).not.toBeNull();
    spoil(path);
    await expect(readKeyOf(homeOf(world), 'spoilt')).rejects.toMatchObject({ code });
    rmSync(path);
  });

  it('follows no link', async () => {
    symlinkSync(join(keysOf(world), 'bot.key'), join(keysOf(world), 'link.key'));
    await expect(readKeyOf(homeOf(world), 'link')).rejects.toMatchObject({ code: 'ELOOP' });
    rmSync(join(keysOf(world), 'link.key'));
  });
});
