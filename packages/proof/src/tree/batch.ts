import { Failure } from '../failure.ts';
import type { Frontier } from './frontier.ts';
import { HASH_BYTES, nodeHashInto } from './hash.ts';
import { emptyRoot, peakCount } from './nodes.ts';

/** A tree before and after one batch, able to prove every leaf of the batch without reading anything. */
export type TreeBatch = {
  readonly before: Frontier;
  readonly after: Frontier;
  /** Leaves of the batch. */
  readonly count: number;
  /** Root hash of the tree after the batch. */
  readonly root: Uint8Array;
  /**
   * Inclusion proof (RFC 9162 section 2.1.3) of leaf `before.size + i` in the tree of `after.size` leaves.
   * The hashes are views that proofs of one batch share; equal nodes are the same object. They are not to be
   * written.
   */
  readonly proveInclusion: (i: number) => Uint8Array[];
};

/**
 * Nodes of one level that are known: peak of the old frontier, if it has one here, and all that came after.
 */
type Level = { readonly first: number; readonly nodes: readonly Uint8Array[] };

/**
 * Adds packed leaf hashes to a frontier. Siblings of a new leaf are new nodes, peaks of the old frontier, or
 * the fold of what lies on the right edge; nothing else of the old tree is ever needed.
 */
export function openBatch(before: Frontier, leafHashes: Uint8Array): TreeBatch {
  if (leafHashes.length % HASH_BYTES !== 0)
    throw new Failure('TREE_HASH_LENGTH', 'a hash is exactly 32 bytes');
  if (before.peaks.length !== peakCount(before.size) * HASH_BYTES) {
    throw new Failure('TREE_FRONTIER', 'the number of peaks does not fit the size');
  }
  const count = leafHashes.length / HASH_BYTES;
  const size = before.size + count;
  if (!Number.isSafeInteger(size)) throw new Failure('TREE_SIZE', 'the tree would pass 2^53 − 1 leaves');
  const levels = buildLevels(before, Uint8Array.from(leafHashes), size);
  const edges = foldEdges(levels, size);
  const root = Uint8Array.from(edges.at(-1) ?? emptyRoot());
  const after: Frontier = { size, peaks: peaksOf(levels, size) };
  const proveInclusion = (i: number): Uint8Array[] => {
    if (!Number.isInteger(i) || i < 0 || i >= count)
      throw new Failure('TREE_INDEX', 'no such leaf in the batch');
    return pathOf(levels, edges, before.size + i, size);
  };
  return { before, after, count, root, proveInclusion };
}

function buildLevels(before: Frontier, leafHashes: Uint8Array, size: number): Level[] {
  const levels: Level[] = [];
  // Peaks lie from the largest to the smallest, and levels go up: they are taken from the end.
  let peakAt = before.peaks.length;
  let oldEnd = before.size;
  let end = size;
  let fresh = leafHashes;
  while (end > 0) {
    const nodes: Uint8Array[] = [];
    const hasPeak = oldEnd % 2 === 1;
    if (hasPeak) {
      peakAt -= HASH_BYTES;
      nodes.push(before.peaks.slice(peakAt, peakAt + HASH_BYTES));
    }
    for (let at = 0; at < fresh.length; at += HASH_BYTES) nodes.push(fresh.subarray(at, at + HASH_BYTES));
    levels.push({ first: hasPeak ? oldEnd - 1 : oldEnd, nodes });
    fresh = parentsOf(nodes);
    oldEnd = Math.floor(oldEnd / 2);
    end = Math.floor(end / 2);
  }
  return levels;
}

// INVARIANT: `first` of every level is even, so the pairs of the level are the pairs of the tree. A lone last
// node has no parent yet.
function parentsOf(nodes: readonly Uint8Array[]): Uint8Array {
  const parents = new Uint8Array(Math.floor(nodes.length / 2) * HASH_BYTES);
  for (let i = 0; i + 1 < nodes.length; i += 2) {
    nodeHashInto(nodes[i] ?? NONE, 0, nodes[i + 1] ?? NONE, 0, parents, (i / 2) * HASH_BYTES);
  }
  return parents;
}

// Only named where the index type allows undefined; every index above is within bounds.
const NONE = new Uint8Array(HASH_BYTES);

/**
 * At `L`: the hash over all leaves right of the last complete subtree of level L, undefined where there are
 * none.
 */
function foldEdges(levels: readonly Level[], size: number): (Uint8Array | undefined)[] {
  const edges: (Uint8Array | undefined)[] = [undefined];
  let end = size;
  for (const level of levels) {
    const edge: Uint8Array | undefined = edges.at(-1);
    const peak = end % 2 === 1 ? nodeAt(level, end - 1) : undefined;
    edges.push(peak === undefined || edge === undefined ? (peak ?? edge) : joined(peak, edge));
    end = Math.floor(end / 2);
  }
  return edges;
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  const hash = new Uint8Array(HASH_BYTES);
  nodeHashInto(left, 0, right, 0, hash, 0);
  return hash;
}

function pathOf(
  levels: readonly Level[],
  edges: readonly (Uint8Array | undefined)[],
  leaf: number,
  size: number,
): Uint8Array[] {
  const path: Uint8Array[] = [];
  let index = leaf;
  let end = size;
  for (let i = 0; i < levels.length; i++) {
    const level = levels[i];
    if (level === undefined) break;
    const sibling = index % 2 === 1 ? index - 1 : index + 1;
    // Right of the last complete subtree of this level lies the edge, if anything; it is nobody's left
    // sibling.
    const hash: Uint8Array | undefined =
      sibling < end ? nodeAt(level, sibling) : sibling === end ? edges[i] : undefined;
    if (hash !== undefined) path.push(hash);
    index = Math.floor(index / 2);
    end = Math.floor(end / 2);
    // From here on the leaf itself lies in the edge, and its path goes on as that of the edge.
    if (index === end) return [...path, ...edgePath(levels, i + 1, end)];
  }
  return path;
}

/**
 * The rest of a path whose leaf lies right of the last complete subtree: every remaining peak is a left
 * sibling.
 */
function edgePath(levels: readonly Level[], from: number, end: number): Uint8Array[] {
  const path: Uint8Array[] = [];
  let rest = end;
  for (const level of levels.slice(from)) {
    if (rest % 2 === 1) path.push(nodeAt(level, rest - 1));
    rest = Math.floor(rest / 2);
  }
  return path;
}

function peaksOf(levels: readonly Level[], size: number): Uint8Array {
  const peaks = new Uint8Array(peakCount(size) * HASH_BYTES);
  let at = peaks.length;
  let end = size;
  for (const level of levels) {
    if (end % 2 === 1) {
      at -= HASH_BYTES;
      peaks.set(nodeAt(level, end - 1), at);
    }
    end = Math.floor(end / 2);
  }
  return peaks;
}

function nodeAt(level: Level, index: number): Uint8Array {
  const node = level.nodes[index - level.first];
  if (node === undefined) throw new Failure('TREE_FRONTIER', 'the frontier does not hold a node of the path');
  return node;
}
