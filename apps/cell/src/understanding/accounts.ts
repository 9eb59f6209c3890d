import type { Id } from '@writ/proof';

/** Of the time of one thread, what one principal may use in the long run. */
const SHARE = 0.5;
/** Time of a thread that a principal may use at once, before it has to wait. */
const BURST_MS = 2_000;
/** How long a text may wait for its principal's account: beyond, it is better told to come back. */
export const ACCOUNT_WAIT_MS_MAX = 2_000;

/** Time of threads by principal: whose texts cost much waits, and nobody else. */
export type Accounts = {
  charge(by: Id, spent_ms: number, now_ms: number): void;
  /** How long until this principal may use more; 0 when it may now. */
  waitOf(by: Id, now_ms: number): number;
  /** Accounts that are remembered: those that are not even again. */
  size(): number;
};

/** For each principal the moment at which all that it used is paid for, at its share. */
export function openAccounts(): Accounts {
  const paid_until = new Map<Id, number>();
  return {
    charge(by, spent_ms, now_ms) {
      for (const [known, until] of paid_until) {
        if (until > now_ms) break;
        paid_until.delete(known);
      }
      const until = Math.max(paid_until.get(by) ?? 0, now_ms) + spent_ms / SHARE;
      // Set anew, it stands behind those that were charged before: the front is the first to be forgotten.
      paid_until.delete(by);
      paid_until.set(by, until);
    },
    waitOf: (by, now_ms) => Math.max(0, (paid_until.get(by) ?? 0) - now_ms - BURST_MS / SHARE),
    size: () => paid_until.size,
  };
}
