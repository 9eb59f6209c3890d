import * as primitives from '#primitives';
import { Failure } from '../failure.ts';

export const HASH_BYTES = 32;

// RFC 9162 section 2.1.1: the first byte keeps leaves and nodes apart.
const LEAF_PREFIX = 0x00;
const NODE_PREFIX = 0x01;

// Heads are at most 1 KB; longer entries are rare and get a buffer of their own.
const SCRATCH_BYTES = 4_096;
// Hashing is synchronous and calls nobody, so these are never in use twice.
const leafScratch = new Uint8Array(SCRATCH_BYTES);
const nodeScratch = new Uint8Array(1 + 2 * HASH_BYTES);
nodeScratch[0] = NODE_PREFIX;

/** SHA-256(0x00 ‖ entry). */
export function leafHash(entry: Uint8Array): Uint8Array {
  const hash = new Uint8Array(HASH_BYTES);
  leafHashInto(entry, hash, 0);
  return hash;
}

/** SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  checkHash(left);
  checkHash(right);
  const hash = new Uint8Array(HASH_BYTES);
  nodeScratch.set(left, 1);
  nodeScratch.set(right, 1 + HASH_BYTES);
  primitives.sha256Into(nodeScratch, hash, 0);
  return hash;
}

/**
 * Leaf hashes of all entries, packed one after another from the start of `target`. Text is hashed as its
 * UTF-8 bytes. This is the form of the hot path: no allocation per entry.
 */
export function hashLeavesInto(entries: readonly (Uint8Array | string)[], target: Uint8Array): void {
  if (target.length < entries.length * HASH_BYTES) {
    throw new Failure('TREE_LEAF_COUNT', 'the target is too small for the hashes');
  }
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] ?? '';
    if (typeof entry === 'string') leafTextHashInto(entry, target, i * HASH_BYTES);
    else leafHashInto(entry, target, i * HASH_BYTES);
  }
}

/** The same into a fresh buffer. */
export function hashLeaves(entries: readonly (Uint8Array | string)[]): Uint8Array {
  const hashes = new Uint8Array(entries.length * HASH_BYTES);
  hashLeavesInto(entries, hashes);
  return hashes;
}

/**
 * Refuses any hash that is not 32 bytes: the textbook algorithms would otherwise hash what they are given.
 */
export function checkHash(hash: Uint8Array): void {
  if (hash.length !== HASH_BYTES) throw new Failure('TREE_HASH_LENGTH', 'a hash is exactly 32 bytes');
}

/**
 * The hash of two neighbours inside packed buffers, written to a place in a third. Offsets are the caller's.
 */
export function nodeHashInto(
  left: Uint8Array,
  leftOffset: number,
  right: Uint8Array,
  rightOffset: number,
  target: Uint8Array,
  offset: number,
): void {
  for (let i = 0; i < HASH_BYTES; i++) {
    nodeScratch[1 + i] = left[leftOffset + i] ?? 0;
    nodeScratch[1 + HASH_BYTES + i] = right[rightOffset + i] ?? 0;
  }
  primitives.sha256Into(nodeScratch, target, offset);
}

function leafHashInto(entry: Uint8Array, target: Uint8Array, offset: number): void {
  const length = 1 + entry.length;
  const buffer = length <= SCRATCH_BYTES ? leafScratch.subarray(0, length) : new Uint8Array(length);
  buffer[0] = LEAF_PREFIX;
  buffer.set(entry, 1);
  primitives.sha256Into(buffer, target, offset);
}

function leafTextHashInto(text: string, target: Uint8Array, offset: number): void {
  if (!text.isWellFormed()) throw new Failure('TEXT_NOT_WELL_FORMED', 'an entry with a lone surrogate');
  leafScratch[0] = LEAF_PREFIX;
  const written = primitives.encodeUtf8Into(text, leafScratch, 1);
  if (written < 0) leafHashInto(primitives.encodeUtf8(text), target, offset);
  else primitives.sha256Into(leafScratch.subarray(0, 1 + written), target, offset);
}
