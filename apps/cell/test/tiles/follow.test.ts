import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendLeaves, emptyFrontier, rootOf } from '@writ/proof';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Batch, Journal } from '../../src/journal/journal.ts';
import { createMemoryStore, openMemoryJournal } from '../../src/journal/memory.ts';
import { catchUp, checkTail } from '../../src/tiles/follow.ts';
import { openTiles, type Tiles } from '../../src/tiles/tiles.ts';
import { appendAll } from '../journal/batches.ts';
import { leavesOf } from './leaves.ts';

const EMPTY = { size: 0, term: 0 };
const leavesOfBatch = ({ from, count }: Batch): Uint8Array => leavesOf(from, from + count);

let folder: string;
let tiles: Tiles;
let journal: Journal;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'writ-follow-'));
  tiles = await openTiles(folder);
  journal = openMemoryJournal(createMemoryStore());
  await journal.open();
});
afterEach(async () => {
  await tiles.close();
  rmSync(folder, { recursive: true });
});

test('catchUp() appends what is missing, also from inside a batch, and checkTail() agrees', async () => {
  const head = await appendAll(journal, EMPTY, [256, 256, 100, 256], 1);
  await tiles.append(0, leavesOf(0, 300));
  await checkTail(tiles, journal, head.size, leavesOfBatch);
  await catchUp(tiles, journal, head.size, leavesOfBatch);
  await catchUp(tiles, journal, head.size, leavesOfBatch);
  await checkTail(tiles, journal, head.size, leavesOfBatch);
  expect(await tiles.root(868)).toEqual(rootOf(appendLeaves(emptyFrontier(), leavesOf(0, 868))));
});

test('checkTail() names the record when tiles and journal differ', async () => {
  const head = await appendAll(journal, EMPTY, [256, 256], 1);
  const leaves = leavesOf(0, 400);
  leaves.fill(0, 32 * 270, 32 * 271);
  await tiles.append(0, leaves);
  const checked = checkTail(tiles, journal, head.size, leavesOfBatch);
  await expect(checked).rejects.toMatchObject({ code: 'TILES_MISMATCH', index: 270 });
});

test('checkTail() names the end of the journal when the tiles have more', async () => {
  const head = await appendAll(journal, EMPTY, [256], 1);
  await tiles.append(0, leavesOf(0, 257));
  const checked = checkTail(tiles, journal, head.size, leavesOfBatch);
  await expect(checked).rejects.toMatchObject({ code: 'TILES_MISMATCH', index: 256 });
});

test('catchUp() refuses hashes that are not one for each record', async () => {
  const head = await appendAll(journal, EMPTY, [5], 1);
  const caught = catchUp(tiles, journal, head.size, () => leavesOf(0, 4));
  await expect(caught).rejects.toMatchObject({ code: 'TILES_INVALID', index: 0 });
});
