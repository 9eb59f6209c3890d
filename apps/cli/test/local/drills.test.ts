import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCell, registerNamespace, resolveHome } from '@writ/cell';
import { beforeAll, describe, expect, it } from 'vitest';
import { furnishedWorld, proposal } from '../furnished.ts';
import { makeWorld, SETUP_MS, type World } from '../run-writ.ts';

const clock = { wall_ms: () => Date.now(), monotonic_ms: () => performance.now() };

let world: World;

beforeAll(async () => {
  world = await furnishedWorld();
}, SETUP_MS);

/** Changes one byte of a record in the raw store of a cell that does not run. */
async function damage(): Promise<number> {
  await world.prepare('log', 'export', 'before.txt');
  const line = readFileSync(join(world.directory, 'before.txt'), 'utf8')
    .split('\n')
    .find((one) => one.startsWith('2 {'));
  const salt = /"salt":"([^"]+)"/.exec(line ?? '')?.[1] ?? 'none';
  const journal = join(world.home, 'state', 'cell', 'journal.sqlite');
  const bytes = readFileSync(journal);
  const at = bytes.indexOf(salt);
  bytes[at] = bytes[at] === 0x41 ? 0x42 : 0x41;
  writeFileSync(journal, bytes);
  return at;
}

describe('writ backup and writ restore', () => {
  it('bring a lost store back as a new log, frozen, that this client follows', async () => {
    const backed = await world.writ('backup', 'safe');
    expect(backed.exit).toBe(0);
    expect(backed.out).toMatch(/the keys are not in it/);
    const again = await world.json('backup', 'safe');
    expect(again).toMatchObject({ exit: 2, value: { code: 'BACKUP_EXISTS' } });
    expect(await world.json('restore', 'safe')).toMatchObject({
      exit: 2,
      value: { code: 'STORE_NOT_EMPTY' },
    });
    renameSync(join(world.home, 'state'), join(world.directory, 'lost'));
    const restored = await world.writ('restore', 'safe');
    expect(restored).toMatchObject({ exit: 0 });
    expect((await world.json('status')).value).toMatchObject({ frozen: ['all'] });
    expect((await world.json('propose', 'read.json')).value.answer.code).toBe('LOCKED');
  });
});

describe('writ recover', () => {
  it('names the damage, and begins a new log from what is whole', async () => {
    expect(await damage()).toBeGreaterThan(0);
    const refused = await world.json('status');
    expect(refused).toMatchObject({ exit: 1 });
    expect(refused.value.detail).toMatch(/^record \d+: .*writ recover/);
    const recovered = await world.writ('recover');
    expect(recovered.exit).toBe(0);
    expect(recovered.out).toMatch(/nothing from record \d+ on was kept/);
    expect((await world.json('status')).value).toMatchObject({ frozen: ['all'] });
    const trust = JSON.parse((await world.writ('trust', 'show')).out);
    const ended = trust.logs.filter((log: { keys: { until_size: string | null }[] }) => {
      return log.keys.every((key) => key.until_size !== null);
    });
    expect(ended).toHaveLength(trust.logs.length - 1);
  });

  it('keeps no more than it was asked to, and refuses a count that is none', async () => {
    expect(await world.json('recover', '--to', '-1')).toMatchObject({ exit: 2, value: { code: 'USAGE' } });
    expect(await world.json('recover', '--to', '0')).toMatchObject({
      exit: 2,
      value: { code: 'NOTHING_TO_KEEP' },
    });
    expect((await world.quick('recover', '--to', '2')).out).toMatch(/at [12] records/);
    expect(statSync(join(world.home, 'state', 'cell')).isDirectory()).toBe(true);
  });
});

describe('writ restore on a machine where no client has been', () => {
  it('says what to do first, and then writ init takes up what is there', async () => {
    const from = await furnishedWorld();
    await from.prepare('backup', 'safe');
    const { vkey } = (await from.json('status')).value;
    const here = makeWorld();
    mkdirSync(join(here.home, 'config'), { mode: 0o700 });
    // With modes: whoever could read keys may have read them.
    execFileSync('cp', ['-a', join(from.home, 'config', 'keys'), join(here.home, 'config', 'keys')]);
    const backup = join(from.directory, 'safe');
    expect(await here.json('restore', backup)).toMatchObject({
      exit: 2,
      value: { code: 'BACKUP_UNTRUSTED' },
    });
    const restored = await here.quick('restore', backup, '--key', vkey);
    expect(restored).toMatchObject({ exit: 0, out: expect.stringContaining('writ init') });
    expect(restored.out).toMatch(/erased by themselves since this backup/);
    expect(await here.json('status')).toMatchObject({
      exit: 2,
      value: { code: 'SETUP_UNFINISHED', detail: expect.stringContaining('writ init') },
    });
    expect((await here.quick('init')).exit).toBe(0);
    const { value } = await here.json('status');
    // That of the cell itself, and the one that was restored: none is made beside it.
    expect(value).toMatchObject({ namespaces: 2, frozen: ['all'] });
    here.file('read.json', proposal('files.read', 'a.md', ['READ_REPO']));
    expect((await here.json('propose', 'read.json')).value.answer.code).toBe('LOCKED');
    expect((await here.quick('principal', 'list')).out).toMatch(/agent +wall \d  agent-1\n/);
    const again = await here.json('init');
    expect(again).toMatchObject({ exit: 1, value: { code: 'STORE_EXISTS' } });
  });

  it('wants to know which namespace, where there are several', async () => {
    const here = await furnishedWorld();
    const cell = await openCell(resolveHome({ WRIT_HOME: here.home }, here.directory), {
      clock,
      report: () => {},
    });
    const { operator: by, home } = cell.settings;
    const { ns } = await registerNamespace(cell, { by, ns: null, budgets: [] });
    await cell.close();
    rmSync(join(here.home, 'config', 'client'), { recursive: true });
    const asked = await here.json('init');
    expect(asked).toMatchObject({ exit: 2, value: { code: 'USAGE', detail: expect.stringContaining(ns) } });
    expect(await here.json('init', '--namespace', home)).toMatchObject({ exit: 2, value: { code: 'USAGE' } });
    const taken = await here.quick('init', '--namespace', ns);
    expect(taken).toMatchObject({ exit: 0, out: expect.stringContaining(`its namespace: ${ns};`) });
  });
});
