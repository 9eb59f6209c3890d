import { decodeBase64, encodeBase64 } from '../bytes/base64.ts';
import { concatBytes } from '../bytes/concat.ts';
import { encodeHex } from '../bytes/hex.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { sha256 } from '../digest/sha256.ts';
import { loadPublicKey, PUBLIC_KEY_BYTES, type PublicKey } from '../ed25519/public-key.ts';
import { Failure } from '../failure.ts';
import { checkKeyName, isKeyName } from './key-name.ts';

/** Signature type of Ed25519 over the note text (c2sp.org/signed-note). The only one known here. */
const ED25519_TYPE = 0x01;
const KEY_ID_BYTES = 4;

/**
 * Who may sign notes. `keyId` is eight lower-case hexadecimal digits: a hint for finding the key, no proof.
 */
export type VerifierKey = {
  readonly name: string;
  readonly keyId: string;
  readonly publicKey: PublicKey;
};

export function verifierKeyOf(name: string, publicKey: PublicKey): VerifierKey {
  checkKeyName(name);
  return { name, keyId: keyIdOf(name, publicKey.bytes), publicKey };
}

/** `name+keyid+base64(0x01 ‖ public key)`, the form in which keys are handed around. */
export function printVerifierKey(key: VerifierKey): string {
  const typed = concatBytes(Uint8Array.of(ED25519_TYPE), key.publicKey.bytes);
  return `${key.name}+${key.keyId}+${encodeBase64(typed)}`;
}

/** Accepts exactly what `printVerifierKey` writes; the key id is computed again. */
export function parseVerifierKey(text: string): VerifierKey {
  // Name and id hold no plus; base64 may.
  const parts = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text);
  const [, name = '', keyId = '', encoded = ''] = parts ?? [];
  if (!isKeyName(name)) throw new Failure('KEY_MALFORMED', 'not name+keyid+key');
  const typed = decodeKey(encoded);
  if (typed[0] !== ED25519_TYPE) throw new Failure('KEY_ALGORITHM', 'not an Ed25519 key of type 0x01');
  if (typed.length !== 1 + PUBLIC_KEY_BYTES)
    throw new Failure('KEY_LENGTH', 'a public key is exactly 32 bytes');
  const bytes = typed.subarray(1);
  if (keyIdOf(name, bytes) !== keyId)
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

/** The first four bytes of SHA-256(name ‖ "\n" ‖ 0x01 ‖ public key). */
function keyIdOf(name: string, publicKey: Uint8Array): string {
  const preimage = concatBytes(encodeUtf8(`${name}\n`), Uint8Array.of(ED25519_TYPE), publicKey);
  return encodeHex(sha256(preimage).subarray(0, KEY_ID_BYTES));
}
