import { equalBytes } from '../bytes/equal.ts';
import { Failure } from '../failure.ts';
import { checkHash, nodeHash } from './hash.ts';

/**
 * A claim that a leaf stands at an index of a tree. Sizes are whole 64-bit numbers, as foreign logs have
 * them.
 */
export type InclusionClaim = {
  readonly index: bigint;
  readonly size: bigint;
  readonly leafHash: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
};

export const TREE_SIZE_MAX: bigint = 2n ** 64n - 1n;

/** Returns if the claim holds (RFC 9162 section 2.1.3.2), else throws the Failure that says why not. */
export function verifyInclusion(claim: InclusionClaim): void {
  if (claim.size < 0n || claim.size > TREE_SIZE_MAX) throw new Failure('TREE_SIZE', 'not a tree size');
  if (claim.index < 0n || claim.index >= claim.size)
    throw new Failure('TREE_INDEX', 'the index is not within the tree');
  checkHash(claim.leafHash);
  checkHash(claim.root);
  claim.proof.forEach(checkHash);
  const root = rootFromInclusion(claim.index, claim.size, claim.leafHash, claim.proof);
  if (!equalBytes(root, claim.root))
    throw new Failure('TREE_ROOT_MISMATCH', 'the proof leads to another root');
}

function rootFromInclusion(
  index: bigint,
  size: bigint,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
): Uint8Array {
  let hash = leaf;
  let at = index;
  let last = size - 1n;
  for (const sibling of proof) {
    if (last === 0n) throw new Failure('TREE_PROOF_LENGTH', 'the proof is too long for the tree');
    if (at % 2n === 1n || at === last) {
      hash = nodeHash(sibling, hash);
      // On the right edge, levels where the node has no sibling are passed over.
      while (at % 2n === 0n && at !== 0n) {
        at >>= 1n;
        last >>= 1n;
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    at >>= 1n;
    last >>= 1n;
  }
  if (last !== 0n) throw new Failure('TREE_PROOF_LENGTH', 'the proof is too short for the tree');
  return hash;
}
