import { API_LIMITS } from '@writ/contract/api';
import type { Id } from '@writ/proof';

/**
 * How many dry runs a principal may still ask for in this minute: whoever can try without end finds the edge
 * of every rule. Nothing of it is recorded, so it is counted here.
 */
export type ProbeBudget = { take(principal: Id, count: number, now_ms: number): boolean };

const MINUTE_MS = 60_000;

export function openProbeBudget(): ProbeBudget {
  let minute = Number.NaN;
  let used = new Map<Id, number>();
  return {
    take(principal, count, now_ms) {
      const current = Math.floor(now_ms / MINUTE_MS);
      if (current !== minute) {
        minute = current;
        // Everything at once: no entry outlives its minute, so they are as many as asked in one.
        used = new Map();
      }
      const before = used.get(principal) ?? 0;
      if (before + count > API_LIMITS.candidates_per_minute_max) return false;
      used.set(principal, before + count);
      return true;
    },
  };
}
