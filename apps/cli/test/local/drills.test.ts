import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { furnishedWorld } from '../furnished.ts';
import { SETUP_MS, type World } from '../run-writ.ts';

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
