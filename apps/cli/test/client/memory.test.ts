import { cpSync, existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, SETUP_MS, type World } from '../run-writ.ts';

let world: World;

beforeAll(async () => {
  world = makeWorld();
  await world.quick('init', '--name', 'memory');
}, SETUP_MS);

const client = (name: string): string => join(world.home, 'config', 'client', name);

/** Store, keys and anchor as they were: everything but what the client remembers. */
function saveCell(name: string): void {
  cpSync(join(world.home, 'state'), join(world.directory, name, 'state'), { recursive: true });
  cpSync(join(world.home, 'config', 'keys'), join(world.directory, name, 'keys'), { recursive: true });
}

function bringBack(name: string): void {
  const before = process.umask(0o077);
  for (const [from, to] of [
    ['state', join(world.home, 'state')],
    ['keys', join(world.home, 'config', 'keys')],
  ] as const) {
    rmSync(to, { recursive: true });
    cpSync(join(world.directory, name, from), to, { recursive: true });
  }
  process.umask(before);
}

describe('the memory of a client', () => {
  it('grows with the log, and a cell that was rolled back as a whole is found by it', async () => {
    saveCell('early');
    const sizes = [];
    for (let turn = 0; turn < 3; turn += 1) {
      await world.quick('status');
      sizes.push(JSON.parse(readFileSync(client('memory.json'), 'utf8')).checkpoints[0].size);
    }
    expect(Number(sizes[2])).toBeGreaterThan(Number(sizes[0]));
    saveCell('late');
    bringBack('early');
    const { exit, value } = await world.json('status');
    expect({ exit, code: value.code }).toEqual({ exit: 1, code: 'ROLLED_BACK' });
    expect(value.detail).toMatch(/remembered .* \| .*; shown .* \| .*Keep both notes$/);
  });

  it('finds a log that took another way', async () => {
    for (let turn = 0; turn < 4; turn += 1) await world.quick('status');
    const { exit, value } = await world.json('status');
    expect({ exit, code: value.code }).toEqual({ exit: 1, code: 'FORKED' });
    bringBack('late');
    expect((await world.quick('status')).exit).toBe(0);
  });

  it('that is damaged is not begun anew in silence', async () => {
    const text = readFileSync(client('memory.json'), 'utf8');
    writeFileSync(client('memory.json'), text.slice(0, -2));
    expect((await world.json('status')).value).toMatchObject({ exit: 1, code: 'MEMORY_DAMAGED' });
    writeFileSync(client('memory.json'), text);
  });

  it('is freed from a client that died with it', async () => {
    writeFileSync(client('memory.lock'), '');
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(client('memory.lock'), longAgo, longAgo);
    expect((await world.quick('status')).exit).toBe(0);
    expect(existsSync(client('memory.lock'))).toBe(false);
  });
});

describe('what a client has pinned', () => {
  it('is not replaced by a key that the cell shows', async () => {
    const text = readFileSync(client('trust.json'), 'utf8');
    writeFileSync(client('trust.json'), '{"format":"writ-trust/v1","logs":[]}');
    expect((await world.json('status')).value).toMatchObject({ exit: 1, code: 'KEY_CHANGED' });
    writeFileSync(client('trust.json'), text);
  });

  it('is not replaced by another cell in its place', async () => {
    const other = makeWorld();
    await other.quick('init', '--name', 'memory');
    const before = process.umask(0o077);
    rmSync(join(other.home, 'config', 'client'), { recursive: true });
    cpSync(join(world.home, 'config', 'client'), join(other.home, 'config', 'client'), { recursive: true });
    process.umask(before);
    const { exit, value } = await other.json('status');
    expect({ exit, code: value.code }).toEqual({ exit: 1, code: 'LOG_EXCHANGED' });
    const origin = /writ trust accept (\S+)$/.exec(value.detail)?.[1] ?? '';
    expect((await other.quick('trust', 'accept', 'no/such/log')).exit).toBe(1);
    expect((await other.quick('trust', 'accept', origin)).exit).toBe(0);
    expect((await other.quick('log', 'show')).exit).toBe(0);
  });
});
