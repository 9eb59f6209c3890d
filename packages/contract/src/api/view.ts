import type { Answer } from '../answer.ts';
import { CODES, type Code } from '../codes.ts';
import type { Reason } from '../reason.ts';
import type { Problem, WireAnswer, WireReason } from './values.ts';

/**
 * An agent sees codes and their fixed texts: never rules, thresholds, approvers or what an answer must hold.
 * An operator sees everything.
 */
export type View = 'agent' | 'operator';

export function textOf(code: Code, view: View): string {
  return CODES[code][view];
}

/** The main code of an answer. */
export function codeOf(answer: Answer): Code {
  switch (answer.kind) {
    case 'judged':
    case 'repeat':
    case 'refused':
      return answer.code;
    case 'spent':
    case 'done':
      return 'ALLOWED';
    default:
      return answer satisfies never;
  }
}

const WAITS = 202;
const REFUSED = 403;

/**
 * A verdict of BLOCK is never a success, also where the code's own class is that something can still happen.
 */
export function statusOf(answer: Answer): number {
  const { status } = CODES[codeOf(answer)];
  if (answer.kind !== 'judged') return status;
  switch (answer.verdict) {
    case 'ALLOW':
      return 200;
    case 'ESCALATE':
    case 'NEED_EVIDENCE':
      return WAITS;
    case 'BLOCK':
      return status < 400 ? REFUSED : status;
    default:
      return answer.verdict satisfies never;
  }
}

export function toWireAnswer(answer: Answer, view: View): WireAnswer {
  switch (answer.kind) {
    case 'judged': {
      const { kind, id, verdict, code, expires_at, ticket } = answer;
      return {
        kind,
        id,
        verdict,
        code,
        text: textOf(code, view),
        reasons: answer.reasons.map((reason) => toWireReason(reason, view)),
        gates: answer.gates.map(({ gate, name, not_evaluated, reasons }) => ({
          gate,
          name,
          not_evaluated,
          codes: reasons.map((reason) => reason.code),
        })),
        obligations: [...answer.obligations],
        expires_at,
        ticket: ticket === null ? null : toWireTicket(ticket, view),
      };
    }
    case 'spent': {
      const { kind, id, decided_at, expires_at, obligations } = answer;
      return { kind, id, decided_at, expires_at, obligations: [...obligations] };
    }
    case 'repeat': {
      const { kind, id, code, folded } = answer;
      return { kind, id, code, text: textOf(code, view), folded };
    }
    case 'refused': {
      const { kind, code, reasons } = answer;
      const drift = answer.drift.map((one) => ({ kind: one.kind, id: one.id }));
      const text = textOf(code, view);
      return { kind, code, text, reasons: reasons.map((reason) => toWireReason(reason, view)), drift };
    }
    case 'done':
      return { kind: answer.kind, id: answer.id };
    default:
      return answer satisfies never;
  }
}

export function toWireReason(reason: Reason, view: View): WireReason {
  const { gate, verdict, code, rule, lift, lifted } = reason;
  const evidence = reason.evidence === undefined ? {} : { evidence: [...reason.evidence] };
  const plain = { gate, verdict, code, class: reason.class, text: textOf(code, view), ...evidence };
  return view === 'agent' ? plain : { ...plain, rule, lift, lifted };
}

type Ticket = NonNullable<Extract<Answer, { readonly kind: 'judged' }>['ticket']>;

function toWireTicket({ id, expires_at, binding }: Ticket, view: View) {
  return view === 'agent' ? { id, expires_at } : { id, expires_at, binding };
}

/** A refusal as RFC 9457 says it. `detail` is ours, never a text from outside. */
export function problemOf(code: Code, view: View, status: number = CODES[code].status): Problem {
  return { type: `urn:writ:code:${code}`, title: textOf(code, view), status, code };
}
