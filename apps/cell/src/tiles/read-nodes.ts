import { equalBytes, HASH_BYTES, type TreeNode, TILE_WIDTH, tileOf } from '@writ/proof';
import { type Edges, levelCount } from './edges.ts';
import { TilesFailure } from './failure.ts';
import type { LevelFiles } from './level-files.ts';
import { createTileCache } from './tile-cache.ts';
import { growTileTree, nodeOfHashes, nodeOfTile } from './tile-tree.ts';

/** The tree as it is between two appends: replaced at once, never changed in place. */
export type View = { readonly size: number; readonly edges: Edges };

export type NodeReader = {
  /** The hashes of complete subtrees, in the order of `nodes`. */
  hashes(nodes: readonly TreeNode[]): Promise<Uint8Array[]>;
  /** Packed leaf hashes. */
  leaves(from: number, count: number): Promise<Uint8Array>;
};

/** Reads nodes from the edges in memory, from full tiles that were used lately, or from the files. */
export function createNodeReader(files: LevelFiles, cacheBytes: number, view: () => View): NodeReader {
  const cache = createTileCache(cacheBytes, async (level, index) => {
    const tree = growTileTree(await files.read(level, index * TILE_WIDTH, TILE_WIDTH));
    const above = await readHashes(files, view(), level + 1, index, 1);
    // Its root stands in the level above too: a damaged disk would have to change both places alike.
    if (!equalBytes(nodeOfTile(tree, 0, TILE_WIDTH), above)) {
      const first = index * TILE_WIDTH ** (level + 1);
      throw new TilesFailure('TILES_CORRUPT', `a tile of level ${level} does not match the one above`, first);
    }
    return tree;
  });

  const hashOf = async (node: TreeNode): Promise<Uint8Array> => {
    const { size, edges } = view();
    const { level, index, first, count } = tileOf(node);
    const isEdge = index === Math.floor(levelCount(size, level) / TILE_WIDTH);
    if (isEdge) return nodeOfHashes(edges[level] ?? new Uint8Array(0), first, count);
    return nodeOfTile(await cache.get(level, index), first, count);
  };

  return {
    hashes: (nodes) => Promise.all(nodes.map(hashOf)),
    leaves: (from, count) => readHashes(files, view(), 0, from, count),
  };
}

/** Hashes of one level, from the file and, where the range reaches into it, from the edge. */
async function readHashes(
  files: LevelFiles,
  { size, edges }: View,
  level: number,
  from: number,
  count: number,
): Promise<Uint8Array> {
  const total = levelCount(size, level);
  const edgeStart = total - (total % TILE_WIDTH);
  const inFile = Math.max(0, Math.min(count, edgeStart - from));
  const hashes = new Uint8Array(count * HASH_BYTES);
  if (inFile > 0) hashes.set(await files.read(level, from, inFile));
  if (inFile < count) {
    const start = from + inFile - edgeStart;
    const edge = edges[level] ?? new Uint8Array(0);
    hashes.set(edge.subarray(start * HASH_BYTES, (start + count - inFile) * HASH_BYTES), inFile * HASH_BYTES);
  }
  return hashes;
}
