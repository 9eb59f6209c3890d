import { decodeBase64, decodeUtf8, equalBytes, Failure, loadPublicKey, type PublicKey } from '@writ/proof';

/** A file of this kind has some hundred bytes. */
export const PEM_BYTES_MAX = 4_096;

const PEM = /^-----BEGIN PUBLIC KEY-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END PUBLIC KEY-----\s*$/;
/** What stands before the 32 bytes of an Ed25519 key (RFC 8410 section 4). */
const SPKI_PREFIX = Uint8Array.of(48, 42, 48, 5, 6, 3, 43, 101, 112, 3, 33, 0);

/** The Ed25519 key of a PEM file; anything else, a private key above all, is refused. */
export function parsePublicKeyPem(bytes: Uint8Array): PublicKey {
  const found = PEM.exec(decodeUtf8(bytes));
  if (found === null) throw new Failure('KEY_MALFORMED', 'not one public key between its PEM lines');
  const der = decodeBase64((found[1] ?? '').replace(/[\r\n]/g, ''));
  if (!equalBytes(der.subarray(0, SPKI_PREFIX.length), SPKI_PREFIX)) {
    throw new Failure('KEY_ALGORITHM', 'not an Ed25519 public key');
  }
  return loadPublicKey(der.subarray(SPKI_PREFIX.length));
}
