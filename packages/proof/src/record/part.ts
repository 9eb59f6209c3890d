import { Failure } from '../failure.ts';
import type { Digest } from './head.ts';

/**
 * A part lies outside the tree. Its text is a 43-character salt (256 bits, base64url), a newline and one JSON
 * document; the head commits to it as SHA-256(tag ‖ part). The salt makes equal contents unequal and keeps an
 * erased part from being guessed from its commitment.
 */
export type PartKind = 'state' | 'sealed' | 'observed';

/**
 * SHA-256 over the UTF-8 bytes of a text, as unpadded base64url. Passed in, so that nothing here does I/O.
 */
export type TextHash = (text: string) => Digest;

/** What `apply` needs stays this small, so that a batch of 256 records fits its row. */
export const STATE_PART_BYTES_MAX: number = 8 * 1024;
/** An action with its scene, understanding and recall; larger ones are refused as a decision. */
export const SEALED_PART_BYTES_MAX: number = 48 * 1024;

export const PART_SALT_CHARACTERS = 43;

export function makePart(salt: string, json: string): string {
  return `${salt}\n${json}`;
}

export function commitPart(hash: TextHash, kind: PartKind, part: string): Digest {
  return hash(`writ/part/${kind}/v1\n${part}`);
}

/**
 * Both at once. What was hashed is one run of characters, and the part is cut out of it: a text that was put
 * together of many pieces is copied once, not by everyone who reads it.
 */
export function layPart(
  hash: TextHash,
  kind: PartKind,
  salt: string,
  json: string,
): { readonly part: string; readonly commitment: Digest } {
  const tag = `writ/part/${kind}/v1\n`;
  const tagged = `${tag}${salt}\n${json}`;
  return { commitment: hash(tagged), part: tagged.slice(tag.length) };
}

/** The JSON document of a part, and its salt. */
export function openPart(part: string): { readonly salt: string; readonly json: string } {
  if (part.charCodeAt(PART_SALT_CHARACTERS) !== 0x0a) throw new Failure('RECORD_INVALID', 'part');
  return { salt: part.slice(0, PART_SALT_CHARACTERS), json: part.slice(PART_SALT_CHARACTERS + 1) };
}

/**
 * A reference to something with a digest of its own (tool, policy, target), blinded by the head's salt:
 * whoever knows the thing can check it, whoever does not learns nothing and cannot link two heads.
 */
export function blindReference(hash: TextHash, head_salt: string, what: string, digest: string): Digest {
  return hash(`writ/ref/v1\n${what}\n${head_salt}\n${digest}`);
}
