import type { Digest, Tag } from '../record/head.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The first 128 bits of a digest, spelled as a tag. */
export function cutToTag(digest: Digest): Tag {
  // Twenty-one characters are 126 bits; the 22nd must be one of the four that leave no bits over.
  return `${digest.slice(0, 21)}${'AQgw'.charAt(ALPHABET.indexOf(digest.charAt(21)) >> 4)}`;
}
