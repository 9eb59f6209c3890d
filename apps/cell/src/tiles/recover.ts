import { TILE_WIDTH } from '@writ/proof';
import { levelCount, rootOfTile } from './edges.ts';
import { LEVELS, type LevelFiles } from './level-files.ts';

/** Tiles of one level that are read at once while the level above is written again: 1 MB. */
const TILES_AT_ONCE = 128;

/**
 * Cuts the files back to what they surely hold and answers that size. What lies beyond the last sync may be
 * there in part, in any order, after a crash: it is dropped and comes again from the journal. A higher
 * level that is too short is derived from the one below it.
 */
export async function recoverLevels(files: LevelFiles, synced: number): Promise<number> {
  const leaves = await files.count(0);
  const size = Math.min(synced, leaves);
  for (let level = 0; level < LEVELS; level += 1) {
    const wanted = levelCount(size, level);
    const found = await files.count(level);
    if (found < wanted) await deriveLevel(files, level, found, wanted);
    await files.truncate(level, wanted);
  }
  return size;
}

async function deriveLevel(files: LevelFiles, level: number, from: number, to: number): Promise<void> {
  for (let next = from; next < to; ) {
    const count = Math.min(TILES_AT_ONCE, to - next);
    const below = await files.read(level - 1, next * TILE_WIDTH, count * TILE_WIDTH);
    for (let tile = 0; tile < count; tile += 1) {
      await files.write(level, next + tile, rootOfTile(below, tile));
    }
    next += count;
  }
}
