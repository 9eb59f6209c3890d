import type { Id } from '@writ/proof';
import type { Permitted, State } from '../state/state.ts';
import { giveBack, settle } from './budgets.ts';
import { countSpent } from './past.ts';

export function openWrit(state: State, writ: Permitted): void {
  state.permitted.set(writ.id, writ);
  state.open_writs.set(writ.by, (state.open_writs.get(writ.by) ?? 0) + 1);
}

/**
 * The action of a permission came to its end: spent and finished, expired or void. Until then it counts
 * against its principal, also while it runs: whoever never reports outcomes uses up a quota of their own.
 */
export function endWrit(state: State, by: Id): void {
  const left = (state.open_writs.get(by) ?? 0) - 1;
  if (left > 0) state.open_writs.set(by, left);
  else state.open_writs.delete(by);
}

/** An uncommitted permission that will not be spent gives back what it held. */
export function releaseWrit(state: State, id: Id): void {
  const writ = state.permitted.get(id);
  if (writ === undefined) return;
  state.permitted.delete(id);
  endWrit(state, writ.by);
  const space = state.namespaces.get(writ.ns);
  if (space !== undefined) giveBack(space, writ.root, writ.reserved, state.now_ms);
}

/** A committed action without an outcome counts as spent in full. */
export function settleCommitted(state: State, id: Id): void {
  const committed = state.committed.get(id);
  if (committed === undefined) return;
  state.committed.delete(id);
  endWrit(state, committed.by);
  const space = state.namespaces.get(committed.ns);
  if (space === undefined) return;
  countSpent(state, committed.root, settle(space, committed.root, committed.reserved, [], state.now_ms));
}
