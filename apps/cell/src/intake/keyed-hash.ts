import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';

/** HMAC-SHA-256 under one key, with both pads laid out once: two one-shot hashes instead of two objects. */
export type KeyedHash = (...parts: readonly string[]) => Buffer;

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
/** Most messages fit here; longer ones get a buffer of their own. */
const SCRATCH_BYTES = 16 * 1024;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

export function openKeyedHash(key: Uint8Array): KeyedHash {
  if (key.length > BLOCK_BYTES) throw new RangeError('a key of this house has 32 bytes');
  const inner = Buffer.alloc(SCRATCH_BYTES);
  const outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES);
  for (let at = 0; at < BLOCK_BYTES; at += 1) {
    inner[at] = (key[at] ?? 0) ^ INNER_PAD;
    outer[at] = (key[at] ?? 0) ^ OUTER_PAD;
  }
  return (...parts) => {
    const message = layOut(inner, parts);
    outer.write(hash('sha256', message, 'hex'), BLOCK_BYTES, 'hex');
    return Buffer.from(hash('sha256', outer, 'hex'), 'hex');
  };
}

/** The inner block: the padded key, then the parts as UTF-8. */
function layOut(scratch: Buffer, parts: readonly string[]): Buffer {
  const most = parts.reduce((sum, part) => sum + 3 * part.length, BLOCK_BYTES);
  const target = most <= scratch.length ? scratch : Buffer.alloc(most);
  if (target !== scratch) scratch.copy(target, 0, 0, BLOCK_BYTES);
  let at = BLOCK_BYTES;
  for (const part of parts) at += target.write(part, at, 'utf8');
  return target.subarray(0, at);
}
