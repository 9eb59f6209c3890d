import { equalBytes } from '../bytes/equal.ts';
import { Failure } from '../failure.ts';
import { verifyConsistency } from '../tree/verify-consistency.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { Memory } from './memory.ts';

export type Advance =
  | { readonly verdict: 'ok' }
  | { readonly verdict: 'rolled_back' | 'forked'; readonly seen_size: bigint }
  /** The log must show that the tree of `from` is a prefix of the tree of `to`. */
  | { readonly verdict: 'needs_consistency'; readonly from: bigint; readonly to: bigint };

/**
 * Whether a checkpoint, already verified, can follow what is remembered of its log. Larger is not enough: the
 * log must prove that it has only grown.
 */
export function checkpointAdvances(
  memory: Memory,
  checkpoint: Pick<Checkpoint, 'origin' | 'size' | 'root'>,
  consistencyProof?: readonly Uint8Array[],
): Advance {
  const seen = memory.checkpoints.get(checkpoint.origin);
  if (seen === undefined) return { verdict: 'ok' };
  if (checkpoint.size < seen.size) return { verdict: 'rolled_back', seen_size: seen.size };
  if (checkpoint.size === seen.size) {
    return equalBytes(checkpoint.root, seen.root)
      ? { verdict: 'ok' }
      : { verdict: 'forked', seen_size: seen.size };
  }
  // The empty tree is a prefix of every tree.
  if (seen.size === 0n) return { verdict: 'ok' };
  if (consistencyProof === undefined) {
    return { verdict: 'needs_consistency', from: seen.size, to: checkpoint.size };
  }
  return isConsistent(seen, checkpoint, consistencyProof)
    ? { verdict: 'ok' }
    : { verdict: 'forked', seen_size: seen.size };
}

type Head = Pick<Checkpoint, 'size' | 'root'>;

function isConsistent(first: Head, second: Head, proof: readonly Uint8Array[]): boolean {
  try {
    verifyConsistency({
      firstSize: first.size,
      secondSize: second.size,
      firstRoot: first.root,
      secondRoot: second.root,
      proof,
    });
    return true;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}
