import { type Frontier, frontierOf } from '../tree/frontier.ts';
import { HASH_BYTES, nodeHashInto } from '../tree/hash.ts';
import { emptyRoot } from '../tree/nodes.ts';

/**
 * The frontier of a tree that only grows (02 section 3), changed in place: a pass over a log adds every leaf
 * once and goes back to none. Peaks lie packed from the largest to the smallest.
 */
export type GrowingTree = { size: number; count: number; readonly peaks: Uint8Array };

// A tree of 2^53 − 1 leaves has 53 peaks, and one more lies there for a moment.
const PEAKS_MAX = 54;

export function beginTree(): GrowingTree {
  return { size: 0, count: 0, peaks: new Uint8Array(PEAKS_MAX * HASH_BYTES) };
}

/** Adds the leaf hashes `from` up to and without `to` of packed ones. */
export function grow(tree: GrowingTree, hashes: Uint8Array, from: number, to: number): void {
  const { peaks } = tree;
  for (let at = from; at < to; at++) {
    peaks.set(hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES), tree.count * HASH_BYTES);
    tree.count += 1;
    // Each one bit at the end of the old size is a peak as large as what has just become complete.
    for (let rest = tree.size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      const left = (tree.count - 2) * HASH_BYTES;
      nodeHashInto(peaks, left, peaks, left + HASH_BYTES, peaks, left);
      tree.count -= 1;
    }
    tree.size += 1;
  }
}

export function rootOfGrowing(tree: GrowingTree): Uint8Array {
  const { peaks, count } = tree;
  if (count === 0) return emptyRoot();
  const root = peaks.slice((count - 1) * HASH_BYTES, count * HASH_BYTES);
  for (let at = count - 2; at >= 0; at--) nodeHashInto(peaks, at * HASH_BYTES, root, 0, root, 0);
  return root;
}

/** The tree as it is now, for going on from it in another way. */
export function frontierNow(tree: GrowingTree): Frontier {
  return frontierOf(tree.size, tree.peaks.subarray(0, tree.count * HASH_BYTES));
}
