import type { Id } from '@writ/proof';
import type { Permitted, State } from '../state/state.ts';
import { settle } from './budgets.ts';

export function openWrit(state: State, writ: Permitted): void {
  state.permitted.set(writ.id, writ);
  state.open_writs.set(writ.by, (state.open_writs.get(writ.by) ?? 0) + 1);
}

/**
 * Takes a permission out of the hot state: spent, expired or void. Reservations are the caller's to settle.
 */
export function closeWrit(state: State, writ: Permitted): void {
  state.permitted.delete(writ.id);
  const left = (state.open_writs.get(writ.by) ?? 0) - 1;
  if (left > 0) state.open_writs.set(writ.by, left);
  else state.open_writs.delete(writ.by);
}

/** An uncommitted permission that will not be spent gives back what it held. */
export function releaseWrit(state: State, id: Id): void {
  const writ = state.permitted.get(id);
  if (writ === undefined) return;
  closeWrit(state, writ);
  const space = state.namespaces.get(writ.ns);
  if (space !== undefined) settle(space, writ.root, writ.reserved, [], state.now_ms);
}

/** A committed action without an outcome counts as spent in full. */
export function settleCommitted(state: State, id: Id): void {
  const committed = state.committed.get(id);
  if (committed === undefined) return;
  state.committed.delete(id);
  const space = state.namespaces.get(committed.ns);
  if (space !== undefined)
    settle(space, committed.root, committed.reserved, committed.reserved, state.now_ms);
}
