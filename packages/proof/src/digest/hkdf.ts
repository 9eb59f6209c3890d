import { Failure } from '../failure.ts';
import { hmacSha256 } from './hmac.ts';

const DIGEST_BYTES = 32;
// RFC 5869 section 2.3: the block counter is one byte.
const LENGTH_MAX = 255 * DIGEST_BYTES;

/** HKDF-SHA-256 (RFC 5869): extract with `salt`, then expand `info` to `length` bytes. */
export function hkdfSha256(key: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  if (!Number.isInteger(length) || length < 1 || length > LENGTH_MAX) {
    throw new Failure('HKDF_LENGTH', `the length must be between 1 and ${LENGTH_MAX}`);
  }
  const secret = hmacSha256(salt, key);
  const output = new Uint8Array(length);
  let previous = new Uint8Array(0);
  for (let at = 0, counter = 1; at < length; at += DIGEST_BYTES, counter++) {
    const block = new Uint8Array(previous.length + info.length + 1);
    block.set(previous);
    block.set(info, previous.length);
    block[block.length - 1] = counter;
    previous = Uint8Array.from(hmacSha256(secret, block));
    output.set(previous.subarray(0, Math.min(DIGEST_BYTES, length - at)), at);
  }
  return output;
}
