import { Failure } from '../failure.ts';
import { checkSize, foldNodes, type LeafRange, largestWithin, rangeNodes, type TreeNode } from './nodes.ts';

// Proofs of old records in two phases, so that whoever keeps the hashes may read them in any way he likes:
// first the list of complete subtrees whose hashes are needed, then the proof out of these hashes in that
// order.

/** The complete subtrees that an inclusion proof of leaf `index` in a tree of `size` leaves needs. */
export function inclusionNodes(index: number, size: number): TreeNode[] {
  return inclusionRanges(index, size).flatMap(rangeNodes);
}

/** The inclusion proof (RFC 9162 section 2.1.3.1), from the hashes of `inclusionNodes` in the same order. */
export function assembleInclusion(index: number, size: number, hashes: readonly Uint8Array[]): Uint8Array[] {
  return assemble(inclusionRanges(index, size), hashes);
}

/** The complete subtrees that a consistency proof between two sizes needs. */
export function consistencyNodes(first: number, second: number): TreeNode[] {
  return consistencyRanges(first, second).flatMap(rangeNodes);
}

/**
 * The consistency proof (RFC 9162 section 2.1.4.1), from the hashes of `consistencyNodes` in the same order.
 */
export function assembleConsistency(
  first: number,
  second: number,
  hashes: readonly Uint8Array[],
): Uint8Array[] {
  return assemble(consistencyRanges(first, second), hashes);
}

// PATH(m, D[n]) of RFC 9162 section 2.1.3.1, from the root down; a proof is written from the leaf up.
function inclusionRanges(index: number, size: number): LeafRange[] {
  checkSize(size);
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new Failure('TREE_INDEX', 'the index is not within the tree');
  }
  const ranges: LeafRange[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    ranges.unshift(index < middle ? { from: middle, to } : { from, to: middle });
    if (index < middle) to = middle;
    else from = middle;
  }
  return ranges;
}

// SUBPROOF(m, D[n], b) of RFC 9162 section 2.1.4.1, likewise.
function consistencyRanges(first: number, second: number): LeafRange[] {
  checkSize(first);
  checkSize(second);
  if (first < 1 || first > second) throw new Failure('TREE_SIZE', 'the first size is not within the second');
  const ranges: LeafRange[] = [];
  let from = 0;
  let to = second;
  while (to > first) {
    const middle = from + splitOf(to - from);
    ranges.unshift(first <= middle ? { from: middle, to } : { from, to: middle });
    if (first <= middle) to = middle;
    else from = middle;
  }
  // The subtree that both trees share is left out when it is the whole first tree: its root is known.
  return from === 0 ? ranges : [{ from, to }, ...ranges];
}

function assemble(ranges: readonly LeafRange[], hashes: readonly Uint8Array[]): Uint8Array[] {
  const counts = ranges.map((range) => rangeNodes(range).length);
  if (hashes.length !== counts.reduce((sum, count) => sum + count, 0)) {
    throw new Failure('TREE_PROOF_LENGTH', 'not the hashes that the proof needs');
  }
  let at = 0;
  return counts.map((count) => {
    at += count;
    return foldNodes(hashes.slice(at - count, at));
  });
}

/** The largest power of two that is smaller than `count`; `count` is at least 2. */
function splitOf(count: number): number {
  return largestWithin(count - 1).width;
}
