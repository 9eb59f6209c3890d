import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';

/** HMAC-SHA-256 under one key: two one-shot hashes, which cost a third of a keyed hash object. */
export type KeyedHash = (...parts: readonly string[]) => Buffer;

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
/** Most messages fit here; longer ones get a buffer of their own. */
const SCRATCH_BYTES = 16 * 1024;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

// Hashing is synchronous and calls nobody, so these are never in use twice.
const inner = Buffer.alloc(SCRATCH_BYTES);
const outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES);

export function openKeyedHash(key: Uint8Array): KeyedHash {
  if (key.length > BLOCK_BYTES) throw new RangeError('a key of this house has 32 bytes');
  const innerPad = padOf(key, INNER_PAD);
  const outerPad = padOf(key, OUTER_PAD);
  return (...parts) => {
    const digest = hash('sha256', layOut(innerPad, parts), 'hex');
    outerPad.copy(outer);
    outer.write(digest, BLOCK_BYTES, 'hex');
    return Buffer.from(hash('sha256', outer, 'hex'), 'hex');
  };
}

function padOf(key: Uint8Array, pad: number): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES, pad);
  for (let at = 0; at < key.length; at += 1) block[at] = (key[at] ?? 0) ^ pad;
  return block;
}

/** The inner block: the padded key, then the parts as UTF-8. */
function layOut(pad: Buffer, parts: readonly string[]): Buffer {
  const most = parts.reduce((sum, part) => sum + 3 * part.length, BLOCK_BYTES);
  const target = most <= inner.length ? inner : Buffer.alloc(most);
  pad.copy(target);
  let at = BLOCK_BYTES;
  for (const part of parts) at += target.write(part, at, 'utf8');
  return target.subarray(0, at);
}
