import type { Id, Tag } from '@writ/proof';
import { releaseWrit, settleCommitted } from '../apply/writs.ts';
import { emptyState, type Budget, type Namespace, type State } from './state.ts';

/**
 * What a new epoch begins with: who is there and what is in force, and nothing that was open. Permissions and
 * tickets are void, what was committed without an outcome counts as spent, and idempotency keys are forgotten
 * (`began_at` refuses what was sent before). Credentials are void too: the record that ended one may be lost.
 * Every version becomes 0, the index of the record that carries the state over, so that any later change has
 * a higher one. The state that is given is used up.
 */
export function carryState(state: State, isErased: (ns: Id) => boolean): State {
  for (const id of state.committed.keys()) settleCommitted(state, id);
  for (const id of state.permitted.keys()) releaseWrit(state, id);
  const carried = emptyState();
  carried.home = state.home;
  carried.now_ms = state.now_ms;
  carried.engine = state.engine;
  for (const [id, space] of state.namespaces) carried.namespaces.set(id, carryNamespace(space, isErased(id)));
  for (const [id, principal] of state.principals) carried.principals.set(id, { ...principal, version: 0 });
  for (const [id, session] of state.sessions) carried.sessions.set(id, { ...session, pending_tickets: 0 });
  for (const [id, activity] of state.activities) carried.activities.set(id, activity);
  for (const [id, past] of state.pasts) carried.pasts.set(id, past);
  for (const [shape, loop] of state.loops) carried.loops.set(shape, loop);
  for (const scope of state.freezes.keys()) carried.freezes.set(scope, 0);
  for (const digest of state.quarantined.keys()) carried.quarantined.set(digest, 0);
  return carried;
}

/** An erasure outlives the backup that does not know of it: its keys are gone. */
function carryNamespace(space: Namespace, isErased: boolean): Namespace {
  const budgets = new Map<Tag, Budget>();
  for (const [unit, budget] of space.budgets) {
    budgets.set(unit, { ...budget, reserved: 0, held: new Map() });
  }
  const erased = space.erased || isErased;
  const { policy } = space;
  return {
    id: space.id,
    version: 0,
    erased,
    policy:
      policy === null || erased
        ? null
        : { ...policy, version: 0, slices: policy.slices.map(({ digest }) => ({ digest, version: 0 })) },
    tools: new Map(erased ? [] : [...space.tools].map(([tag, tool]) => [tag, { ...tool, version: 0 }])),
    budgets,
    pending_tickets: 0,
  };
}
