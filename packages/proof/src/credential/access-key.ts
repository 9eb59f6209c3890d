import type { Digest, Id } from '../record/head.ts';
import type { TextHash } from '../record/part.ts';

/**
 * The wire form of a credential (spec/26-credentials.md): `wk_`, the 26 characters of its id, `_`, and a
 * secret of 52 characters, 260 bits. Whoever holds this text speaks for the principal.
 */
const FORM = /^wk_([0-9a-hjkmnp-tv-z]{26})_[0-9a-hjkmnp-tv-z]{52}$/;
const ID_PREFIX = 'key_';

export const ACCESS_KEY_SECRET_CHARACTERS = 52;
/** Exactly so many: what is longer need not be looked at. */
const ACCESS_KEY_CHARACTERS = 82;

export function isCredentialId(id: Id): boolean {
  return id.startsWith(ID_PREFIX);
}

export function printAccessKey(id: Id, secret: string): string {
  return `wk_${id.slice(ID_PREFIX.length)}_${secret}`;
}

/** The id of the credential that a text claims to be; null when it is no access key in its one spelling. */
export function parseAccessKey(text: string): Id | null {
  if (text.length !== ACCESS_KEY_CHARACTERS) return null;
  const body = FORM.exec(text)?.[1];
  return body === undefined ? null : `${ID_PREFIX}${body}`;
}

/**
 * What the cell keeps of an access key. A plain digest is enough: the secret has 260 bits by chance, so
 * nothing is gained by trying, and a slow hash would only slow down every request.
 */
export function accessKeyDigest(hash: TextHash, text: string): Digest {
  return hash(`writ/credential/v1\n${text}`);
}
