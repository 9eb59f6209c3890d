import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { proveRecord } from '../../src/cell/prove.ts';
import type { CellEvent } from '../../src/core/cell-ports.ts';
import { type Cell, placesOf } from '../drills/cell-doors.ts';
import { begin, type LiveCell, makeHome, open, read, tamper } from '../drills/live-cell.ts';

let place: ReturnType<typeof makeHome>;
let live: LiveCell;
let events: CellEvent[];

const PACE = { snapshot_every_records: 20, scrub_records_per_second: 1e6, scrub_first_rest_ms: 0 };

beforeEach(async () => {
  place = makeHome();
  live = await begin(place.home);
  events = [];
  await live.cell.close();
});

afterEach(async () => {
  await live.cell.close();
  place.remove();
});

async function reopen(pace: object = PACE): Promise<Cell> {
  const cell = await open(place.home, { pace, report: (event) => events.push(event) });
  live = { ...live, cell };
  return cell;
}

/** A snapshot that the log names, at the least after so many actions. */
async function snapshotTaken(): Promise<number> {
  const { snapshots } = (await reopen({ ...PACE, scrub_first_rest_ms: 1e6 })).followers;
  for (let nth = 0; snapshots.status().taken === 0; nth += 1) await read(live, `${nth}.md`);
  return snapshots.status().size;
}

describe('openCell()', () => {
  test('starts from a snapshot that it took before, and proves records from before it', {
    timeout: 120_000,
  }, async () => {
    const size = await snapshotTaken();
    await live.cell.close();
    const places = placesOf(place.home);
    expect(readdirSync(places.snapshots).length).toBeGreaterThan(0);
    // The tiles are derived: what the fold does not read again comes from the journal.
    rmSync(places.tiles, { recursive: true });
    mkdirSync(places.tiles, { mode: 0o700 });
    const cell = await reopen();
    expect(cell.followers.snapshots.status().size).toBe(size);
    expect((await read(live, 'after.md')).answer).toMatchObject({ verdict: 'ALLOW' });
    const proven = await proveRecord(cell, 1);
    expect(proven.index).toBe(1);
    await cell.tilesUpTo(cell.running.durableSize());
    expect(cell.running.phase()).toBe('open');
  });

  test('stops answering when the scrub finds what no start reads', { timeout: 120_000 }, async () => {
    const size = await snapshotTaken();
    await live.cell.close();
    // Before the snapshot, behind the tail that a start checks.
    tamper(place.home, 'UPDATE batches SET crc = crc + 1 WHERE first = 2');
    expect(size).toBeGreaterThan(2);
    const cell = await reopen();
    while (cell.running.phase() === 'open') await setTimeout(20);
    expect(cell.running.phase()).toBe('down');
    expect(cell.followers.scrub()?.position().mismatch).toMatchObject({ where: 'journal', index: 2 });
    await expect(read(live, 'x.md')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const down = events.find((event) => event.kind === 'down');
    expect(down).toMatchObject({ why: 'corrupt', cause: { code: 'STORE_CORRUPT', index: 2 } });
  });
});
