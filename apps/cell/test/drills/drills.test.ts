import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { registerCredential } from '../../src/cell/credentials.ts';
import { eraseNamespace } from '../../src/cell/erase.ts';
import { submit } from '../../src/cell/submit.ts';
import { authenticateKey } from '../../src/doors/authenticate.ts';
import { backup, backupCell } from '../../src/drills/backup.ts';
import { recover } from '../../src/drills/recover.ts';
import { restore } from '../../src/drills/restore.ts';
import { openFileMasterKeys } from '../../src/sealing/file-master-keys.ts';
import { openKeystore } from '../../src/sealing/open-keystore.ts';
import { type Cell, placesOf } from './cell-doors.ts';
import { begin, type LiveCell, makeHome, open, read, tamper } from './live-cell.ts';

let place: ReturnType<typeof makeHome>;
let live: LiveCell;
let target: string;

beforeEach(async () => {
  place = makeHome();
  live = await begin(place.home);
  target = join(place.root, 'backup');
});

afterEach(async () => {
  await live.cell.close();
  place.remove();
});

const now_ms = Date.now();
const LONG = { timeout: 120_000 };

async function reopen(): Promise<Cell> {
  live = { ...live, cell: await open(place.home) };
  return live.cell;
}

async function thaw(cell: Cell): Promise<void> {
  const by = cell.settings.operator;
  const command = { kind: 'thaw', id: cell.mint.id('thw'), by, scope: { scope: 'all' } } as const;
  await submit(cell, { ...command, proof_of_person: 'p2' });
}

function emptyStore(): void {
  rmSync(placesOf(place.home).store, { recursive: true });
}

