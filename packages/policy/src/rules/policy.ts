import type { ReasonClass, Verdict } from '../decide/verdict.ts';
import type { View } from '../decide/view.ts';

export type ProofOfPerson = 'p0' | 'p1' | 'p2' | 'p3' | 'p4';

/** The words of the house that a policy may use; the lists live in the contract. */
export type Vocabulary = {
  readonly effects: ReadonlySet<string>;
  readonly obligations: ReadonlySet<string>;
  /** Codes that a rule may give; without it any well-formed code that is not reserved. */
  readonly codes?: ReadonlySet<string>;
};

/** `any`: at least one of these; `all`: every one; `none`: not one. */
export type EffectFilter = {
  readonly any?: readonly string[];
  readonly all?: readonly string[];
  readonly none?: readonly string[];
};

/** One line of a rule's own test: an action, whole, and what the whole policy says of it. */
export type Example = View & { readonly expect: Verdict };

/** A checked rule. Members that the author left out and that have a default carry it. */
export type Rule = {
  readonly id: string;
  /** Exact names, or the single item `*`. */
  readonly tools: readonly string[];
  readonly effects?: EffectFilter;
  readonly when?: string;
  readonly verdict: Verdict;
  readonly code: string;
  /** On ALLOW always `final`: there is nothing to lift. */
  readonly class: ReasonClass;
  readonly needs?: ProofOfPerson;
  readonly quorum?: number;
  readonly escalate_to?: string;
  readonly deadline_s?: number;
  readonly obligations?: readonly string[];
  readonly reason?: string;
  readonly mode: 'enforce' | 'shadow';
  readonly examples: readonly Example[];
};

/** A checked policy: readonly data, the only thing that `compilePolicy` accepts. */
export type Policy = {
  readonly version: 1;
  readonly name: string;
  readonly rules: readonly Rule[];
};

export type { ReasonClass, Verdict };
