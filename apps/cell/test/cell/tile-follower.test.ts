import { HASH_BYTES } from '@writ/proof';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTileFollower, type TileFollower } from '../../src/cell/tile-follower.ts';
import { openTiles, type Tiles } from '../../src/tiles/tiles.ts';
import { temporaryDirectory } from '../home/temporary.ts';
import { leavesOf } from '../tiles/leaves.ts';

/** So many leaves wait at most, says the follower. */
const WAITING_LEAVES_MAX = 4_096;

let tiles: Tiles;
/** Real tiles, and how often they were written to. */
let writes = 0;
let isBroken = false;
let follower: TileFollower;

beforeEach(async () => {
  tiles = await openTiles(temporaryDirectory());
  writes = 0;
  isBroken = false;
  follower = openTileFollower({
    ...tiles,
    async append(from, leaf_hashes) {
      if (isBroken) throw new Error('the disk does not answer');
      writes += 1;
      await tiles.append(from, leaf_hashes);
    },
  });
});
afterEach(() => tiles.close());

async function expectLeaves(size: number): Promise<void> {
  expect(tiles.size()).toBe(size);
  await tiles.check(0, leavesOf(0, size));
}

describe('tileFollower', () => {
  it('durable() waits with small batches, and flush() writes them as one', async () => {
    follower.durable(0, leavesOf(0, 3));
    follower.durable(3, leavesOf(3, 10));
    expect([tiles.size(), writes]).toEqual([0, 0]);
    await follower.flush();
    await expectLeaves(10);
    expect(writes).toBe(1);
    await follower.flush();
    expect(writes).toBe(1);
  });

  it('durable() writes by itself when many leaves wait', async () => {
    for (let from = 0; from < WAITING_LEAVES_MAX; from += 256) {
      follower.durable(from, leavesOf(from, from + 256));
    }
    await vi.waitFor(() => expect(tiles.size()).toBe(WAITING_LEAVES_MAX));
    expect(writes).toBe(1);
    await expectLeaves(WAITING_LEAVES_MAX);
  });

  it('upTo() resolves when the tiles hold the records, and writes nothing when they do', async () => {
    follower.durable(0, leavesOf(0, 5));
    await follower.upTo(5);
    await expectLeaves(5);
    follower.durable(5, leavesOf(5, 6));
    await follower.upTo(5);
    expect(tiles.size()).toBe(5);
    await follower.upTo(6);
    await expectLeaves(6);
  });

  it('recovered() appends history that the tiles lack', async () => {
    await follower.recovered(0, leavesOf(0, 100));
    await follower.recovered(100, leavesOf(100, 300));
    await follower.flush();
    await expectLeaves(300);
  });

  it('recovered() compares history that the tiles have, and names the first difference', async () => {
    await tiles.append(0, leavesOf(0, 300));
    await follower.recovered(0, leavesOf(0, 300));
    expect(writes).toBe(0);
    const changed = leavesOf(100, 200);
    changed[7 * HASH_BYTES] = (changed[7 * HASH_BYTES] ?? 0) ^ 1;
    await expect(follower.recovered(100, changed)).rejects.toMatchObject({
      code: 'TILES_MISMATCH',
      index: 107,
    });
  });

  it('recovered() compares the part of a batch that the tiles have, and appends the rest', async () => {
    await tiles.append(0, leavesOf(0, 150));
    await follower.recovered(100, leavesOf(100, 200));
    await follower.flush();
    await expectLeaves(200);
  });

  it('flush() rejects a batch that differs in what the tiles have already', async () => {
    await tiles.append(0, leavesOf(0, 150));
    const changed = leavesOf(100, 200);
    changed[0] = (changed[0] ?? 0) ^ 1;
    follower.durable(100, changed);
    await expect(follower.flush()).rejects.toMatchObject({ code: 'TILES_MISMATCH', index: 100 });
    expect(tiles.size()).toBe(150);
  });

  it('durable() does not throw when writing fails; whoever waits for the tiles is told', async () => {
    isBroken = true;
    follower.durable(0, leavesOf(0, WAITING_LEAVES_MAX));
    await expect(follower.upTo(1)).rejects.toThrow('the disk does not answer');
    expect(tiles.size()).toBe(0);
  });
});
