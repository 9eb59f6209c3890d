import {
  decodeBase64,
  decodeUtf8,
  encodeUtf8,
  equalBytes,
  Failure,
  parseJson,
  SIGNATURE_BYTES,
} from '@writ/proof';
import type { LedgerCode } from './ledger-problem.ts';
import { LEDGER_MEMBERS, type LedgerRecord, printLedgerRecord } from './ledger-record.ts';
import { readTimestamp } from './read-timestamp.ts';

/** A line is a record or it is none; the text of its signature alone may be wrong in a record that is one. */
export type LedgerLine =
  | { readonly kind: 'record'; readonly record: LedgerRecord; readonly signature: Uint8Array | null }
  | { readonly kind: 'unreadable'; readonly code: LedgerCode; readonly detail: string };

/** One line without its end: strict JSON, these ten members in these forms, in the one spelling. */
export function readLedgerLine(line: Uint8Array): LedgerLine {
  const value = parse(line);
  if ('kind' in value) return value;
  const record = recordOf(value.parsed);
  if (typeof record === 'string') return unreadable('LEDGER_MEMBERS', record);
  if (!equalBytes(encodeUtf8(printLedgerRecord(record)), line)) {
    return unreadable('NOT_CANONICAL', 'the line is not the one spelling of what it holds: it was edited');
  }
  return { kind: 'record', record, signature: signatureOf(record.signature) };
}

function unreadable(code: LedgerCode, detail: string): Extract<LedgerLine, { readonly kind: 'unreadable' }> {
  return { kind: 'unreadable', code, detail };
}

/** Its writer escapes a lone surrogate like any other unit, so that alone does not make a line unreadable. */
function parse(
  line: Uint8Array,
): { readonly parsed: unknown } | Extract<LedgerLine, { readonly kind: 'unreadable' }> {
  try {
    return { parsed: parseJson(line) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // Size, depth and grammar are checked by now; that nothing stands twice is seen from the one spelling.
    if (error.code === 'TEXT_NOT_WELL_FORMED') return { parsed: JSON.parse(decodeUtf8(line)) };
    // What parseJson refuses a text for are the codes that a ledger has of it.
    return unreadable(error.code as LedgerCode, error.detail);
  }
}

const HASH = /^[0-9a-f]{64}$/;
const FORMS: { readonly [Member in keyof LedgerRecord]?: RegExp } = {
  decision: /^(?:ALLOW|BLOCK|ESCALATE)$/,
  previous_hash: /^(?:GENESIS|[0-9a-f]{64})$/,
  record_hash: HASH,
  record_id: /^[0-9a-f]{32}$/,
  tool_args_hash: HASH,
};

/** A record, or what keeps the value from being one. */
function recordOf(value: unknown): LedgerRecord | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'the line is no object';
  // An object of JSON; what its members are is asked next.
  const members = value as Readonly<Record<string, unknown>>;
  for (const member of LEDGER_MEMBERS) {
    const text = members[member];
    if (text === null && member === 'policy_id') continue;
    if (typeof text !== 'string') return `${member} is missing or no text`;
    if (FORMS[member]?.test(text) === false) return `${member} has another form`;
  }
  if (Object.keys(members).length > LEDGER_MEMBERS.length) return 'there is a member that no record has';
  // Each member was just looked at.
  const record = members as LedgerRecord;
  return readTimestamp(record.timestamp) === null ? 'timestamp has another form' : record;
}

/** Null for text that is not the one base64 of 64 bytes. */
function signatureOf(text: string): Uint8Array | null {
  try {
    const bytes = decodeBase64(text);
    return bytes.length === SIGNATURE_BYTES ? bytes : null;
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}
