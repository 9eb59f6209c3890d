import { HASH_BYTES, TILE_WIDTH } from '@writ/proof';
import { LEVELS, type LevelFiles } from './level-files.ts';
import { growTileTree, nodeOfTile } from './tile-tree.ts';

/** The last tile of each level, never full: what an append adds to. Never changed in place. */
export type Edges = readonly Uint8Array[];

/** What an append writes: the hashes to add to each level, and the edges afterwards. */
export type Growth = { readonly added: readonly Uint8Array[]; readonly edges: Edges };

/** The number of hashes that a level of a tree of `size` leaves has. */
export function levelCount(size: number, level: number): number {
  return Math.floor(size / TILE_WIDTH ** level);
}

export async function readEdges(files: LevelFiles, size: number): Promise<Edges> {
  const edges: Uint8Array[] = [];
  for (let level = 0; level < LEVELS; level += 1) {
    const count = levelCount(size, level);
    edges.push(await files.read(level, count - (count % TILE_WIDTH), count % TILE_WIDTH));
  }
  return edges;
}

/** Adds packed leaf hashes to the lowest level; each tile that fills up adds its root to the level above. */
export function growEdges(edges: Edges, leafHashes: Uint8Array): Growth {
  const added: Uint8Array[] = [];
  const after: Uint8Array[] = [];
  let rising = leafHashes;
  for (let level = 0; level < LEVELS; level += 1) {
    added.push(rising);
    const hashes = joined(edges[level] ?? new Uint8Array(0), rising);
    const full = Math.floor(hashes.byteLength / (TILE_WIDTH * HASH_BYTES));
    const roots = new Uint8Array(full * HASH_BYTES);
    for (let tile = 0; tile < full; tile += 1) roots.set(rootOfTile(hashes, tile), tile * HASH_BYTES);
    after.push(hashes.slice(full * TILE_WIDTH * HASH_BYTES));
    rising = roots;
  }
  return { added, edges: after };
}

/** The root of the full tile that is the `tile`-th of packed hashes. */
export function rootOfTile(hashes: Uint8Array, tile: number): Uint8Array {
  const start = tile * TILE_WIDTH * HASH_BYTES;
  return nodeOfTile(growTileTree(hashes.subarray(start, start + TILE_WIDTH * HASH_BYTES)), 0, TILE_WIDTH);
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  const both = new Uint8Array(left.byteLength + right.byteLength);
  both.set(left);
  both.set(right, left.byteLength);
  return both;
}
