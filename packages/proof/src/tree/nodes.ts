import { Failure } from '../failure.ts';
import { HASH_BYTES, nodeHash } from './hash.ts';

/**
 * A complete subtree: level 0 are the leaves, and `index` counts the subtrees of 2^level leaves from the
 * left.
 */
export type TreeNode = { readonly level: number; readonly index: number };

/**
 * The leaves from `from` up to and without `to`: one subtree of the whole tree, complete or on the right
 * edge.
 */
export type LeafRange = { readonly from: number; readonly to: number };

/** SHA-256 of nothing: the root of the tree without leaves (RFC 9162 section 2.1.1). */
const EMPTY_ROOT: readonly number[] = [
  0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24, 0x27, 0xae,
  0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
];

export function emptyRoot(): Uint8Array {
  return Uint8Array.from(EMPTY_ROOT);
}

export function checkSize(size: number): void {
  if (!Number.isSafeInteger(size) || size < 0) throw new Failure('TREE_SIZE', 'not a tree size');
}

/** The complete subtrees that make up a range, from the largest (left) to the smallest (right). */
export function rangeNodes(range: LeafRange): TreeNode[] {
  const nodes: TreeNode[] = [];
  let from = range.from;
  while (from < range.to) {
    const { level, width } = largestWithin(range.to - from);
    nodes.push({ level, index: from / width });
    from += width;
  }
  return nodes;
}

/** The complete subtrees of a whole tree: its frontier. */
export function peakNodes(size: number): TreeNode[] {
  checkSize(size);
  return rangeNodes({ from: 0, to: size });
}

/** Number of peaks of a tree: the one bits of its size. */
export function peakCount(size: number): number {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}

/** The hash over complete subtrees in order from left to right, as the right edge of a tree joins them. */
export function foldNodes(hashes: readonly Uint8Array[]): Uint8Array {
  let hash = hashes.at(-1);
  if (hash === undefined) return emptyRoot();
  if (hash.length !== HASH_BYTES) throw new Failure('TREE_HASH_LENGTH', 'a hash is exactly 32 bytes');
  for (let i = hashes.length - 2; i >= 0; i--) hash = nodeHash(hashes[i] ?? emptyRoot(), hash);
  return Uint8Array.from(hash);
}

/** The largest power of two that is not above `count`; `count` is at least 1. */
export function largestWithin(count: number): { readonly level: number; readonly width: number } {
  let level = 0;
  let width = 1;
  while (width * 2 <= count) {
    width *= 2;
    level += 1;
  }
  return { level, width };
}