/** Every byte of a file under a folder, and all names. */
function everything(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.name} ${readFileSync(join(entry.parentPath, entry.name), 'latin1')}`)
    .join('\n');
}

describe('restore()', () => {
  test('goes on in a new epoch: frozen, with everything in force and nothing open', LONG, async () => {
    for (let nth = 0; nth < 3; nth += 1) await read(live, `${nth}.md`);
    await read(live, 'left.md', false);
    const manifest = await backupCell(place.home, live.cell, target);
    await read(live, 'later.md');
    const before = live.cell.settings;
    await live.cell.close();
    emptyStore();
    const began = await restore(target, place.home, { now_ms, vkey: null });
    expect(began).toMatchObject({ predecessor: { origin: before.origin, size: manifest.size }, lost: 3 });
    const cell = await reopen();
    expect(cell.settings).toMatchObject({
      origin: began.origin,
      home: before.home,
      operator: before.operator,
    });
    expect(cell.settings.vkey).not.toBe(before.vkey);
    expect(cell.running.state().permitted.size).toBe(0);
    expect((await read(live, 'a.md', false)).answer).toMatchObject({ verdict: 'BLOCK', code: 'LOCKED' });
    await thaw(cell);
    expect((await read(live, 'b.md')).answer).toMatchObject({ verdict: 'ALLOW' });
    await cell.close();
    await reopen();
    expect((await read(live, 'c.md')).answer).toMatchObject({ verdict: 'ALLOW' });
    const { rows } = await live.cell.followers.projections.query(
      { kind: 'principals', ns: null, after: null, limit: 100 },
      { min_index: 0, wait_ms: 10_000 },
    );
    expect(rows.map(({ principal }) => principal).sort()).toEqual([live.agent, before.operator].sort());
  });

  test('carries an epoch that was carried before', LONG, async () => {
    await read(live, '1.md');
    for (let epoch = 0; epoch < 2; epoch += 1) {
      await live.cell.close();
      const to = join(place.root, `backup-${epoch}`);
      await backup(place.home, to);
      emptyStore();
      await restore(to, place.home, { now_ms, vkey: null });
      await thaw(await reopen());
      expect((await read(live, 'again.md')).answer).toMatchObject({ verdict: 'ALLOW' });
    }
    const { store } = placesOf(place.home);
    expect(existsSync(join(store, 'predecessor', 'predecessor', 'journal.sqlite'))).toBe(true);
  });

  test('voids access keys: the record that ended one may be lost', LONG, async () => {
    const { ns, agent: principal } = live;
    const request = { by: live.cell.settings.operator, ns, principal, scopes: ['propose'] as const };
    const issue = async (): Promise<string> => {
      const expires_at = Date.now() + 86_400_000;
      const { access_key } = await registerCredential(live.cell, { ...request, expires_at });
      return access_key ?? '';
    };
    const old = await issue();
    expect(authenticateKey(live.cell, old)).toMatchObject({ kind: 'known', principal });
    await backupCell(place.home, live.cell, target);
    await live.cell.close();
    emptyStore();
    await restore(target, place.home, { now_ms, vkey: null });
    const cell = await reopen();
    expect(authenticateKey(cell, old)).toEqual({ kind: 'refused', code: 'UNAUTHENTICATED' });
    expect(cell.running.state().credentials.size).toBe(0);
    expect(authenticateKey(cell, await issue())).toMatchObject({ kind: 'known', principal });
  });

  test('does not bring back what was erased after the backup', LONG, async () => {
    await read(live, 'secret.md');
    await backupCell(place.home, live.cell, target);
    await eraseNamespace(live.cell, { by: live.cell.settings.operator, ns: live.ns });
    await live.cell.close();
    emptyStore();
    await restore(target, place.home, { now_ms, vkey: null });
    const space = (await reopen()).running.state().namespaces.get(live.ns);
    expect(space).toMatchObject({ erased: true, policy: null });
  });

  test('refuses a home with a store, another cell, no keys, or no key to check with', LONG, async () => {
    await backupCell(place.home, live.cell, target);
    await live.cell.close();
    const refusal = async (home = place.home, vkey: string | null = null): Promise<unknown> =>
      restore(target, home, { now_ms, vkey }).then(
        () => null,
        (thrown: { code?: unknown }) => thrown.code,
      );
    expect(await refusal()).toBe('STORE_NOT_EMPTY');
    const other = makeHome();
    expect(await refusal(other.home)).toBe('BACKUP_UNTRUSTED');
    expect(await refusal(other.home, live.cell.settings.vkey)).toBe('KEYS_MISSING');
    const stranger = await begin(other.home);
    await stranger.cell.close();
    rmSync(placesOf(other.home).store, { recursive: true });
    expect(await refusal(other.home, live.cell.settings.vkey)).toBe('BACKUP_FOREIGN');
    expect(await refusal(place.home, stranger.cell.settings.vkey)).toBe('STORE_NOT_EMPTY');
    other.remove();
    emptyStore();
    expect(await refusal(place.home, stranger.cell.settings.vkey)).toBe('BACKUP_FOREIGN');
    expect(await refusal()).toBe(null);
    await reopen();
  });

  test('refuses a backup that anything was changed in, and changes nothing', LONG, async () => {
    await read(live, '1.md');
    await backupCell(place.home, live.cell, target);
    await live.cell.close();
    emptyStore();
    const manifest = join(target, 'manifest.json');
    const whole = readFileSync(manifest, 'utf8');
    const flip = (path: string, at: number) => () => {
      const bytes = readFileSync(path);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    };
    const journal = join(target, 'journal.sqlite');
    const blob = join(target, 'blobs', readdirSync(join(target, 'blobs'))[0] ?? '');
    const keep = readFileSync(blob);
    const damages: readonly (readonly [string, () => void, () => void])[] = [
      ['BACKUP_INVALID', flip(journal, 9_000), flip(journal, 9_000)],
      ['BACKUP_INVALID', () => rmSync(blob), () => writeFileSync(blob, keep)],
      ['BACKUP_INVALID', flip(blob, 3), flip(blob, 3)],
      ...(
        [
          ['BACKUP_INVALID', (text: string) => text.replace(/"size": \d+/, '"size": 1')],
          ['BACKUP_INVALID', (text: string) => text.replace('"journal.sqlite"', '"../journal.sqlite"')],
          ['BACKUP_INVALID', (text: string) => text.replace('— ', '- ')],
          ['BACKUP_INVALID', (text: string) => `${text} `],
          ['BACKUP_INVALID', (text: string) => text.slice(0, -9)],
          ['BACKUP_VERSION', (text: string) => text.replace('writ-backup/v1', 'writ-backup/v2')],
        ] as const
      ).map(([code, change]) => {
        const changed = (): void => writeFileSync(manifest, change(whole));
        return [code, changed, () => writeFileSync(manifest, whole)] as const;
      }),
    ];
    for (const [code, damage, mend] of damages) {
      damage();
      await expect(restore(target, place.home, { now_ms, vkey: null })).rejects.toMatchObject({ code });
      expect(existsSync(placesOf(place.home).store)).toBe(false);
      mend();
    }
    await restore(target, place.home, { now_ms, vkey: null });
    await reopen();
  });
});

describe('backupCell()', () => {
  test('copies a running cell whole while commands go on', LONG, async () => {
    let stop = false;
    const load = (async () => {
      for (let nth = 0; !stop; nth += 1) await read(live, `${nth}.md`);
    })();
    const manifest = await backupCell(place.home, live.cell, target);
    stop = true;
    await load;
    expect(live.cell.running.durableSize()).toBeGreaterThan(manifest.size);
    await live.cell.close();
    emptyStore();
    const began = await restore(target, place.home, { now_ms, vkey: null });
    expect(began.predecessor.size).toBe(manifest.size);
    await reopen();
  });

  test('holds no key and nothing that was said in clear', LONG, async () => {
    await read(live, 'canary-7f3a.md');
    await backupCell(place.home, live.cell, target);
    const bytes = everything(target);
    expect(bytes).not.toContain('canary-7f3a');
    const { keys } = placesOf(place.home);
    for (const name of readdirSync(keys)) expect(existsSync(join(target, name))).toBe(false);
    const seed = /seed (\S+)/.exec(readFileSync(placesOf(place.home).checkpointKey, 'utf8'))?.[1] ?? 'none';
    expect(bytes).not.toContain(seed);
  });

  test('refuses a target that is not empty, is finished, or lies in the store', LONG, async () => {
    await backupCell(place.home, live.cell, target);
    const into = (path: string): Promise<unknown> => backupCell(place.home, live.cell, path);
    await expect(into(target)).rejects.toMatchObject({ code: 'BACKUP_EXISTS' });
    const used = join(place.root, 'used');
    mkdirSync(used, { mode: 0o700 });
    writeFileSync(join(used, 'file'), '');
    await expect(into(used)).rejects.toMatchObject({ code: 'TARGET_UNUSABLE' });
    const { store } = placesOf(place.home);
    await expect(into(join(store, 'backup'))).rejects.toMatchObject({ code: 'TARGET_UNUSABLE' });
    await expect(into(place.home.state)).rejects.toMatchObject({ code: 'TARGET_UNUSABLE' });
  });
});

describe('backup()', () => {
  test('refuses a store that runs, one that was rolled back, and one that is damaged', LONG, async () => {
    await read(live, '1.md');
    await expect(backup(place.home, target)).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    const size = live.cell.running.durableSize();
    await live.cell.close();
    tamper(place.home, 'UPDATE batches SET crc = crc + 1 WHERE first = ?', size - 2);
    await expect(backup(place.home, target)).rejects.toMatchObject({
      code: 'STORE_DAMAGED',
      index: size - 2,
    });
    tamper(place.home, 'UPDATE batches SET crc = crc - 1 WHERE first = ?', size - 2);
    tamper(place.home, 'DELETE FROM batches WHERE first = ?', size - 1);
    await expect(backup(place.home, target)).rejects.toMatchObject({
      code: 'STORE_DAMAGED',
      index: size - 1,
    });
  });
});

describe('recover()', () => {
  const damaged = async (sql: string, ...values: number[]): Promise<number> => {
    for (let nth = 0; nth < 3; nth += 1) await read(live, `${nth}.md`);
    const size = live.cell.running.durableSize();
    await live.cell.close();
    tamper(place.home, sql, ...values.map((back) => size - back));
    return size;
  };

  test('keeps at most what is asked for', LONG, async () => {
    for (let nth = 0; nth < 3; nth += 1) await read(live, `${nth}.md`);
    const size = live.cell.running.durableSize();
    await live.cell.close();
    const began = await recover(place.home, { to: size - 3, now_ms });
    expect(began).toMatchObject({ predecessor: { size: size - 3 }, lost: 3, fault: null });
    await reopen();
    expect((await read(live, 'a.md', false)).answer).toMatchObject({ code: 'LOCKED' });
  });

  test('keeps all before a damaged batch, names it, and leaves the old store as it was', LONG, async () => {
    const size = await damaged('UPDATE batches SET crc = crc + 1 WHERE first = ?', 4);
    await expect(open(place.home)).rejects.toMatchObject({ index: size - 4 });
    const began = await recover(place.home, { to: null, now_ms });
    expect(began).toMatchObject({ predecessor: { size: size - 4 }, fault: { index: size - 4 } });
    await thaw(await reopen());
    expect((await read(live, 'a.md')).answer).toMatchObject({ verdict: 'ALLOW' });
    const former = readdirSync(join(placesOf(place.home).store, 'predecessor'));
    expect(former).toEqual(expect.arrayContaining(['journal.sqlite', 'parts', 'blobs', 'engines']));
  });

  test('goes on from a store that was rolled back, and says how much is lost', LONG, async () => {
    const size = await damaged('DELETE FROM batches WHERE first >= ?', 5);
    await expect(open(place.home)).rejects.toMatchObject({ code: 'ROLLED_BACK' });
    const began = await recover(place.home, { to: null, now_ms });
    expect(began).toMatchObject({ predecessor: { size: size - 5 }, lost: 5 });
    await reopen();
  });

  test('refuses a journal of which nothing can be kept, and an empty home', LONG, async () => {
    await live.cell.close();
    tamper(place.home, 'UPDATE batches SET crc = crc + 1');
    const refused = recover(place.home, { to: null, now_ms });
    await expect(refused).rejects.toMatchObject({ code: 'NOTHING_TO_KEEP', index: 0 });
    const { journal } = placesOf(place.home);
    writeFileSync(journal, 'no database at all, but long enough to be looked at as if it were one');
    await expect(recover(place.home, { to: null, now_ms })).rejects.toMatchObject({
      code: 'NOTHING_TO_KEEP',
    });
    const other = makeHome();
    await expect(recover(other.home, { to: null, now_ms })).rejects.toMatchObject({ code: 'STORE_MISSING' });
    other.remove();
  });

  test('keeps sealed parts of the old log readable with the keys that are left', LONG, async () => {
    await read(live, '1.md');
    await live.cell.close();
    await recover(place.home, { to: null, now_ms });
    const places = placesOf(place.home);
    const keys = await openKeystore({ directory: places.keys, masters: openFileMasterKeys(places.keys) });
    expect(keys.has(live.ns)).toBe(true);
    await keys.close();
    expect(
      readdirSync(join(places.store, 'predecessor', 'parts')).some((name) => name.endsWith('.parts')),
    ).toBe(true);
    await reopen();
  });
});
