import { CODES } from './codes.ts';
import { EFFECTS } from './effects.ts';
import { OBLIGATIONS } from './obligations.ts';
import { FINDING_CODES, REMEMBERED_KINDS, RESOURCE_KINDS, REVERSIBILITIES } from './understanding.ts';

type Words = ReadonlySet<string>;

/** The words of the house that a policy may use (spec/20-policy.md, 2.2). */
export const POLICY_WORDS: {
  readonly effects: Words;
  readonly obligations: Words;
  readonly codes: Words;
  readonly findings: Words;
  readonly reversibilities: Words;
  readonly resource_kinds: Words;
  readonly remembered: Words;
} = {
  effects: new Set(EFFECTS),
  obligations: new Set(OBLIGATIONS),
  codes: new Set(Object.keys(CODES)),
  findings: new Set(FINDING_CODES),
  reversibilities: new Set(REVERSIBILITIES),
  resource_kinds: new Set(RESOURCE_KINDS),
  remembered: new Set(REMEMBERED_KINDS),
};
