import * as primitives from '#primitives';
import { handleOf, type PublicKey } from './public-key.ts';

export const SIGNATURE_BYTES = 64;

/**
 * Whether `signature` is one of `message` under `key`. Every other length than 64 bytes is simply no
 * signature.
 */
export function verifyEd25519(key: PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  const handle = handleOf(key);
  if (signature.length !== SIGNATURE_BYTES) return false;
  return primitives.verifyEd25519(handle, message, signature);
}
