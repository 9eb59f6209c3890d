import { CODES, type Code, isCode } from '@writ/contract';
import type { Problem, WireAnswer } from '@writ/contract/api';
import {
  encodeUtf8,
  type Head,
  parseHead,
  parseReceipt,
  parseTlogProof,
  parseWrit,
  type RecordKind,
} from '@writ/proof';
import { ClientFailure, type Refusal } from '@writ/sdk';
import type { Acted, Proven, ShownAnswer, ShownReason } from '../desk/shown.ts';
import { CliFailure } from '../program/failure.ts';

/** The record inside a writ or a receipt that was verified. */
export function provenOf(text: string, form: 'writ' | 'receipt'): Proven {
  const bytes = encodeUtf8(text);
  const { head, proof } = form === 'writ' ? parseWrit(bytes) : parseReceipt(bytes);
  return { index: Number(parseTlogProof(encodeUtf8(proof)).index), head, proof };
}

export function headOf({ head }: Pick<Proven, 'head'>): Head {
  return parseHead(encodeUtf8(head));
}

/** A judgment as its proven record says it; the reasons are the word of the server. */
export function judgedFrom(proven: Proven, reasons: readonly ShownReason[]): ShownAnswer {
  const head = headOf(proven);
  if (head.kind !== 'decision' && head.kind !== 'release') throw contradicts();
  const { id, verdict, obligations, expires_at, ticket } = head;
  const code = isCode(head.code) ? head.code : 'INTERNAL';
  return {
    kind: 'judged',
    index: proven.index,
    id,
    verdict,
    code,
    reasons,
    obligations,
    expires_at,
    // A release names its ticket too, and nothing waits for it any more.
    ticket: ticket === null || verdict !== 'ESCALATE' ? null : { id: ticket, expires_at: null },
  };
}

/**
 * A refusal of the cell as an answer. What this client itself refused to believe is none: nobody knows what
 * became of it.
 */
export function refusedFrom({ code, text, id, reasons, drift, proven }: Refusal): Acted {
  if (!isCode(code)) throw new CliFailure(code, `${text}: nothing of it may be acted upon`);
  if (proven === null) return { answer: { kind: 'refused', index: null, code, drift, reasons }, proven };
  const head = headOf(proven);
  const { index } = proven;
  if (head.kind === 'refusal') return { answer: { kind: 'refused', index, code, drift, reasons }, proven };
  if (head.kind === 'decision' && head.id !== id) {
    return { answer: { kind: 'repeat', index, id: null, code, folded: true }, proven };
  }
  if (head.kind === 'decision' || head.kind === 'release')
    return { answer: judgedFrom(proven, reasons), proven };
  return { answer: { kind: 'refused', index, code, drift, reasons }, proven };
}

type Answered = { readonly answer: WireAnswer; readonly proven: Proven | null };

/** What governs, freezes or answers: a done one stands on a record of that kind. */
export function actedFrom(
  called:
    | { readonly kind: 'answer'; readonly value: Answered }
    | { readonly kind: 'problem'; readonly problem: Problem },
  kinds: readonly RecordKind[],
): Acted {
  if (called.kind === 'problem') {
    const { code, answer, proven = null } = called.problem;
    const reasons = answer?.kind === 'refused' ? answer.reasons : [];
    const drift = answer?.kind === 'refused' ? answer.drift : [];
    return { answer: { kind: 'refused', index: proven?.index ?? null, code, drift, reasons }, proven };
  }
  const { answer, proven } = called.value;
  if (proven === null || !kinds.includes(headOf(proven).kind)) throw contradicts();
  const { index } = proven;
  switch (answer.kind) {
    case 'done':
      return { answer: { kind: 'done', id: answer.id, index }, proven };
    case 'repeat': {
      const { id, code, folded } = answer;
      return { answer: { kind: 'repeat', id, code, folded, index }, proven };
    }
    case 'judged':
    case 'spent':
    case 'refused':
      throw contradicts();
    default:
      return answer satisfies never;
  }
}

/** The value of a call that only reads; what is refused is a failure with the cell's own code. */
export function valueOf<Value>(
  called:
    | { readonly kind: 'answer'; readonly value: Value }
    | { readonly kind: 'problem'; readonly problem: Problem },
): Value {
  if (called.kind === 'answer') return called.value;
  throw failureOf(called.problem.code);
}

export function failureOf(code: Code): CliFailure {
  const { operator, status } = CODES[code];
  return new CliFailure(code, operator, status >= 500 ? 2 : 1);
}

export function contradicts(): ClientFailure {
  return new ClientFailure('ANSWER_CONTRADICTS', 'the record is of another kind than the answer');
}
