import { HISTORY_S_MAX, HISTORY_S_MIN } from '../limits.ts';

/** What rules may ask of the past. Closed: nothing else about it can be known. */
export const HISTORY_FUNCTIONS = ['count', 'sum', 'distinct', 'formerly', 'since'] as const;

/** Kinds that every house has; the others are the kinds of resources that it remembers. */
export const PAST_KINDS = ['tool', 'done', 'effect', 'verdict', 'code'] as const;

/**
 * One question about the past of the action's delegation root (spec/20-policy.md, 4.12). `formerly` is
 * asked as `since`: was it less than `window_s` seconds ago?
 */
export type Question = {
  readonly ask: 'count' | 'sum' | 'distinct' | 'since';
  /** A kind of the past, or `unit` for sums. */
  readonly kind: string;
  /** What of this kind; null is the action's own tool, and everything for `distinct`. */
  readonly name: string | null;
  readonly window_s: number;
};

/** The past as a rule can ask it: an integer for each question, the same each time. */
export type History = (question: Question) => number;

export const NO_PAST: History = ({ ask }) => (ask === 'since' ? HISTORY_S_MAX : 0);

/** Names that the house keeps as tags only: who registers the policy brings the tag of each. */
export function taggedName({ kind, name }: Question): string | null {
  if (name === null || kind === 'effect' || kind === 'verdict' || kind === 'code') return null;
  return `${kind === 'done' ? 'tool' : kind}/${name}`;
}

/** One spelling for one question: it names what is recorded. */
export function printQuestion({ ask, kind, name, window_s }: Question): string {
  return `${ask} ${kind}/${name ?? '@'} ${window_s}`;
}

const PRINTED = /^(count|sum|distinct|since) ([a-z_]+)\/([^ ]+) ([0-9]{2,5})$/;

export function parseQuestion(text: string): Question | null {
  const [, ask, kind, name, window] = PRINTED.exec(text) ?? [];
  if (ask === undefined || kind === undefined || name === undefined) return null;
  const window_s = Number(window);
  if (window_s < HISTORY_S_MIN || window_s > HISTORY_S_MAX) return null;
  // The pattern admits these four.
  return { ask: ask as Question['ask'], kind, name: name === '@' ? null : name, window_s };
}
