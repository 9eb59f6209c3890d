import type { JsonObject } from '@writ/proof';
import type { ReasonClass, Verdict } from '../decide/verdict.ts';
import type { Lists } from '../condition/lists.ts';
import type { Words } from '../condition/words.ts';
import type { View } from '../decide/view.ts';
import type { PastAction } from '../history/past-action.ts';
import type { Problem } from '../problem.ts';

export type ProofOfPerson = 'p0' | 'p1' | 'p2' | 'p3' | 'p4';

/**
 * The words of the house that a policy may use; the lists live in the contract. Codes, where they are given,
 * are those that a rule may give; without them any well-formed code that is not reserved.
 */
export type Vocabulary = Omit<Words, 'args' | 'effects' | 'lists'> & {
  readonly effects: ReadonlySet<string>;
  readonly obligations: ReadonlySet<string>;
  /** JSON Schemas of the arguments of the tools that are known. */
  readonly tools?: ReadonlyMap<string, JsonObject>;
  /** The text of a pack that a policy names. */
  readonly packs?: (name: string) => string | undefined;
};

/** `any`: at least one of these; `all`: every one; `none`: not one. */
export type EffectFilter = {
  readonly any?: readonly string[];
  readonly all?: readonly string[];
  readonly none?: readonly string[];
};

/** One line of a rule's own test: an action with its past, and what the whole policy says of it. */
export type Example = ExampleAction & { readonly expect: Verdict };

export type ExampleAction = Omit<View, 'history'> & { readonly history: readonly PastAction[] };

/** A checked rule. Members that the author left out and that have a default carry it. */
export type Rule = {
  readonly id: string;
  /** Exact names, or the single item `*`. */
  readonly tools: readonly string[];
  readonly effects?: EffectFilter;
  readonly when?: string;
  /** The lists that its condition reads, with all that is in them; made of the policy, not written here. */
  readonly lists?: Lists;
  readonly verdict: Verdict;
  readonly code: string;
  /** On ALLOW always `final`: there is nothing to lift. */
  readonly class: ReasonClass;
  readonly needs?: ProofOfPerson;
  readonly quorum?: number;
  readonly escalate_to?: string;
  readonly deadline_s?: number;
  readonly obligations?: readonly string[];
  /** Only on NEED_EVIDENCE: it asks while one of these kinds is missing. */
  readonly evidence?: readonly string[];
  readonly reason?: string;
  readonly mode: 'enforce' | 'shadow';
  readonly examples: readonly Example[];
};

/** A checked policy: readonly data, the only thing that `compilePolicy` accepts. */
export type Policy = {
  readonly version: 1;
  readonly name: string;
  /** `base` where nothing is said. */
  readonly layer?: Layer;
  /** What it stands on, and what narrows it; most have none. */
  readonly packs?: readonly Pack[];
  /** What it adds to the lists of what it stands on, and lists of its own. */
  readonly lists?: Lists;
  readonly rules: readonly Rule[];
};

/** A narrowing layer has no rule that allows: whatever it says, nothing is permitted by it. */
export type Layer = 'base' | 'narrowing';

export type Pack = {
  readonly name: string;
  readonly layer: Layer;
  readonly lists?: Lists;
  readonly rules: readonly Rule[];
};

export type PolicyResult =
  | { readonly kind: 'policy'; readonly policy: Policy }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

export type { ReasonClass, Verdict };
