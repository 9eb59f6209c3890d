import { encodeHex, encodeUtf8, type PublicKey, sha256, verifyEd25519 } from '@writ/proof';
import type { LedgerCode, LedgerProblem } from './ledger-problem.ts';
import { type LedgerRecord, printHashedMembers } from './ledger-record.ts';
import { readLedgerLine } from './read-record.ts';
import { readTimestamp } from './read-timestamp.ts';

/** What somebody knew of the ledger before: so many records, the last of them with this hash. */
export type HeldLedger = { readonly records: number; readonly hash: string | null };

export type LedgerFindings = {
  readonly records: number;
  readonly last_hash: string | null;
  /** In the order of the records, the first bad one first. */
  readonly problems: readonly LedgerProblem[];
};

export type LedgerVerification = {
  /** One line without its end; `ended` is false for a last line that has none. */
  take(line: Uint8Array, ended: boolean): void;
  finish(): LedgerFindings;
};

const GENESIS = 'GENESIS';

/** What is remembered on the way: chains and repetitions are seen across the whole ledger. */
type Seen = {
  readonly key: PublicKey | null;
  readonly held: HeldLedger | null;
  readonly problems: LedgerProblem[];
  /** Which record was the first to follow a hash, and its own hash. */
  readonly followers: Map<string, { readonly index: number; readonly hash: string }>;
  readonly ids: Map<string, number>;
  records: number;
  /** Null before the first record, and after a line that is none. */
  last: LedgerRecord | null;
  /** Records whose hash is right: signed by the key, and not. */
  signed: number;
  readonly unsigned: number[];
};

/**
 * Every check of every record, without stopping at the first that fails. Without a key none is of signatures.
 */
export function startLedgerVerification(key: PublicKey | null, held: HeldLedger | null): LedgerVerification {
  const seen: Seen = {
    key,
    held,
    problems: [],
    followers: new Map(),
    ids: new Map(),
    records: 0,
    last: null,
    signed: 0,
    unsigned: [],
  };
  return {
    take: (line, ended) => takeLine(seen, line, ended),
    finish: () => finish(seen),
  };
}

function takeLine(seen: Seen, line: Uint8Array, ended: boolean): void {
  const index = seen.records;
  const report = (code: LedgerCode, detail: string): void => void seen.problems.push({ index, code, detail });
  const read = readLedgerLine(line);
  seen.records += 1;
  if (!ended) report('LEDGER_UNENDED', 'the last line has no end: it was cut off, or written in part');
  if (read.kind === 'unreadable') {
    report(read.code, read.detail);
    seen.last = null;
    return;
  }
  const { record, signature } = read;
  checkHash(seen, record, signature, report);
  checkChain(seen, record, report);
  checkTime(seen, record, report);
  const twin = seen.ids.get(record.record_id);
  if (twin === undefined) seen.ids.set(record.record_id, index);
  else report('LEDGER_REPEATED', `its record_id is that of record ${twin}`);
  if (seen.held?.records === seen.records && (seen.held.hash ?? record.record_hash) !== record.record_hash) {
    report(
      'LEDGER_REWRITTEN',
      'it is not the record that was held before: the ledger was rewritten, or forked',
    );
  }
  seen.last = record;
}

type ReportProblem = (code: LedgerCode, detail: string) => void;

/** The signature is over the hash as it stands in the record: 64 ASCII characters. */
function checkHash(
  seen: Seen,
  record: LedgerRecord,
  signature: Uint8Array | null,
  report: ReportProblem,
): void {
  const hash = encodeHex(sha256(encodeUtf8(printHashedMembers(record))));
  const right = hash === record.record_hash;
  if (!right) report('LEDGER_HASH', 'hash mismatch: the record was edited');
  if (signature === null) {
    report('BASE64_INVALID', 'the signature is not the one base64 of 64 bytes');
    return;
  }
  if (seen.key === null) return;
  if (verifyEd25519(seen.key, encodeUtf8(record.record_hash), signature)) {
    if (right) seen.signed += 1;
    return;
  }
  if (right) seen.unsigned.push(seen.problems.length);
  report('LEDGER_SIGNATURE', 'signature invalid');
}

function checkChain({ last, records, followers }: Seen, record: LedgerRecord, report: ReportProblem): void {
  const index = records - 1;
  const { previous_hash, record_hash } = record;
  const first = followers.get(previous_hash);
  if (first === undefined) followers.set(previous_hash, { index, hash: record_hash });
  if (index === 0) {
    if (previous_hash !== GENESIS)
      report(
        'LEDGER_GENESIS',
        'the first record does not begin the ledger: its previous_hash must be GENESIS',
      );
    return;
  }
  if (first !== undefined) {
    const same = first.hash === record_hash;
    if (same) report('LEDGER_REPEATED', `it is record ${first.index} again`);
    else
      report('LEDGER_FORKED', `it follows the same record as record ${first.index}: two ways in one ledger`);
    return;
  }
  if (last !== null && previous_hash === last.record_hash) return;
  // After a line that is no record nobody knows what to follow, except that it is not the beginning.
  if (last === null && previous_hash !== GENESIS) return;
  report('LEDGER_CHAIN', 'previous_hash chain broken: a record is missing, moved or put in before it');
}

function checkTime({ last }: Seen, record: LedgerRecord, report: ReportProblem): void {
  if (last === null) return;
  const before = readTimestamp(last.timestamp);
  const now = readTimestamp(record.timestamp);
  if (before === null || now === null || now >= before) return;
  report('LEDGER_TIME', 'time goes back: it was backdated, or the clock of its writer was set back');
}

function finish(seen: Seen): LedgerFindings {
  const { problems, held, records, last } = seen;
  // One right signature tells a damaged record from a key that never signed here.
  for (const at of seen.signed === 0 ? seen.unsigned : []) {
    const { index = 0 } = problems[at] ?? {};
    const detail = 'unknown key: no signature of this ledger is by the key that was given';
    problems[at] = { index, code: 'LEDGER_KEY_UNKNOWN', detail };
  }
  if (held !== null && records < held.records) {
    const detail = `the ledger ends here; ${held.records} records were held before: its end was cut off`;
    problems.push({ index: records, code: 'LEDGER_TRUNCATED', detail });
  }
  return { records, last_hash: last?.record_hash ?? null, problems };
}
