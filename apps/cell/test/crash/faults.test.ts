import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { propose } from '@writ/cell';
import { afterEach, describe, expect, test } from 'vitest';
import { createFileSigner } from '../../src/signer/file-signer.ts';
import { type CellWorld, createWorld, openIn, proposalOf } from '../cell/world.ts';
import { temporaryDirectory } from '../home/temporary.ts';

const OPENER = fileURLToPath(new URL('./open-child.ts', import.meta.url));

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
