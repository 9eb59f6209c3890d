import { commitPart, Failure, openPart, parseHead, type TextHash } from '@writ/proof';
import type { DecodedRecord, EncodedRecord } from './record.ts';

/**
 * Reads back what this process has just printed: the same path for live state as for recovery, without doubt.
 */
export function decodeOwn(record: Pick<EncodedRecord, 'head' | 'state'>): DecodedRecord {
  const head: unknown = JSON.parse(record.head);
  const state: unknown = JSON.parse(openPart(record.state).json);
  return { head, state } as DecodedRecord; // printed from a draft of that type a moment ago
}

/** Reads a record from the journal: strict head, and the state part that the head commits to. */
export function decodeStored(hash: TextHash, headBytes: Uint8Array, statePart: string): DecodedRecord {
  const head = parseHead(headBytes);
  if (commitPart(hash, 'state', statePart) !== head.parts.state) {
    throw new Failure('PART_MISMATCH', 'state');
  }
  const state: unknown = JSON.parse(openPart(statePart).json);
  // The head commits to these bytes, and only `encodeDraft` makes heads: the form is the kind's.
  return { head, state } as DecodedRecord;
}
