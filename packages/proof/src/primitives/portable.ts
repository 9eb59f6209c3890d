import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { encode64, STANDARD_ALPHABET, URL_ALPHABET } from './portable-base64.ts';
import { readUtf8, utf8Length, writeUtf8 } from './portable-utf8.ts';

// Runs in any JavaScript: no Node, no DOM, not even TextEncoder is assumed.

const Point = ed25519.Point;
const GROUP_ORDER: bigint = Point.Fn.ORDER;

export function sha256Into(input: Uint8Array, target: Uint8Array, offset: number): void {
  target.set(sha256(input), offset);
}

export function sha256Base64url(input: Uint8Array | string): string {
  return encodeBase64url(sha256(typeof input === 'string' ? encodeUtf8(input) : input));
}

export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text));
  writeUtf8(text, bytes, 0);
  return bytes;
}

export function encodeUtf8Into(text: string, target: Uint8Array, offset: number): number {
  const length = utf8Length(text);
  if (length > target.length - offset) return -1;
  writeUtf8(text, target, offset);
  return length;
}

export function decodeUtf8(bytes: Uint8Array): string | undefined {
  return readUtf8(bytes);
}

export function encodeBase64(bytes: Uint8Array): string {
  return encode64(bytes, STANDARD_ALPHABET, true);
}

export function encodeBase64url(bytes: Uint8Array): string {
  return encode64(bytes, URL_ALPHABET, false);
}

export function importPublicKey(bytes: Uint8Array): unknown {
  return Uint8Array.from(bytes);
}

/**
 * The library's own verify multiplies by the cofactor; OpenSSL does not. A signature that one reader accepts
 * and another refuses is worse than either rule, so this is the rule of OpenSSL, written out.
 */
export function verifyEd25519(key: unknown, message: Uint8Array, signature: Uint8Array): boolean {
  // The type is opaque to callers; only importPublicKey makes one.
  const publicKey = key as Uint8Array;
  const scalar = littleEndian(signature.subarray(32));
  if (scalar >= GROUP_ORDER) return false;
  const challenge = sha512
    .create()
    .update(signature.subarray(0, 32))
    .update(publicKey)
    .update(message)
    .digest();
  const k = littleEndian(challenge) % GROUP_ORDER;
  const a = pointOf(publicKey);
  if (a === undefined) return false;
  const expected = Point.BASE.multiplyUnsafe(scalar).subtract(a.multiplyUnsafe(k)).toBytes();
  for (let i = 0; i < 32; i++) if (expected[i] !== signature[i]) return false;
  return true;
}

export function signEd25519(seed: Uint8Array, message: Uint8Array): Uint8Array {
  return ed25519.sign(message, seed);
}

export function publicKeyOfSeed(seed: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(seed);
}

function pointOf(bytes: Uint8Array): InstanceType<typeof Point> | undefined {
  try {
    return Point.fromBytes(bytes, false);
  } catch {
    return undefined;
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  return value;
}
