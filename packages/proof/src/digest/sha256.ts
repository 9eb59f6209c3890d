import * as primitives from '#primitives';
import { Failure } from '../failure.ts';

export const DIGEST_BYTES = 32;

export function sha256(bytes: Uint8Array): Uint8Array {
  const digest = new Uint8Array(DIGEST_BYTES);
  primitives.sha256Into(bytes, digest, 0);
  return digest;
}

/** Writes the digest to `target[offset … offset + 32)`, for callers that keep many digests in one buffer. */
export function sha256Into(bytes: Uint8Array, target: Uint8Array, offset: number): void {
  if (offset < 0 || offset + DIGEST_BYTES > target.length) throw new RangeError('no room for the digest');
  primitives.sha256Into(bytes, target, offset);
}

/** The house form of a digest: 43 characters. A string is hashed as UTF-8; a lone surrogate is refused. */
export function sha256Base64url(input: Uint8Array | string): string {
  if (typeof input === 'string' && !input.isWellFormed()) {
    throw new Failure('TEXT_NOT_WELL_FORMED', 'the text has a lone surrogate');
  }
  return primitives.sha256Base64url(input);
}
