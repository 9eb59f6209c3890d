import {
  commitPart,
  Failure,
  type Head,
  makePart,
  printHead,
  SEALED_PART_BYTES_MAX,
  STATE_PART_BYTES_MAX,
  type TextHash,
} from '@writ/proof';
import type { Salts } from '@writ/contract';
import type { Draft, EncodedRecord } from './record.ts';

/** Puts salts and commitments to a draft and lays everything down as text. */
export function encodeDraft(hash: TextHash, draft: Draft, salts: Salts): EncodedRecord {
  const state = makePart(salts.state, JSON.stringify(draft.state));
  if (state.length > STATE_PART_BYTES_MAX) throw new Failure('RECORD_TOO_LARGE', 'state');
  const sealed = draft.sealed === null ? null : makePart(salts.sealed, draft.sealed);
  // Three bytes of UTF-8 a code unit at most; exact length is checked where the bytes are made.
  if (sealed !== null && sealed.length > SEALED_PART_BYTES_MAX)
    throw new Failure('RECORD_TOO_LARGE', 'sealed');
  const sealedCommitment = sealed === null ? null : commitPart(hash, 'sealed', sealed);
  const parts = { state: commitPart(hash, 'state', state), sealed: sealedCommitment };
  // A draft is a head of its kind less exactly these two members.
  const head = { ...draft.head, salt: salts.head, parts } as Head;
  return { ns: head.ns, head: printHead(head), state, sealed, sealed_commitment: sealedCommitment };
}
