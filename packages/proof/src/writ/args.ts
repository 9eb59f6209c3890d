import { encodeBase64url } from '../bytes/base64.ts';
import { concatBytes } from '../bytes/concat.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { hkdfSha256 } from '../digest/hkdf.ts';
import { hmacSha256 } from '../digest/hmac.ts';
import { Failure } from '../failure.ts';
import { printJsonBytes } from '../json/canonical.ts';
import type { JsonValue } from '../json/value.ts';
import type { Digest, Id } from '../record/head.ts';

/** A nonce is as long as the hash, so that guessing it is no easier than guessing the arguments' hash. */
export const NONCE_BYTES = 32;

const ARGS_LABEL: Uint8Array = encodeUtf8('writ/args/v1\0');
const NONCE_LABEL = 'writ/nonce/v1';
const NO_SALT: Uint8Array = new Uint8Array(0);

/**
 * The commitment to exact arguments (spec/09-writ.md section 3): HMAC-SHA-256 under the nonce over a label
 * and the canonical JSON. Without the nonce it says nothing about arguments that could be guessed.
 */
export function commitArgs(nonce: Uint8Array, args: JsonValue): Digest {
  checkNonce(nonce);
  return encodeBase64url(hmacSha256(nonce, concatBytes(ARGS_LABEL, printJsonBytes(args))));
}

/** The same over arguments whose canonical text is at hand. The caller vouches that it is canonical. */
export function commitArgsText(nonce: Uint8Array, canonicalArgs: string): Digest {
  checkNonce(nonce);
  return encodeBase64url(hmacSha256(nonce, concatBytes(ARGS_LABEL, encodeUtf8(canonicalArgs))));
}

/** The nonce of an action, derived and so never lost: HKDF-SHA-256 of the domain's key, no salt. */
export function deriveNonce(domainKey: Uint8Array, actionId: Id): Uint8Array {
  return hkdfSha256(domainKey, NO_SALT, encodeUtf8(NONCE_LABEL + actionId), NONCE_BYTES);
}

function checkNonce(nonce: Uint8Array): void {
  if (nonce.length !== NONCE_BYTES) throw new Failure('NONCE_LENGTH', 'a nonce is exactly 32 bytes');
}
