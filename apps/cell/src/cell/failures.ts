/** How often work behind the answers failed since the cell was opened, and what was said last. */
export type Failures = { readonly failures: number; readonly last_failure: string | null };

export type FailureCount = { add(thrown: unknown): void; now(): Failures };

/** Whatever fails there is tried again; what is tried again without a word is noticed when it is too late. */
export function countFailures(): FailureCount {
  let now: Failures = { failures: 0, last_failure: null };
  return {
    add(thrown) {
      now = {
        failures: now.failures + 1,
        last_failure: thrown instanceof Error ? thrown.message : 'unknown',
      };
    },
    now: () => now,
  };
}
