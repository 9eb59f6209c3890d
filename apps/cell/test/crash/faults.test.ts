import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CellOptions, propose, submit } from '@writ/cell';
import { afterEach, describe, expect, test } from 'vitest';
import { createFileSigner } from '../../src/signer/file-signer.ts';
import { type CellWorld, createWorld, openIn, proposalOf } from '../cell/world.ts';
import { temporaryDirectory } from '../home/temporary.ts';

const OPENER = fileURLToPath(new URL('./open-child.ts', import.meta.url));
const HOUR_MS = 3_600_000;
const DAY_MS: number = 24 * HOUR_MS;

const worlds: CellWorld[] = [];

async function freshWorld(): Promise<CellWorld> {
  const world = await createWorld();
  worlds.push(world);
  return world;
}

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.destroy();
});

/** A cell refuses a store that has a fault, says what to do, and starts once the fault is gone. */
async function expectRefused(world: CellWorld, code: string, says: RegExp, mend: () => void): Promise<void> {
  const refused = openIn(world.directory);
  await expect(refused).rejects.toMatchObject({ code });
  await expect(refused).rejects.toThrow(says);
  mend();
  const cell = await openIn(world.directory);
  expect((await propose(cell, proposalOf(world, { path: 'mended' }))).answer).toMatchObject({
    verdict: 'ALLOW',
  });
  await cell.close();
}

describe('a cell meets a fault from outside', () => {
  test('openCell() refuses a store that is marked read-only, and starts when it can be written', async () => {
    const world = await freshWorld();
    await world.cell.close();
    const journal = join(world.directory, 'state', 'cell', 'journal.sqlite');
    chmodSync(journal, 0o400);
    await expectRefused(world, 'JOURNAL_READ_ONLY', /read-only/, () => chmodSync(journal, 0o600));
  });

  test('openCell() refuses another checkpoint key, and starts with its own', async () => {
    const world = await freshWorld();
    await world.cell.close();
    const key = join(world.directory, 'config', 'keys', 'checkpoint.key');
    renameSync(key, `${key}.own`);
    await createFileSigner(key, 'checkpoint', world.settings.origin);
    await expectRefused(world, 'KEY_WRONG', /key/, () => renameSync(`${key}.own`, key));
  });

  test('openCell() refuses another master key, and starts with its own', async () => {
    const world = await freshWorld();
    await world.cell.close();
    const keys = join(world.directory, 'config', 'keys');
    const name = readdirSync(keys).find((one) => one.startsWith('master-')) ?? '';
    const key = join(keys, name);
    copyFileSync(key, join(world.directory, 'own'));
    const text = readFileSync(key, 'utf8');
    const at = text.length - 10;
    writeFileSync(key, text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1));
    await expectRefused(world, 'MASTER_WRONG', /key/, () => copyFileSync(join(world.directory, 'own'), key));
  });

  test('openCell() keeps a second process out, and lets it in when the first has ended', async () => {
    const world = await freshWorld();
    const open = (): ReturnType<typeof spawnSync> =>
      spawnSync(process.execPath, ['--conditions=@writ/source', OPENER, world.directory], {
        encoding: 'utf8',
      });
    const refused = open();
    expect(refused.stdout).toMatch(/^STORE_LOCKED.*in use by process \d+: stop that process/);
    await world.cell.close();
    expect(open().stdout).toBe('opened\n');
  });
});

type Turned = CellOptions['clock'] & { wall: number; monotonic: number };

function turnedClock(): Turned {
  return {
    wall: 0,
    monotonic: 0,
    wall_ms() {
      return Date.now() + this.wall;
    },
    monotonic_ms() {
      return performance.now() + this.monotonic;
    },
  };
}

