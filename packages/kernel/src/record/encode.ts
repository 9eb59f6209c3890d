import {
  commitPart,
  Failure,
  isHead,
  makePart,
  printHead,
  SEALED_PART_BYTES_MAX,
  STATE_PART_BYTES_MAX,
  type TextHash,
} from '@writ/proof';
import type { Salts } from '@writ/contract';
import type { Draft, EncodedRecord } from './record.ts';

/** State parts hold ids, tags, digests, enums and numbers only; a journal row has one byte a character. */
const FOREIGN_CHARACTER = /[^\x20-\x7e]/;

/**
 * Puts salts and commitments to a draft and lays everything down as text. INVARIANT: what is laid down can be
 * read back. A command may carry anything where an id should stand, and a head that no reader takes would
 * make the whole log invalid for good.
 */
export function encodeDraft(hash: TextHash, draft: Draft, salts: Salts): EncodedRecord {
  const stateText = JSON.stringify(draft.state);
  if (FOREIGN_CHARACTER.test(stateText)) throw new Failure('RECORD_INVALID', 'state');
  const state = makePart(salts.state, stateText);
  if (state.length > STATE_PART_BYTES_MAX) throw new Failure('RECORD_TOO_LARGE', 'state');
  const sealed = draft.sealed === null ? null : makePart(salts.sealed, draft.sealed);
  if (sealed !== null && exceeds(sealed, SEALED_PART_BYTES_MAX)) {
    throw new Failure('RECORD_TOO_LARGE', 'sealed');
  }
  const sealedCommitment = sealed === null ? null : commitPart(hash, 'sealed', sealed);
  const parts = { state: commitPart(hash, 'state', state), sealed: sealedCommitment };
  const head: object = { ...draft.head, salt: salts.head, parts };
  if (!isHead(head)) throw new Failure('RECORD_INVALID', 'head');
  return { ns: head.ns, head: printHead(head), state, sealed, sealed_commitment: sealedCommitment };
}

/**
 * Is a text longer than so many bytes of UTF-8? Decided here and not where the bytes are made: by then the
 * record is applied. A code unit makes three bytes at most, so a short text needs no counting.
 */
function exceeds(text: string, max: number): boolean {
  if (text.length * 3 <= max) return false;
  let bytes = text.length;
  for (let at = 0; at < text.length && bytes <= max; at += 1) {
    const unit = text.charCodeAt(at);
    // Each half of a surrogate pair counts two of its four bytes.
    if (unit > 0x7f) bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return bytes > max;
}
