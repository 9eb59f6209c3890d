/**
 * So many freezes and thaws of one credential at once, and so many a minute after that. They go before all
 * others and each change is a record, so whoever needs more freezes a wider scope.
 */
export const FREEZES_PER_MINUTE_MAX = 60;

const MINUTE_MS = 60_000;
const BETWEEN_MS: number = MINUTE_MS / FREEZES_PER_MINUTE_MAX;

export type FreezeLimiter = {
  /** Counts one more of this lane; false, and nothing counted, when it had too many lately. */
  admit(lane: string, elapsed_ms: number): boolean;
  /** Lanes that are remembered: those that were admitted within the last minute. */
  size(): number;
};

/**
 * For each lane the moment at which all that it was admitted would have been spread evenly: at most a minute
 * ahead. Elapsed time only counts on, whatever the wall shows.
 */
export function openFreezeLimiter(): FreezeLimiter {
  const paid_until = new Map<string, number>();
  return {
    admit(lane, elapsed_ms) {
      for (const [known, until] of paid_until) {
        if (until > elapsed_ms) break;
        paid_until.delete(known);
      }
      const until = Math.max(paid_until.get(lane) ?? 0, elapsed_ms) + BETWEEN_MS;
      if (until - elapsed_ms > MINUTE_MS) return false;
      // Set anew, it stands behind lanes that were admitted before: the front is the first to be forgotten.
      paid_until.delete(lane);
      paid_until.set(lane, until);
      return true;
    },
    size: () => paid_until.size,
  };
}
