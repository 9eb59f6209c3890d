import { describe, expect, it } from 'vitest';
import { openTileFollower } from '../../src/cell/tile-follower.ts';
import { TilesFailure } from '../../src/tiles/failure.ts';
import { openTiles, type Tiles } from '../../src/tiles/tiles.ts';
import { temporaryDirectory } from '../home/temporary.ts';

const LEAVES = 40;
const leaves = (from: number): Uint8Array => new Uint8Array(LEAVES * 32).fill(from + 1);

describe('openTileFollower()', () => {
  it('openTileFollower() leaves tiles that the next start needs not make again', async () => {
    const folder = temporaryDirectory();
    const tiles = await openTiles(folder);
    const follower = openTileFollower(tiles);
    follower.durable(0, leaves(0));
    await follower.keep();
    // A second without anything new: what is there becomes durable.
    await follower.keep();
    await tiles.close();
    const again = await openTiles(folder);
    expect(again.size()).toBe(LEAVES);
    const later = openTileFollower(again);
    later.durable(LEAVES, leaves(LEAVES));
    await later.finish();
    await again.close();
    const last = await openTiles(folder);
    expect(last.size()).toBe(2 * LEAVES);
    await last.close();
  });

  it('openTileFollower() goes on when the disk that failed works again', async () => {
    const tiles = await openTiles(temporaryDirectory());
    let isFailing = true;
    const append: Tiles['append'] = (from, hashes) =>
      isFailing ? Promise.reject(new TilesFailure('TILES_IO', 'no room')) : tiles.append(from, hashes);
    const follower = openTileFollower({ ...tiles, append });
    follower.durable(0, leaves(0));
    await expect(follower.flush()).rejects.toMatchObject({ code: 'TILES_IO' });
    follower.durable(LEAVES, leaves(LEAVES));
    await expect(follower.upTo(2 * LEAVES)).rejects.toMatchObject({ code: 'TILES_IO' });
    isFailing = false;
    await follower.upTo(2 * LEAVES);
    expect(tiles.size()).toBe(2 * LEAVES);
    await tiles.close();
  });
});
