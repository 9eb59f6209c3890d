import { TILE_TREE_BYTES, type TileTree } from './tile-tree.ts';

/** 2,048 full tiles with their nodes: half a million recent or often asked leaves. */
export const CACHE_BYTES: number = 32 * 1024 * 1024;

export type TileCache = {
  get(level: number, index: number): Promise<TileTree>;
};

/** Keeps the tiles that were used last. Two that ask at once for one tile share the read. */
export function createTileCache(
  maxBytes: number,
  load: (level: number, index: number) => Promise<TileTree>,
): TileCache {
  const tilesMax = Math.max(1, Math.floor(maxBytes / TILE_TREE_BYTES));
  // A map remembers the order of insertion: the first key is the one that was not used for longest.
  const tiles = new Map<string, Promise<TileTree>>();
  return {
    get(level, index) {
      const key = `${level}/${index}`;
      const found = tiles.get(key);
      if (found !== undefined) {
        tiles.delete(key);
        tiles.set(key, found);
        return found;
      }
      const loading = load(level, index);
      tiles.set(key, loading);
      loading.catch(() => tiles.delete(key));
      for (const oldest of tiles.keys()) {
        if (tiles.size <= tilesMax) break;
        tiles.delete(oldest);
      }
      return loading;
    },
  };
}
