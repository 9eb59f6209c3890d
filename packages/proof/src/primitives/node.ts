import { Buffer, isUtf8 } from 'node:buffer';
import { createPrivateKey, createPublicKey, hash, sign, verify } from 'node:crypto';

// DER of an Ed25519 key is a fixed prefix and the 32 raw bytes (RFC 8410 sections 4 and 7).
const SPKI_PREFIX: readonly number[] = [48, 42, 48, 5, 6, 3, 43, 101, 112, 3, 33, 0];
const PKCS8_PREFIX: readonly number[] = [48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32];

type KeyObject = ReturnType<typeof createPublicKey>;

// Asking for 'buffer' costs three times the hash itself; a latin1 string holds the same 32 bytes.
export function sha256Into(input: Uint8Array, target: Uint8Array, offset: number): void {
  const digest = hash('sha256', input, 'latin1');
  for (let i = 0; i < 32; i++) target[offset + i] = digest.charCodeAt(i);
}

export function sha256Base64url(input: Uint8Array | string): string {
  return hash('sha256', input, 'base64url');
}

// A buffer of its own: Buffer.from(text) would hand out a view of a pool shared with strangers.
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(Buffer.byteLength(text, 'utf8'));
  viewOf(bytes).utf8Write(text, 0, bytes.length);
  return bytes;
}

export function encodeUtf8Into(text: string, target: Uint8Array, offset: number): number {
  const room = target.length - offset;
  // At most three bytes for a UTF-16 unit, so the exact length is only needed when room is short.
  const length = text.length * 3 <= room ? 0 : Buffer.byteLength(text, 'utf8');
  if (length > room) return -1;
  return viewOf(target).utf8Write(text, offset, room);
}

export function decodeUtf8(bytes: Uint8Array): string | undefined {
  return isUtf8(bytes) ? viewOf(bytes).utf8Slice(0, bytes.length) : undefined;
}

export function encodeBase64(bytes: Uint8Array): string {
  return viewOf(bytes).base64Slice(0, bytes.length);
}

export function encodeBase64url(bytes: Uint8Array): string {
  return viewOf(bytes).base64urlSlice(0, bytes.length);
}

export function importPublicKey(bytes: Uint8Array): unknown {
  return createPublicKey({ key: prefixed(SPKI_PREFIX, bytes), format: 'der', type: 'spki' });
}

export function verifyEd25519(key: unknown, message: Uint8Array, signature: Uint8Array): boolean {
  // The type is opaque to callers; only importPublicKey makes one.
  return verify(null, message, key as KeyObject, signature);
}

export function signEd25519(seed: Uint8Array, message: Uint8Array): Uint8Array {
  return Uint8Array.from(sign(null, message, privateKeyOf(seed)));
}

export function publicKeyOfSeed(seed: Uint8Array): Uint8Array {
  const spki = createPublicKey(privateKeyOf(seed)).export({ format: 'der', type: 'spki' });
  return Uint8Array.from(spki.subarray(SPKI_PREFIX.length));
}

function privateKeyOf(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: prefixed(PKCS8_PREFIX, seed), format: 'der', type: 'pkcs8' });
}

function prefixed(prefix: readonly number[], bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(prefix.length + bytes.length);
  whole.set(prefix);
  whole.set(bytes, prefix.length);
  return whole;
}

function viewOf(bytes: Uint8Array): ReturnType<typeof Buffer.from> {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
