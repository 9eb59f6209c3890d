import { CODES, type Code, isCode, type ReasonClass } from '@writ/contract';
import type { Problem, WireAnswer } from '@writ/contract/api';
import type { Id } from '@writ/proof';
import { type ClientCode, textOfCode } from '../codes.ts';

/**
 * Why, as an agent may see it: the code and our own fixed text for it. The server's words are not repeated.
 */
export type ShownReason = { readonly code: Code; readonly class: ReasonClass; readonly text: string };

/** Everything that is not believed to be a permission. */
export type Refusal = {
  readonly verdict: 'BLOCK';
  /** The action as the server names it; null when it did not. */
  readonly id: Id | null;
  readonly code: ClientCode;
  readonly text: string;
  /** What the server says; nothing rests on it. */
  readonly reasons: readonly ShownReason[];
};

export function refusal(
  code: ClientCode,
  id: Id | null = null,
  reasons: readonly ShownReason[] = [],
): Refusal {
  return { verdict: 'BLOCK', id, code, text: textOfCode(code), reasons };
}

/** A refusal of the cell. It needs no proof: what is refused is not done. */
export function refusalOf({ code, id, answer }: Problem): Refusal {
  return refusal(code, id ?? null, answer === undefined ? [] : reasonsOf(answer));
}

export function reasonsOf(answer: WireAnswer): readonly ShownReason[] {
  if (answer.kind !== 'judged' && answer.kind !== 'refused') return [];
  return answer.reasons.map(({ code }) => ({ code, class: CODES[code].class, text: CODES[code].agent }));
}

/**
 * The code in a head is text of the cell; one that this version does not know is none that it can explain.
 */
export function knownCode(code: string): Code {
  return isCode(code) ? code : 'INTERNAL';
}
