import { sha256Into } from '#primitives';

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;

/**
 * HMAC-SHA-256 (RFC 2104), on the one-shot hash, which is several times faster than a platform HMAC object.
 */
export function hmacSha256(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  const inner = new Uint8Array(BLOCK_BYTES + bytes.length);
  const outer = new Uint8Array(BLOCK_BYTES + DIGEST_BYTES);
  if (key.length > BLOCK_BYTES) sha256Into(key, inner, 0);
  else inner.set(key);
  for (let i = 0; i < BLOCK_BYTES; i++) {
    const byte = inner[i] ?? 0;
    inner[i] = byte ^ 0x36;
    outer[i] = byte ^ 0x5c;
  }
  inner.set(bytes, BLOCK_BYTES);
  sha256Into(inner, outer, BLOCK_BYTES);
  const code = new Uint8Array(DIGEST_BYTES);
  sha256Into(outer, code, 0);
  return code;
}
