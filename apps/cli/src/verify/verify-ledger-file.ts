import { Failure, type PublicKey, readLines } from '@writ/proof';
import type { LedgerProblem } from '../lexecon/ledger/ledger-problem.ts';
import {
  type HeldLedger,
  type LedgerFindings,
  startLedgerVerification,
} from '../lexecon/ledger/verify-ledger.ts';
import { type Finding, refused } from './finding.ts';
import type { Subject } from './subject.ts';

export type LedgerQuestion = {
  /** Null when nobody said whose the ledger is: then no signature can be judged. */
  readonly key: PublicKey | null;
  readonly held: HeldLedger | null;
  readonly require_complete: boolean;
};

/** Hashes and ids of all records are held at once; no ledger of that writer comes near this. */
const RECORDS_MAX = 1_000_000;
/** Enough to see what happened; all are counted. */
const PROBLEMS_SHOWN_MAX = 10_000;
const NEWLINE: Uint8Array = Uint8Array.of(0x0a);

/** A ledger of Lexecon: every check of its own verifier, and those that it lacks (docs/lexecon.md). */
export async function verifyLedgerFile(
  subject: Extract<Subject, { readonly format: 'ledger' }>,
  question: LedgerQuestion,
): Promise<Finding> {
  const verification = startLedgerVerification(question.key, question.held);
  let records = 0;
  let ended = true;
  const lines = readLines((bytes, from, to) => {
    records += 1;
    if (records <= RECORDS_MAX) verification.take(bytes.subarray(from, to), ended);
  });
  try {
    for await (const chunk of subject.open()) {
      lines.push(chunk);
      if (records > RECORDS_MAX) return tooLarge();
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const place = { kind: 'index', index: records };
    return refused('invalid', error.code, `record ${records}: ${error.detail}`, { format: 'lexecon', place });
  }
  ended = false;
  if (lines.hasRest()) lines.push(NEWLINE);
  if (records > RECORDS_MAX) return tooLarge();
  return findingOf(verification.finish(), question);
}

function tooLarge(): Finding {
  return refused('undecidable', 'LEDGER_TOO_LARGE', `more than ${RECORDS_MAX} records`, {
    format: 'lexecon',
  });
}

function findingOf(findings: LedgerFindings, question: LedgerQuestion): Finding {
  const { records, last_hash, problems } = findings;
  const [first] = problems;
  const about = { format: 'lexecon', records, last_hash };
  if (first !== undefined) return invalid(first, findings);
  if (question.key === null) {
    const detail = 'hashes and chain are whole, but anybody can make such: whose key has signed is not known';
    return withRecords(refused('undecidable', 'LEDGER_KEY_MISSING', detail, about), records);
  }
  const { held } = question;
  if (held === null && (question.require_complete || records === 0)) {
    const detail = records === 0 ? 'no record' : 'nothing tells how many records there were';
    return withRecords(refused('undecidable', 'LEDGER_COMPLETENESS', detail, about), records);
  }
  return {
    verdict: 'valid',
    text: `a Lexecon ledger of ${records} records, all signed by the given key`,
    details: [
      completeness(held),
      `to hold it by: --held ${records}${last_hash === null ? '' : `:${last_hash}`}`,
    ],
    json: {
      verdict: 'valid',
      ...about,
      completeness: held === null ? 'unknown' : 'known',
      complete_to: held?.records ?? null,
    },
    checkpoint: null,
    records: `${records}`,
  };
}

function completeness(held: HeldLedger | null): string {
  return held === null
    ? 'completeness unknown: nothing in a ledger tells that records were cut off its end'
    : `complete up to record ${held.records}, which was held before`;
}

function invalid(first: LedgerProblem, { records, last_hash, problems }: LedgerFindings): Finding {
  const shown = problems.slice(0, PROBLEMS_SHOWN_MAX);
  const place = { kind: 'index', index: first.index };
  const finding = refused('invalid', first.code, `record ${first.index}: ${first.detail}`, {
    format: 'lexecon',
    records,
    last_hash,
    place,
    problems: shown,
    problem_count: problems.length,
  });
  const more = problems.length > shown.length ? [`and ${problems.length - shown.length} more`] : [];
  const list = shown.map(({ index, code, detail }) => `- Record ${index}: ${detail} (${code})`);
  return { ...withRecords(finding, records), details: ['Errors:', ...list, ...more] };
}

function withRecords(finding: Finding, records: number): Finding {
  return { ...finding, records: `${records}` };
}
