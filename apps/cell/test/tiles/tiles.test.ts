import {
  appendFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  appendLeaves,
  emptyFrontier,
  leafHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from '@writ/proof';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLevelFiles } from '../../src/tiles/level-files.ts';
import { createTileCache } from '../../src/tiles/tile-cache.ts';
import { TILE_TREE_BYTES } from '../../src/tiles/tile-tree.ts';
import { LEAVES_AT_ONCE_MAX, openTiles, type Tiles } from '../../src/tiles/tiles.ts';
import { leavesOf } from './leaves.ts';

let folder: string;
const opened: Tiles[] = [];

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'writ-tiles-')), 'tiles');
});
afterEach(async () => {
  for (const tiles of opened.splice(0)) await tiles.close().catch(() => {});
  rmSync(join(folder, '..'), { recursive: true });
});

const open = async (cacheBytes?: number): Promise<Tiles> => {
  const tiles = await openTiles(folder, cacheBytes);
  opened.push(tiles);
  return tiles;
};
const level = (number: number): string => join(folder, `level-${number}`);
const code = (wanted: string, index?: number): object =>
  expect.objectContaining(index === undefined ? { code: wanted } : { code: wanted, index });
const rootAt = (size: number): Uint8Array => rootOf(appendLeaves(emptyFrontier(), leavesOf(0, size)));
/** A folder with `size` leaves, synced and closed. */
const prepared = async (size: number): Promise<void> => {
  const tiles = await open();
  for (let from = 0; from < size; from += 5_000)
    await tiles.append(from, leavesOf(from, Math.min(size, from + 5_000)));
  await tiles.sync();
  await tiles.close();
};
const flip = (path: string, position: number): void => {
  const byte = (readFileSync(path)[position] ?? 0) ^ 1;
  writeSync(openSync(path, 'r+'), Uint8Array.of(byte), 0, 1, position);
};

/** Every question about a tree of at least `size` leaves, answered and checked by the verifier. */
async function askAll(
  tiles: Tiles,
  size: number,
  indexes: readonly number[],
  firsts: readonly number[],
): Promise<void> {
  const root = rootAt(size);
  expect(await tiles.root(size)).toEqual(root);
  expect(rootOf(await tiles.frontier(size))).toEqual(root);
  for (const index of indexes) {
    const proof = await tiles.inclusionProof(index, size);
    verifyInclusion({
      index: BigInt(index),
      size: BigInt(size),
      leafHash: leafHash(new TextEncoder().encode(String(index))),
      proof,
      root,
    });
  }
  for (const first of firsts) {
    const proof = await tiles.consistencyProof(first, size);
    verifyConsistency({
      firstSize: BigInt(first),
      secondSize: BigInt(size),
      firstRoot: rootAt(first),
      secondRoot: root,
      proof,
    });
  }
}

