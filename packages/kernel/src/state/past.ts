import type { Tag } from '@writ/proof';

/** How often something happened, in slots that are forgotten in turn: `[slot, count, slot, count …]`. */
export type Counter = {
  /** When it happened last, and the time before that. */
  last_at: number;
  before_at: number | null;
  readonly minutes: number[];
  readonly hours: number[];
};

export type Seen = { readonly first_at: number; readonly last_at: number };

/**
 * What one delegation root did in the last day, as rules may ask it. Counted under `effect/NAME`,
 * `verdict/NAME`, `code/NAME`, `tool/TAG`, `done/TAG`, `unit/TAG`, and `KIND/TAG` for resources that the
 * policy in force names. `seen` keeps the newest resources of each kind, to tell how many there were.
 */
export type Past = {
  last_at: number;
  readonly counters: Map<string, Counter>;
  readonly seen: Map<string, Map<Tag, Seen>>;
};
