import { decodeBase64, encodeBase64 } from '../bytes/base64.ts';
import { concatBytes } from '../bytes/concat.ts';
import { encodeHex } from '../bytes/hex.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { sha256 } from '../digest/sha256.ts';
import { loadPublicKey, PUBLIC_KEY_BYTES, type PublicKey } from '../ed25519/public-key.ts';
import { Failure } from '../failure.ts';
import { checkKeyName, isKeyName } from '../note/key-name.ts';

/** Signature type of an Ed25519 cosignature (c2sp.org/tlog-cosignature). The only one known here. */
const COSIGNATURE_TYPE = 0x04;
const KEY_ID_BYTES = 4;

/**
 * Who may cosign checkpoints. The type differs from that of a log's key, so neither can pass for the other.
 */
export type WitnessKey = {
  readonly name: string;
  /** Eight lower-case hexadecimal digits. */
  readonly keyId: string;
  readonly publicKey: PublicKey;
};

export function witnessKeyOf(name: string, publicKey: PublicKey): WitnessKey {
  checkKeyName(name);
  return { name, keyId: keyIdOf(name, publicKey.bytes), publicKey };
}

/** `name+keyid+base64(0x04 ‖ public key)`. */
export function printWitnessKey(key: WitnessKey): string {
  const typed = concatBytes(Uint8Array.of(COSIGNATURE_TYPE), key.publicKey.bytes);
  return `${key.name}+${key.keyId}+${encodeBase64(typed)}`;
}

/** Accepts exactly what `printWitnessKey` writes; the key id is computed again. */
export function parseWitnessKey(text: string): WitnessKey {
  const [, name = '', keyId = '', encoded = ''] =
    /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text) ?? [];
  if (!isKeyName(name)) throw new Failure('KEY_MALFORMED', 'not name+keyid+key');
  const typed = decodeKey(encoded);
  if (typed[0] !== COSIGNATURE_TYPE) throw new Failure('KEY_ALGORITHM', 'not a witness key of type 0x04');
  if (typed.length !== 1 + PUBLIC_KEY_BYTES) {
    throw new Failure('KEY_LENGTH', 'a public key is exactly 32 bytes');
  }
  const bytes = typed.subarray(1);
  if (keyIdOf(name, bytes) !== keyId) {
    throw new Failure('KEY_ID_MISMATCH', 'the key id does not belong to the key');
  }
  return { name, keyId, publicKey: loadPublicKey(bytes) };
}

function decodeKey(encoded: string): Uint8Array {
  try {
    return decodeBase64(encoded);
  } catch {
    throw new Failure('KEY_MALFORMED', 'the key is not base64');
  }
}

/** The first four bytes of SHA-256(name ‖ "\n" ‖ 0x04 ‖ public key). */
function keyIdOf(name: string, publicKey: Uint8Array): string {
  const preimage = concatBytes(encodeUtf8(`${name}\n`), Uint8Array.of(COSIGNATURE_TYPE), publicKey);
  return encodeHex(sha256(preimage).subarray(0, KEY_ID_BYTES));
}
