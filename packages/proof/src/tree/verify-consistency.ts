import { equalBytes } from '../bytes/equal.ts';
import { Failure } from '../failure.ts';
import { checkHash, nodeHash } from './hash.ts';
import { TREE_SIZE_MAX } from './verify-inclusion.ts';

/** A claim that the second tree is the first with leaves added. */
export type ConsistencyClaim = {
  readonly firstSize: bigint;
  readonly secondSize: bigint;
  readonly firstRoot: Uint8Array;
  readonly secondRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
};

/**
 * Returns if the claim holds (RFC 9162 section 2.1.4.2), else throws the Failure that says why not. The empty
 * tree is a prefix of every tree and so proves nothing: a first size of zero is refused.
 */
export function verifyConsistency(claim: ConsistencyClaim): void {
  const { firstSize, secondSize, firstRoot, secondRoot, proof } = claim;
  if (secondSize > TREE_SIZE_MAX || firstSize < 1n || firstSize > secondSize) {
    throw new Failure('TREE_SIZE', 'the first size is not within the second');
  }
  checkHash(firstRoot);
  checkHash(secondRoot);
  proof.forEach(checkHash);
  if (firstSize === secondSize) {
    if (proof.length > 0) throw new Failure('TREE_PROOF_LENGTH', 'equal sizes need no proof');
    if (!equalBytes(firstRoot, secondRoot)) throw new Failure('TREE_ROOTS_DIFFER', 'two roots of one size');
    return;
  }
  const roots = rootsFromConsistency(firstSize, secondSize, firstRoot, proof);
  if (!equalBytes(roots.first, firstRoot))
    throw new Failure('TREE_ROOT_MISMATCH', 'the proof leads to another first root');
  if (!equalBytes(roots.second, secondRoot))
    throw new Failure('TREE_ROOT_MISMATCH', 'the proof leads to another second root');
}

function rootsFromConsistency(
  firstSize: bigint,
  secondSize: bigint,
  firstRoot: Uint8Array,
  proof: readonly Uint8Array[],
): { readonly first: Uint8Array; readonly second: Uint8Array } {
  let at = firstSize - 1n;
  let last = secondSize - 1n;
  while (at % 2n === 1n) {
    at >>= 1n;
    last >>= 1n;
  }
  // When the first tree is one complete subtree (at = 0), its root is the shared node and stands not in the
  // proof.
  const rest = at === 0n ? [...proof] : proof.slice(1);
  const shared = at === 0n ? firstRoot : proof[0];
  if (shared === undefined) throw new Failure('TREE_PROOF_LENGTH', 'the proof is too short for the trees');
  let first = shared;
  let second = shared;
  for (const sibling of rest) {
    if (last === 0n) throw new Failure('TREE_PROOF_LENGTH', 'the proof is too long for the trees');
    if (at % 2n === 1n || at === last) {
      first = nodeHash(sibling, first);
      second = nodeHash(sibling, second);
      while (at % 2n === 0n && at !== 0n) {
        at >>= 1n;
        last >>= 1n;
      }
    } else {
      second = nodeHash(second, sibling);
    }
    at >>= 1n;
    last >>= 1n;
  }
  if (last !== 0n) throw new Failure('TREE_PROOF_LENGTH', 'the proof is too short for the trees');
  return { first, second };
}