describe('a cell meets a clock that is turned', () => {
  async function turned(): Promise<{ world: CellWorld; clock: Turned; ask(): Promise<unknown> }> {
    const clock = turnedClock();
    const first = await freshWorld();
    const world = await first.reopen({ clock });
    worlds[worlds.indexOf(first)] = world;
    let asked = 0;
    const ask = (): Promise<unknown> => {
      asked += 1;
      return propose(world.cell, proposalOf(world, { path: `asked ${asked}` })).then(
        ({ answer }) => answer.kind,
        ({ code }: { readonly code: string }) => code,
      );
    };
    return { world, clock, ask };
  }

  test('propose() is 503 while the clock is behind, and goes on when it has caught up', async () => {
    const { clock, ask } = await turned();
    expect(await ask()).toBe('judged');
    clock.wall = -10_000;
    expect(await ask()).toBe('CLOCK_SUSPECT');
    clock.wall = 0;
    expect(await ask()).toBe('judged');
  });

  test('propose() goes on after a jump ahead once both clocks agreed, and the jump is a record', async () => {
    const { world, clock, ask } = await turned();
    clock.wall = HOUR_MS;
    expect(await ask()).toBe('CLOCK_SUSPECT');
    // Freezing does not wait for a clock.
    const scope = { scope: 'namespace', ns: world.ns } as const;
    const freeze = { kind: 'freeze', id: world.cell.mint.id('frz'), by: world.person, scope } as const;
    expect((await submit(world.cell, freeze)).answer).toMatchObject({ kind: 'done' });
    clock.wall += 11_000;
    clock.monotonic += 11_000;
    expect(await ask()).toBe('judged');
    const now = world.cell.running.state().now_ms;
    expect(Math.abs(now - clock.wall_ms())).toBeLessThan(60_000);
  });

  test('propose() does not believe a jump of more than a week by itself', async () => {
    const { clock, ask } = await turned();
    clock.wall = 8 * DAY_MS;
    expect(await ask()).toBe('CLOCK_SUSPECT');
    clock.wall += 11_000;
    clock.monotonic += 11_000;
    expect(await ask()).toBe('CLOCK_SUSPECT');
    clock.wall = 11_000;
    expect(await ask()).toBe('judged');
  });

  test('openCell() waits with its answers when it starts in the past of its own log', async () => {
    const first = await freshWorld();
    const clock = turnedClock();
    clock.wall = -HOUR_MS;
    const world = await first.reopen({ clock });
    worlds[worlds.indexOf(first)] = world;
    const ask = propose(world.cell, proposalOf(world, { path: 'early' }));
    await expect(ask).rejects.toMatchObject({ code: 'CLOCK_SUSPECT' });
    clock.wall = 0;
    const { answer } = await propose(world.cell, proposalOf(world, { path: 'in time' }));
    expect(answer).toMatchObject({ verdict: 'ALLOW' });
  });
});

const inMount = ['--user', '--map-root-user', '--mount'];
const canMount = spawnSync('unshare', [...inMount, 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

function inSmallDisk(megabytes: number, script: URL): { readonly stdout: string; readonly stderr: string } {
  const folder = temporaryDirectory();
  const child = fileURLToPath(script);
  const mounted = `mount -t tmpfs -o mode=700,size=${megabytes}m none '${folder}' && exec "$0" "$@"`;
  const words = [
    ...inMount,
    'sh',
    '-c',
    mounted,
    process.execPath,
    '--conditions=@writ/source',
    child,
    folder,
  ];
  return spawnSync('unshare', words, { encoding: 'utf8' });
}

describe('a cell meets a disk', () => {
  // A disk of its own can only be mounted where user namespaces are allowed, or by root.
  test.skipIf(!canMount)('that is full: freezes and outcomes go on, and all does when there is room', () => {
    const { stdout, stderr } = inSmallDisk(400, new URL('./full-disk-child.ts', import.meta.url));
    expect(stderr).toBe('');
    expect(stdout.trim().split('\n')).toEqual([
      'room: propose judged',
      'filled: propose UNAVAILABLE',
      'full: propose UNAVAILABLE',
      'full: outcome done',
      'full: freeze done',
      'room again: thaw done',
      'room again: propose judged',
      'reopened: propose judged',
    ]);
  });

  test.skipIf(!canMount)(
    'that is read-only: it does not start, and starts when the disk can be written',
    () => {
      const { stdout, stderr } = inSmallDisk(400, new URL('./read-only-child.ts', import.meta.url));
      expect(stderr).toBe('');
      expect(stdout).toMatch(/^read-only: [A-Z_]+: .*(?:writable|read-only|write)/);
      expect(stdout).toContain('\nwritable: opened\n');
    },
  );
});
