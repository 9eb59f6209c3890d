import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backup } from '../../src/drills/backup.ts';
import { recover } from '../../src/drills/recover.ts';
import { restore } from '../../src/drills/restore.ts';
import { type Home, initCell, placesOf } from './cell-doors.ts';
import { Crashed, crashAtName } from './crash-names.ts';
import { begin, makeHome, open, read } from './live-cell.ts';

/** One cell is made once; each crash meets a copy of it. */
let made: ReturnType<typeof makeHome>;
let agent: string;
let origin: string;
let scratch: string;

beforeAll(async () => {
  made = makeHome();
  const live = await begin(made.home);
  await read(live, 'a.md');
  ({ agent } = live);
  ({ origin } = live.cell.settings);
  await live.cell.close();
  await backup(made.home, join(made.root, 'backup'));
  scratch = mkdtempSync(join(tmpdir(), 'writ-crash-'));
});

afterAll(() => {
  made.remove();
  rmSync(scratch, { recursive: true });
});

const now_ms = Date.now();
const LONG = { timeout: 300_000 };

function copyHome(): { readonly root: string; readonly home: Home } {
  const root = mkdtempSync(join(scratch, 'home-'));
  copyTree(made.root, root);
  const config = join(root, 'config');
  return { root, home: { state: join(root, 'state'), config, keys: join(config, 'keys') } };
}

/** With owners and modes, which a home insists on. */
function copyTree(source: string, target: string): void {
  execFileSync('cp', ['-a', `${source}/.`, target]);
}

/** Dies at the n-th change of a name; true when it got that far. */
async function crash(nth: number, drill: () => Promise<unknown>): Promise<boolean> {
  const plan = crashAtName(nth);
  const failure: unknown = await drill().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  plan.end();
  if (failure === null) return false;
  const causes = failure instanceof Error ? [failure, failure.cause] : [];
  expect(causes.some((cause) => cause instanceof Crashed)).toBe(true);
  return true;
}

async function count(drill: () => Promise<unknown>): Promise<number> {
  const plan = crashAtName(Number.MAX_SAFE_INTEGER);
  await drill();
  return plan.end();
}

/**
 * The last steps, where one epoch takes the place of another, and one in the middle; every `stride`-th of
 * them. WRIT_TEST_CRASHES=all takes every change of a name there is.
 */
function places(all: number, stride = 1): readonly number[] {
  const every = Array.from({ length: all }, (_, at) => at + 1);
  if (process.env['WRIT_TEST_CRASHES'] === 'all') return every;
  return every.filter((nth) => (nth > all - 8 && (all - nth) % stride === 0) || nth === all >> 1);
}

/** The cell is in its new epoch, whole: it opens, is frozen, and knows its people and its predecessor. */
async function expectNewEpoch(home: Home): Promise<void> {
  const cell = await open(home);
  expect(cell.settings.origin).not.toBe(origin);
  const { answer } = await read({ home, cell, ns: '', agent }, 'b.md', false);
  expect(answer).toMatchObject({ verdict: 'BLOCK', code: 'LOCKED' });
  await cell.close();
  const { store } = placesOf(home);
  expect(existsSync(join(store, 'predecessor', 'journal.sqlite'))).toBe(true);
  expect(existsSync(`${store}.next`) || existsSync(join(home.config, 'epoch.json'))).toBe(false);
}

describe('recover()', () => {
  const drill = (home: Home) => () => recover(home, { to: null, now_ms });

  test('is completed by whoever comes next after a crash at any change of a name', LONG, async () => {
    const all = await count(drill(copyHome().home));
    for (const nth of places(all)) {
      const { home } = copyHome();
      expect(await crash(nth, drill(home))).toBe(true);
      // Before the intent the old cell stands untouched; after it, whoever opens it completes the new one.
      if ((await openedOrigin(home)) === origin) await recover(home, { to: null, now_ms });
      await expectNewEpoch(home);
    }
  });
});

async function openedOrigin(home: Home): Promise<string> {
  const cell = await open(home);
  await cell.close();
  return cell.settings.origin;
}

describe('restore()', () => {
  const emptied = (): ReturnType<typeof copyHome> => {
    const copy = copyHome();
    rmSync(placesOf(copy.home).store, { recursive: true });
    return copy;
  };
  const drill =
    ({ root, home }: ReturnType<typeof copyHome>) =>
    () =>
      restore(join(root, 'backup'), home, { now_ms, vkey: null });

  test('completes when it is run again after a crash at any change of a name', {
    timeout: 300_000,
  }, async () => {
    const all = await count(drill(emptied()));
    for (const nth of places(all, 3)) {
      const copy = emptied();
      expect(await crash(nth, drill(copy))).toBe(true);
      await drill(copy)();
      await expectNewEpoch(copy.home);
    }
  });

  test('has the right of way before a new cell in the same home', LONG, async () => {
    const all = await count(drill(emptied()));
    const copy = emptied();
    // After the intent, before the store stands in its place.
    expect(await crash(all - 3, drill(copy))).toBe(true);
    expect(existsSync(join(copy.home.config, 'epoch.json'))).toBe(true);
    const begun = initCell(copy.home, { name: 'other', now_ms });
    await expect(begun).rejects.toMatchObject({ code: 'STORE_EXISTS' });
    await expectNewEpoch(copy.home);
  });
});

describe('backup()', () => {
  test('is begun anew after a crash, and is no backup before it is whole', LONG, async () => {
    const all = await count(() => backup(made.home, join(scratch, 'counted')));
    for (const nth of places(all, 3)) {
      const { root, home } = copyHome();
      const target = join(root, 'again');
      expect(await crash(nth, () => backup(home, target))).toBe(true);
      if (existsSync(join(target, 'manifest.json'))) continue;
      rmSync(placesOf(home).store, { recursive: true });
      await expect(restore(target, home, { now_ms, vkey: null })).rejects.toMatchObject({
        code: 'BACKUP_INVALID',
      });
      copyTree(placesOf(made.home).store, placesOf(home).store);
      await backup(home, target);
      rmSync(placesOf(home).store, { recursive: true });
      await restore(target, home, { now_ms, vkey: null });
      await expectNewEpoch(home);
    }
  });
});
