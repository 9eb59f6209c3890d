import type { Lists } from './lists.ts';
import type { Type } from './type.ts';

/**
 * The words that a condition may use, where the house says which there are. What is not given is not
 * checked: a policy that was loaded once loads again wherever less is known.
 */
export type Words = {
  readonly effects?: ReadonlySet<string>;
  readonly codes?: ReadonlySet<string>;
  readonly findings?: ReadonlySet<string>;
  readonly reversibilities?: ReadonlySet<string>;
  readonly resource_kinds?: ReadonlySet<string>;
  /** Kinds of resources that the past remembers by name. */
  readonly remembered?: ReadonlySet<string>;
  /** The lists of the policy; where they are not given, it has none. */
  readonly lists?: Lists;
  /** The arguments of the tool, where it is known. */
  readonly args?: Type;
};

export const NO_WORDS: Words = {};