describe('openTiles()', () => {
  test('proves every leaf against every size in small trees', async () => {
    const tiles = await open();
    await tiles.append(0, leavesOf(0, 20));
    for (let size = 1; size <= 20; size += 1) {
      const all = Array.from({ length: size }, (_, at) => at);
      await askAll(
        tiles,
        size,
        all,
        all.map((index) => index + 1),
      );
    }
  });

  test('proves old and new leaves around the borders of tiles and of levels', async () => {
    await prepared(66_000);
    const tiles = await open(TILE_TREE_BYTES * 2);
    for (const size of [255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, 65_800, 66_000]) {
      const inside = [0, 1, 254, 255, 256, 257, 40_000, 65_535, 65_536, size - 1].filter(
        (index) => index < size,
      );
      await askAll(
        tiles,
        size,
        inside,
        [1, 255, 256, 257, 300, 65_536, size].filter((first) => first <= size),
      );
    }
  });

  test('gives the same answers however the leaves were cut and wherever it was opened again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 700 }), fc.boolean()), { minLength: 1, maxLength: 6 }),
        fc.nat(),
        async (steps, pick) => {
          rmSync(folder, { recursive: true, force: true });
          let tiles = await open();
          for (const [count, isReopened] of steps) {
            const from = tiles.size();
            await tiles.append(from, leavesOf(from, from + count));
            if (!isReopened) continue;
            await tiles.sync();
            await tiles.close();
            tiles = await open();
            expect(tiles.size()).toBe(from + count);
          }
          const size = 1 + (pick % tiles.size());
          await askAll(tiles, size, [pick % size, 0], [1 + (pick % size)]);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('answers while appends run beside it', async () => {
    const tiles = await open();
    await tiles.append(0, leavesOf(0, 1_000));
    const appends = [1_000, 1_300, 1_600].map((from) => tiles.append(from, leavesOf(from, from + 300)));
    await askAll(tiles, 1_000, [0, 300, 999], [256]);
    await Promise.all(appends);
    await askAll(tiles, 1_900, [0, 999, 1_899], [1_000]);
  });

  test.each([
    ['an append leaves a gap', 'TILES_ORDER', (tiles: Tiles) => tiles.append(601, leavesOf(601, 602))],
    ['an append repeats a leaf', 'TILES_ORDER', (tiles: Tiles) => tiles.append(599, leavesOf(599, 601))],
    ['the hashes are not whole', 'TILES_INVALID', (tiles: Tiles) => tiles.append(600, new Uint8Array(33))],
    ['there are no hashes', 'TILES_INVALID', (tiles: Tiles) => tiles.append(600, new Uint8Array(0))],
    [
      'there are too many hashes',
      'TILES_INVALID',
      (tiles: Tiles) => tiles.append(600, new Uint8Array(32 * (LEAVES_AT_ONCE_MAX + 1))),
    ],
    ['the size lies ahead', 'TILES_RANGE', (tiles: Tiles) => tiles.root(601)],
    ['the size is negative', 'TILES_INVALID', (tiles: Tiles) => tiles.inclusionProof(0, -1)],
    ['the subtree is not complete', 'TILES_RANGE', (tiles: Tiles) => tiles.hashAt(9, 1)],
    ['the level is none', 'TILES_INVALID', (tiles: Tiles) => tiles.hashAt(0.5, 0)],
    ['the index lies outside of the tree', 'TREE_INDEX', (tiles: Tiles) => tiles.inclusionProof(600, 600)],
    ['the first size is above the second', 'TREE_SIZE', (tiles: Tiles) => tiles.consistencyProof(600, 599)],
  ])('refuses and stays as it was when %s', async (_, wanted, call) => {
    const tiles = await open();
    await tiles.append(0, leavesOf(0, 600));
    await expect(call(tiles)).rejects.toEqual(code(wanted));
    await tiles.append(600, leavesOf(600, 700));
    await askAll(tiles, 700, [0, 699], [600]);
  });

  test('check() names the first leaf that differs', async () => {
    const tiles = await open();
    await tiles.append(0, leavesOf(0, 600));
    await tiles.check(0, leavesOf(0, 600));
    await tiles.check(250, leavesOf(250, 530));
    const other = leavesOf(250, 530);
    other[32 * 20 + 5] = (other[32 * 20 + 5] ?? 0) ^ 1;
    await expect(tiles.check(250, other)).rejects.toEqual(code('TILES_MISMATCH', 270));
  });
});

describe('openTiles() after a crash', () => {
  test('goes back to the last sync, whatever of the rest reached the disk', async () => {
    await prepared(1_000);
    const tiles = await open();
    await tiles.append(1_000, leavesOf(1_000, 1_700));
    await tiles.close();
    flip(level(0), 1_200 * 32);
    appendFileSync(level(1), new Uint8Array(77));
    const again = await open();
    expect(again.size()).toBe(1_000);
    expect([statSync(level(0)).size, statSync(level(1)).size]).toEqual([1_000 * 32, 3 * 32]);
    await again.append(1_000, leavesOf(1_000, 1_700));
    await askAll(again, 1_700, [0, 1_100, 1_699], [1_000]);
  });

  test('goes back to nothing when it was never synced', async () => {
    const tiles = await open();
    await tiles.append(0, leavesOf(0, 300));
    await tiles.close();
    expect((await open()).size()).toBe(0);
  });

  test('derives a higher level again when it is shorter than the one below it', async () => {
    await prepared(66_000);
    truncateSync(level(1), 32 * 100 + 7);
    truncateSync(level(2), 0);
    const tiles = await open();
    expect(tiles.size()).toBe(66_000);
    await askAll(tiles, 66_000, [0, 30_000, 65_999], [65_536]);
    expect(statSync(level(1)).size).toBe(257 * 32);
  });

  test('goes back to the leaves that are there when the lowest level lost some', async () => {
    await prepared(1_000);
    truncateSync(level(0), 700 * 32 + 3);
    const tiles = await open();
    expect(tiles.size()).toBe(700);
    await tiles.append(700, leavesOf(700, 1_000));
    await askAll(tiles, 1_000, [0, 699, 999], [700]);
  });

  test.each([
    ['in a peak', 2, 5],
    ['in the last, partial tile', 0, 65_900 * 32],
  ])('refuses to open when one bit changed %s', async (_, number, position) => {
    await prepared(66_000);
    flip(level(number), position);
    await expect(open()).rejects.toEqual(code('TILES_CORRUPT'));
  });

  test.each([
    ['a full tile of leaves', 0, 300 * 32, 256],
    ['a full tile of roots', 1, 3 * 32, 0],
  ])(
    'refuses to prove and names the first record of the tile when one bit changed in %s',
    async (_, number, position, index) => {
      await prepared(66_000);
      flip(level(number), position);
      const tiles = await open();
      await expect(tiles.inclusionProof(300, 66_000)).rejects.toEqual(code('TILES_CORRUPT', index));
    },
  );

  test('refuses to open when the marker is not one', async () => {
    await prepared(10);
    writeFileSync(join(folder, 'synced'), 'writ-tiles 1\n010\nAAAA\n');
    await expect(open()).rejects.toEqual(code('TILES_CORRUPT'));
  });
});

describe('reading tiles', () => {
  test('keeps to its bytes, keeps what was used last and shares a read', async () => {
    const loads: string[] = [];
    const cache = createTileCache(TILE_TREE_BYTES * 2, async (number, index) => {
      loads.push(`${number}/${index}`);
      if (index === 9) throw new Error('unreadable');
      return new Uint8Array(1);
    });
    await Promise.all([cache.get(0, 1), cache.get(0, 1)]);
    await cache.get(0, 2);
    await cache.get(0, 1);
    await cache.get(0, 3);
    await cache.get(0, 1);
    await cache.get(0, 2);
    expect(loads).toEqual(['0/1', '0/2', '0/3', '0/2']);
    await expect(cache.get(0, 9)).rejects.toThrow('unreadable');
    await expect(cache.get(0, 9)).rejects.toThrow('unreadable');
  });

  test('openLevelFiles() reports a level that ends early with the record where it does', async () => {
    await prepared(66_000);
    const files = await openLevelFiles(folder);
    await expect(files.read(1, 250, 10)).rejects.toEqual(code('TILES_CORRUPT', 257 * 256));
    await files.close();
  });
});
