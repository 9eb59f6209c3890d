import { encodeUtf8 } from '../bytes/utf8.ts';
import { Failure } from '../failure.ts';
import type { Head } from '../record/head.ts';
import { parseHead } from '../record/parse-head.ts';
import { parseTlogProof } from '../tlog-proof/tlog-proof.ts';
import { leafHash } from '../tree/hash.ts';
import { verifyInclusion } from '../tree/verify-inclusion.ts';
import { checkCheckpoint, type ReadCheckpoint, readCheckpoint } from '../trust/accept-checkpoint.ts';
import type { RememberedCheckpoint } from '../trust/memory.ts';
import type { Trust } from '../trust/trust.ts';

/** A head that the log contains, as far as the reader's trust goes. */
export type ProvenHead = {
  readonly head: Head;
  readonly index: bigint;
  readonly checkpoint: RememberedCheckpoint;
};

/** The first steps of every check: what was read, with nothing believed of it yet. */
export type ReadProof = {
  readonly leaf: Uint8Array;
  readonly index: bigint;
  readonly hashes: readonly Uint8Array[];
  readonly signed: ReadCheckpoint;
};

export function readProof(head: string, proof: string): ReadProof {
  const { extra, index, hashes, checkpoint } = parseTlogProof(encodeUtf8(proof));
  // Extra data is covered by no signature; a proof that carries some is not one of ours.
  if (extra !== undefined) throw new Failure('PROOF_EXTRA', 'a proof of Writ has no extra data');
  return { leaf: encodeUtf8(head), index, hashes, signed: readCheckpoint(checkpoint) };
}

/**
 * INVARIANT: origin, log key at this tree size, witnesses, leaf hash of the exact bytes, inclusion, canonical
 * head; in this order, and nothing of the head is read before the log is known to contain it.
 */
export function proveHead(
  read: ReadProof,
  origin: string | null,
  trust: Trust,
  now_ms: number | null,
): ProvenHead {
  checkCheckpoint(read.signed, origin, trust, now_ms);
  const { checkpoint, text } = read.signed;
  const { size, root } = checkpoint;
  verifyInclusion({ index: read.index, size, leafHash: leafHash(read.leaf), proof: read.hashes, root });
  const head = parseHead(read.leaf);
  return { head, index: read.index, checkpoint: { origin: checkpoint.origin, size, root, note: text } };
}
