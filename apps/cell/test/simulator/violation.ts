/** Something that must never happen has happened. `rule` is the stable name of the invariant. */
export class Violation extends Error {
  readonly rule: string;
  readonly detail: string;

  constructor(rule: string, detail: string) {
    super(`${rule}: ${detail}`);
    this.name = 'Violation';
    this.rule = rule;
    this.detail = detail;
  }
}

/** How often each invariant was looked at: one that was never checked holds for no reason. */
export type Checks = {
  check(rule: string, holds: boolean, detail: () => string): void;
  readonly counts: Map<string, number>;
  /** The first violation. Later ones may only follow from it. */
  first(): Violation | null;
  /** For failures that surface where nobody can catch them. */
  fail(violation: Violation): void;
};

export function openChecks(): Checks {
  const counts = new Map<string, number>();
  let first: Violation | null = null;
  const fail = (violation: Violation): void => {
    first ??= violation;
  };
  return {
    check(rule, holds, detail) {
      counts.set(rule, (counts.get(rule) ?? 0) + 1);
      // Kept, not thrown: it must not be taken by the code under test for a failure of a port.
      if (!holds) fail(new Violation(rule, detail()));
    },
    counts,
    first: () => first,
    fail,
  };
}
