import type { PublicKey } from '../ed25519/public-key.ts';
import { type KeyType, parseTypedKey, printTypedKey, type TypedKey, typedKeyOf } from './typed-key.ts';

/** Ed25519 over the note text (c2sp.org/signed-note). The only one known here. */
const SIGNATURE: KeyType = { byte: 0x01, called: 'an Ed25519 key of type 0x01' };

/** Who may sign notes. */
export type VerifierKey = TypedKey;

export function verifierKeyOf(name: string, publicKey: PublicKey): VerifierKey {
  return typedKeyOf(SIGNATURE, name, publicKey);
}

export function printVerifierKey(key: VerifierKey): string {
  return printTypedKey(SIGNATURE, key);
}

export function parseVerifierKey(text: string): VerifierKey {
  return parseTypedKey(SIGNATURE, text);
}
