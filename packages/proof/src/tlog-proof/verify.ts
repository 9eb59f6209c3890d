import { encodeUtf8 } from '../bytes/utf8.ts';
import { type LogTrust, type OpenedCheckpoint, openCheckpoint } from '../checkpoint/open.ts';
import { leafHash } from '../tree/hash.ts';
import { verifyInclusion } from '../tree/verify-inclusion.ts';
import { parseTlogProof, type TlogProof } from './tlog-proof.ts';

export type VerifiedInclusion = OpenedCheckpoint & { readonly index: bigint };

/**
 * Checks that the log's checkpoint covers `leaf`, the exact bytes of an entry, at the index that the proof
 * states. Needs nothing but what the reader trusts already: the log's origin and its keys.
 */
export function verifyTlogProof(
  proof: TlogProof | Uint8Array,
  leaf: Uint8Array,
  log: LogTrust,
): VerifiedInclusion {
  const { index, hashes, checkpoint } = ArrayBuffer.isView(proof) ? parseTlogProof(proof) : proof;
  const opened = openCheckpoint(encodeUtf8(checkpoint), log);
  const { size, root } = opened.checkpoint;
  verifyInclusion({ index, size, leafHash: leafHash(leaf), proof: hashes, root });
  return { ...opened, index };
}
