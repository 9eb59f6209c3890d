import { CODES, type Code, type Drift, isCode, type ReasonClass, type Verdict } from '@writ/contract';
import type { Problem, WireAnswer, WireProven } from '@writ/contract/api';
import type { Id } from '@writ/proof';
import { type ClientCode, textOfCode } from '../codes.ts';

/**
 * Why, as an agent may see it: the code and our own fixed text for it. The server's words are not repeated.
 */
export type ShownReason = {
  readonly gate: number;
  readonly verdict: Verdict;
  readonly code: Code;
  readonly class: ReasonClass;
  readonly text: string;
};

/** Everything that is not believed to be a permission. */
export type Refusal = {
  readonly verdict: 'BLOCK';
  /** The action as the server names it; null when it did not. */
  readonly id: Id | null;
  readonly code: ClientCode;
  readonly text: string;
  /** What the server says; nothing rests on it. */
  readonly reasons: readonly ShownReason[];
  /** What the server says; nothing rests on it. The ids are texts from outside. */
  readonly drift: readonly Drift[];
  /** The record of the refusal, verified; null when there is none, or it is not believed. */
  readonly proven: WireProven | null;
};

export function refusal(
  code: ClientCode,
  id: Id | null = null,
  { reasons = [], drift = [], proven = null }: Partial<Refusal> = {},
): Refusal {
  return { verdict: 'BLOCK', id, code, text: textOfCode(code), reasons, drift, proven };
}

/** A refusal of the cell. It needs no proof: what is refused is not done. One that it gives was checked. */
export function refusalOf(problem: Problem): Refusal {
  const { code, id, answer, proven } = problem;
  const reasons = answer === undefined ? [] : reasonsOf(answer);
  const drift = answer?.kind === 'refused' ? answer.drift : [];
  return refusal(code, id ?? null, { reasons, drift, proven: proven ?? null });
}

export function reasonsOf(answer: WireAnswer): readonly ShownReason[] {
  if (answer.kind !== 'judged' && answer.kind !== 'refused') return [];
  return answer.reasons.map(({ gate, verdict, code, class: reasonClass }) => ({
    gate,
    verdict,
    code,
    class: reasonClass,
    text: CODES[code].agent,
  }));
}

/**
 * The code in a head is text of the cell; one that this version does not know is none that it can explain.
 */
export function knownCode(code: string): Code {
  return isCode(code) ? code : 'INTERNAL';
}
