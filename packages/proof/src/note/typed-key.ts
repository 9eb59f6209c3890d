import { decodeBase64, encodeBase64 } from '../bytes/base64.ts';
import { concatBytes } from '../bytes/concat.ts';
import { encodeHex } from '../bytes/hex.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { sha256 } from '../digest/sha256.ts';
import { loadPublicKey, PUBLIC_KEY_BYTES, type PublicKey } from '../ed25519/public-key.ts';
import { Failure } from '../failure.ts';
import { checkKeyName, isKeyName } from './key-name.ts';

const KEY_ID_BYTES = 4;

/**
 * What a key signs: one byte that is part of its id and of its printed form, and what such a key is called.
 */
export type KeyType = { readonly byte: number; readonly called: string };

/**
 * An Ed25519 key under its name. `keyId` is eight lower-case hexadecimal digits: a hint for finding the key,
 * no proof.
 */
export type TypedKey = {
  readonly name: string;
  readonly keyId: string;
  readonly publicKey: PublicKey;
};

export function typedKeyOf(type: KeyType, name: string, publicKey: PublicKey): TypedKey {
  checkKeyName(name);
  return { name, keyId: keyIdOf(type, name, publicKey.bytes), publicKey };
}

/** `name+keyid+base64(type ‖ public key)`, the form in which keys are handed around. */
export function printTypedKey({ byte }: KeyType, { name, keyId, publicKey }: TypedKey): string {
  return `${name}+${keyId}+${encodeBase64(concatBytes(Uint8Array.of(byte), publicKey.bytes))}`;
}

/** Accepts exactly what `printTypedKey` writes for the type; the key id is computed again. */
export function parseTypedKey(type: KeyType, text: string): TypedKey {
  // Name and id hold no plus; base64 may.
  const parts = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text);
  const [, name = '', keyId = '', encoded = ''] = parts ?? [];
  if (!isKeyName(name)) throw new Failure('KEY_MALFORMED', 'not name+keyid+key');
  const typed = decodeKey(encoded);
  if (typed[0] !== type.byte) throw new Failure('KEY_ALGORITHM', `not ${type.called}`);
  if (typed.length !== 1 + PUBLIC_KEY_BYTES)
    throw new Failure('KEY_LENGTH', 'a public key is exactly 32 bytes');
  const bytes = typed.subarray(1);
  if (keyIdOf(type, name, bytes) !== keyId)
    throw new Failure('KEY_ID_MISMATCH', 'the key id does not belong to the key');
  return { name, keyId, publicKey: loadPublicKey(bytes) };
}

function decodeKey(encoded: string): Uint8Array {
  try {
    return decodeBase64(encoded);
  } catch {
    throw new Failure('KEY_MALFORMED', 'the key is not base64');
  }
}

/** The first four bytes of SHA-256(name ‖ "\n" ‖ type ‖ public key). */
function keyIdOf({ byte }: KeyType, name: string, publicKey: Uint8Array): string {
  const preimage = concatBytes(encodeUtf8(`${name}\n`), Uint8Array.of(byte), publicKey);
  return encodeHex(sha256(preimage).subarray(0, KEY_ID_BYTES));
}
