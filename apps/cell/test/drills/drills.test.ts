import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { submit } from '../../src/cell/submit.ts';
import { backup, backupCell } from '../../src/drills/backup.ts';
import { recover } from '../../src/drills/recover.ts';
import { restore } from '../../src/drills/restore.ts';
import { begin, type LiveCell, makeHome, open, read } from './live-cell.ts';
import { placesOf } from './cell-doors.ts';

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

describe('restore()', () => {
  test('goes on from a backup in a new epoch, frozen, with everything in force and nothing open', async () => {
    for (let nth = 0; nth < 5; nth += 1) await read(live, `${nth}.md`);
    const left = await read(live, 'left.md', false);
    const manifest = await backupCell(place.home, live.cell, target);
    await read(live, 'later.md');
    const before = live.cell.settings;
    await live.cell.close();
    rmSync(placesOf(place.home).store, { recursive: true });
    const began = await restore(target, place.home, { now_ms, vkey: null });
    expect(began.predecessor).toMatchObject({ origin: before.origin, size: manifest.size });
    expect(began.lost).toBe(3);
    const cell = await open(place.home);
    const after = { ...live, cell };
    expect(cell.settings.origin).not.toBe(before.origin);
    expect(cell.running.state().permitted.size).toBe(0);
    expect((await read(after, 'a.md', false)).answer).toMatchObject({ verdict: 'BLOCK', code: 'LOCKED' });
    const by = cell.settings.operator;
    const thaw = { kind: 'thaw', id: cell.mint.id('thw'), by, scope: { scope: 'all' } } as const;
    await submit(cell, { ...thaw, proof_of_person: 'p2' });
    expect((await read(after, 'a.md')).answer).toMatchObject({ verdict: 'ALLOW' });
    expect(left.answer).toMatchObject({ verdict: 'ALLOW' });
    await cell.close();
    live = { ...live, cell: await open(place.home) };
    expect((await read(live, 'b.md')).answer).toMatchObject({ verdict: 'ALLOW' });
    expect(existsSync(join(placesOf(place.home).store, 'predecessor', 'journal.sqlite'))).toBe(true);
  });
});

describe('recover()', () => {
  test('keeps what is asked for and begins a new epoch', async () => {
    for (let nth = 0; nth < 5; nth += 1) await read(live, `${nth}.md`);
    const size = live.cell.running.durableSize();
    await live.cell.close();
    const began = await recover(place.home, { to: size - 3, now_ms });
    expect(began.predecessor.size).toBe(size - 3);
    expect(began.fault).toBe(null);
    live = { ...live, cell: await open(place.home) };
    expect((await read(live, 'a.md', false)).answer).toMatchObject({ code: 'LOCKED' });
    await live.cell.close();
    await backup(place.home, target);
    live = { ...live, cell: await open(place.home) };
  });
});
