import { foldNodes, HASH_BYTES, nodeHash, TILE_WIDTH } from '@writ/proof';

/**
 * The hashes of a full tile with all nodes above them, as a heap: node 1 is the root, 256 … 511 are the
 * hashes.
 */
export type TileTree = Uint8Array;

export const TILE_TREE_BYTES: number = 2 * TILE_WIDTH * HASH_BYTES;

export function growTileTree(hashes: Uint8Array): TileTree {
  const tree = new Uint8Array(TILE_TREE_BYTES);
  tree.set(hashes, TILE_WIDTH * HASH_BYTES);
  for (let node = TILE_WIDTH - 1; node >= 1; node -= 1) {
    tree.set(nodeHash(at(tree, 2 * node), at(tree, 2 * node + 1)), node * HASH_BYTES);
  }
  return tree;
}

/**
 * The root of the subtree over `count` hashes from `first`; `count` is a power of two that divides `first`.
 */
export function nodeOfTile(tree: TileTree, first: number, count: number): Uint8Array {
  return Uint8Array.from(at(tree, (TILE_WIDTH + first) / count));
}

/** The same where the tile is not full: folded from its hashes. */
export function nodeOfHashes(hashes: Uint8Array, first: number, count: number): Uint8Array {
  let level = Array.from({ length: count }, (_, position) => at(hashes, first + position));
  while (level.length > 1) {
    level = Array.from({ length: level.length / 2 }, (_, pair) =>
      foldNodes(level.slice(2 * pair, 2 * pair + 2)),
    );
  }
  return Uint8Array.from(level[0] ?? []);
}

function at(hashes: Uint8Array, position: number): Uint8Array {
  return hashes.subarray(position * HASH_BYTES, (position + 1) * HASH_BYTES);
}
