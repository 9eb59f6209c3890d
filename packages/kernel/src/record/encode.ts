import {
  Failure,
  isHead,
  layPart,
  PART_SALT_CHARACTERS,
  printHead,
  SEALED_PART_BYTES_MAX,
  STATE_PART_BYTES_MAX,
  type TextHash,
} from '@writ/proof';
import type { Salts } from '@writ/contract';
import type { Draft, EncodedRecord } from './record.ts';

/** State parts hold ids, tags, digests, enums and numbers only; a journal row has one byte a character. */
const FOREIGN_CHARACTER = /[^\x20-\x7e]/;
/** The salt and the end of its line, before the JSON of a part. */
const SALT_BYTES = PART_SALT_CHARACTERS + 1;

/**
 * Puts salts and commitments to a draft and lays everything down as text. INVARIANT: what is laid down can be
 * read back. A command may carry anything where an id should stand, and a head that no reader takes would
 * make the whole log invalid for good.
 */
export function encodeDraft(hash: TextHash, draft: Draft, salts: Salts): EncodedRecord {
  const stateText = JSON.stringify(draft.state);
  if (FOREIGN_CHARACTER.test(stateText)) throw new Failure('RECORD_INVALID', 'state');
  if (stateText.length > STATE_PART_BYTES_MAX - SALT_BYTES) throw new Failure('RECORD_TOO_LARGE', 'state');
  if (draft.sealed !== null && exceeds(draft.sealed, SEALED_PART_BYTES_MAX - SALT_BYTES)) {
    throw new Failure('RECORD_TOO_LARGE', 'sealed');
  }
  const state = layPart(hash, 'state', salts.state, stateText);
  const sealed = draft.sealed === null ? null : layPart(hash, 'sealed', salts.sealed, draft.sealed);
  const parts = { state: state.commitment, sealed: sealed?.commitment ?? null };
  const head: object = { ...draft.head, salt: salts.head, parts };
  if (!isHead(head)) throw new Failure('RECORD_INVALID', 'head');
  return {
    ns: head.ns,
    head: printHead(head),
    state: state.part,
    sealed: sealed?.part ?? null,
    sealed_commitment: parts.sealed,
  };
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
