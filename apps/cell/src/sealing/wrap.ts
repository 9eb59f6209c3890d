import { Buffer } from 'node:buffer';
import { openIvPool } from './iv-pool.ts';
import { IV_BYTES, open, type SealingKey, seal, TAG_BYTES } from './seal.ts';

const drawIv = openIvPool();

/** Wraps a key under a master key in memory: IV, tag, ciphertext. */
export function wrapKey(master: SealingKey, key: Uint8Array, context: Uint8Array): Uint8Array {
  const { iv, tag, ciphertext } = seal(master, drawIv(), context, key);
  return Buffer.concat([iv, tag, ciphertext]);
}

/** The inverse; throws `SEAL_BROKEN`. */
export function unwrapKey(master: SealingKey, wrapped: Uint8Array, context: Uint8Array): Uint8Array {
  const iv = wrapped.subarray(0, IV_BYTES);
  const tag = wrapped.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
  return open(master, { iv, tag, ciphertext: wrapped.subarray(IV_BYTES + TAG_BYTES) }, context);
}
