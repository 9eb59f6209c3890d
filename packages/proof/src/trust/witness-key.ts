import type { PublicKey } from '../ed25519/public-key.ts';
import { type KeyType, parseTypedKey, printTypedKey, type TypedKey, typedKeyOf } from '../note/typed-key.ts';

/** An Ed25519 cosignature (c2sp.org/tlog-cosignature). The only one known here. */
const COSIGNATURE: KeyType = { byte: 0x04, called: 'a witness key of type 0x04' };

/**
 * Who may cosign checkpoints. The type differs from that of a log's key, so neither can pass for the other.
 */
export type WitnessKey = TypedKey;

export function witnessKeyOf(name: string, publicKey: PublicKey): WitnessKey {
  return typedKeyOf(COSIGNATURE, name, publicKey);
}

export function printWitnessKey(key: WitnessKey): string {
  return printTypedKey(COSIGNATURE, key);
}

export function parseWitnessKey(text: string): WitnessKey {
  return parseTypedKey(COSIGNATURE, text);
}
