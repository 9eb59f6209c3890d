import * as primitives from '#primitives';
import { isSmallOrder } from './point.ts';
import { handleOf, type PublicKey } from './public-key.ts';

export const SIGNATURE_BYTES = 64;

/**
 * Whether `signature` is one of `message` under `key` (RFC 8032, without cofactor). Every other length than
 * 64 bytes is simply no signature. An R of small order, which no signer makes by chance, is refused here,
 * because platforms disagree on it: OpenSSL 3.0 accepts what OpenSSL 3.5 refuses.
 */
export function verifyEd25519(key: PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  const handle = handleOf(key);
  if (signature.length !== SIGNATURE_BYTES) return false;
  if (isSmallOrder(signature.subarray(0, 32))) return false;
  return primitives.verifyEd25519(handle, message, signature);
}
