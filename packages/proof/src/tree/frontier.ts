import { Failure } from '../failure.ts';
import { openBatch } from './batch.ts';
import { checkHash, HASH_BYTES } from './hash.ts';
import { checkSize, foldNodes, peakCount } from './nodes.ts';

/**
 * All that appending needs to know of a tree: its size and the hashes of its complete subtrees, packed from
 * the largest (left) to the smallest. Never changed in place: a commit that fails leaves the old one as it
 * was.
 */
export type Frontier = { readonly size: number; readonly peaks: Uint8Array };

export function emptyFrontier(): Frontier {
  return { size: 0, peaks: new Uint8Array(0) };
}

/** A frontier read back from storage; refused unless it has exactly one hash for each one bit of its size. */
export function frontierOf(size: number, peaks: Uint8Array): Frontier {
  checkSize(size);
  if (peaks.length !== peakCount(size) * HASH_BYTES) {
    throw new Failure('TREE_FRONTIER', 'the number of peaks does not fit the size');
  }
  return { size, peaks: Uint8Array.from(peaks) };
}

/** The tree after `leafHashes`, packed hashes of 32 bytes each. */
export function appendLeaves(frontier: Frontier, leafHashes: Uint8Array): Frontier {
  return openBatch(frontier, leafHashes).after;
}

/** The root hash of the tree; for the empty tree SHA-256 of nothing. */
export function rootOf(frontier: Frontier): Uint8Array {
  return foldNodes(peakList(frontier));
}

/** The peaks one by one, from the largest to the smallest. */
export function peakList(frontier: Frontier): Uint8Array[] {
  const peaks: Uint8Array[] = [];
  for (let at = 0; at < frontier.peaks.length; at += HASH_BYTES) {
    const peak = frontier.peaks.subarray(at, at + HASH_BYTES);
    checkHash(peak);
    peaks.push(peak);
  }
  return peaks;
}
