import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';
import type { Digest } from '@writ/proof';

/** HMAC-SHA-256 under one key: two one-shot hashes, which cost a third of a keyed hash object. */
export type KeyedHash = (text: string) => Digest;

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
  checkKey(key);
  const innerPad = Buffer.alloc(BLOCK_BYTES);
  const outerPad = Buffer.alloc(BLOCK_BYTES);
  padInto(innerPad, key, INNER_PAD);
  padInto(outerPad, key, OUTER_PAD);
  return (text) => {
    const target = roomFor(text);
    target.set(innerPad);
    outer.set(outerPad);
    return digestOf(target, text);
  };
}

/** The same for a key that is used once: nothing is kept of it. */
export function hashOnce(key: Uint8Array, text: string): Digest {
  checkKey(key);
  const target = roomFor(text);
  padInto(target, key, INNER_PAD);
  padInto(outer, key, OUTER_PAD);
  return digestOf(target, text);
}

function checkKey(key: Uint8Array): void {
  if (key.length > BLOCK_BYTES) throw new RangeError('a key of this house has 32 bytes');
}

/** A code unit makes three bytes of UTF-8 at most. */
function roomFor(text: string): Buffer {
  const most = BLOCK_BYTES + 3 * text.length;
  return most <= inner.length ? inner : Buffer.alloc(most);
}

function padInto(target: Buffer, key: Uint8Array, pad: number): void {
  target.fill(pad, 0, BLOCK_BYTES);
  for (let at = 0; at < key.length; at += 1) target[at] = (key[at] ?? 0) ^ pad;
}

/** Both blocks begin with their padded key. */
function digestOf(target: Buffer, text: string): Digest {
  const end = BLOCK_BYTES + target.write(text, BLOCK_BYTES, 'utf8');
  // Asking for a buffer costs more than the hash itself; a string of bytes holds the same bytes.
  outer.write(hash('sha256', target.subarray(0, end), 'binary'), BLOCK_BYTES, 'latin1');
  return hash('sha256', outer, 'base64url');
}
