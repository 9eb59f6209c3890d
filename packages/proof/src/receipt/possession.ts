import { concatBytes } from '../bytes/concat.ts';
import { encodeBase64url } from '../bytes/base64.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { sha256, sha256Base64url } from '../digest/sha256.ts';
import { loadPublicKey } from '../ed25519/public-key.ts';
import { verifyEd25519 } from '../ed25519/verify.ts';
import { Failure } from '../failure.ts';
import type { CommitHead, Digest } from '../record/head.ts';
import { sameText } from '../writ/bind.ts';

/**
 * What the presenter of a receipt shows: a signature over the target's challenge under the key that the
 * receipt names. A challenge is bytes that the target chose fresh, or the digest of the request itself.
 */
export type Possession = {
  /** 32 raw bytes of Ed25519. */
  readonly publicKey: Uint8Array;
  readonly challenge: Uint8Array;
  readonly signature: Uint8Array;
};

/**
 * A challenge shorter than this can be met by chance; one longer is a request that should be hashed first.
 */
export const CHALLENGE_BYTES_MIN = 16;
export const CHALLENGE_BYTES_MAX = 1_024;

/** The `cnf` of a key: SHA-256 of its 32 raw bytes. */
export function keyThumbprint(publicKey: Uint8Array): Digest {
  return encodeBase64url(sha256(publicKey));
}

/**
 * The bytes to sign. They name the receipt, the target and the challenge by digests of fixed length, so that
 * a signature given to one target says nothing at another, and the key's other signatures say nothing here.
 */
export function possessionMessage(head: string, target: string, challenge: Uint8Array): Uint8Array {
  if (challenge.length < CHALLENGE_BYTES_MIN || challenge.length > CHALLENGE_BYTES_MAX) {
    throw new Failure(
      'POSSESSION_CHALLENGE',
      `a challenge has ${CHALLENGE_BYTES_MIN} to ${CHALLENGE_BYTES_MAX} bytes`,
    );
  }
  const lines = [sha256Base64url(head), sha256Base64url(target), encodeBase64url(sha256(challenge))];
  return concatBytes(encodeUtf8('writ/possession/v1\n'), encodeUtf8(`${lines.join('\n')}\n`));
}

/** Returns if the presenter holds the key that the commit names. */
export function checkPossession(
  head: CommitHead,
  text: string,
  target: string,
  possession: Possession | null,
): void {
  if (possession === null || head.cnf === null) {
    throw new Failure('POSSESSION_MISSING', 'no key is named, or none was shown');
  }
  if (!sameText(head.cnf, keyThumbprint(possession.publicKey))) {
    throw new Failure('POSSESSION_KEY', 'another key than the receipt names');
  }
  const message = possessionMessage(text, target, possession.challenge);
  if (!verifyEd25519(loadPublicKey(possession.publicKey), message, possession.signature)) {
    throw new Failure('POSSESSION_INVALID', 'the signature over the challenge does not verify');
  }
}
