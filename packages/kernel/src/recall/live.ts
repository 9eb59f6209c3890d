import { type AnyRecalled, findRecalled, type Recall, type RecallKind, type RecallValues } from './recall.ts';
import { currentBudget } from '../apply/budgets.ts';
import { slide } from '../apply/activity.ts';
import { LOOP_WINDOW_MS, RATE_SLOTS } from '../state/limits.ts';
import type { State } from '../state/state.ts';
import { askPast } from './ask-past.ts';
import type { RecallScope } from './scope.ts';

type Found<K extends RecallKind> = {
  readonly value: RecallValues[K];
  readonly version?: number;
  readonly digest?: string | null;
};

type Finders = { readonly [K in RecallKind]: (state: State, scope: RecallScope, id: string) => Found<K> };

const FINDERS: Finders = {
  freeze: (state, { freezes, ns }) => {
    const frozen: string[] = [];
    // Versions only rise, so the newest of the scopes changes whenever one of them does.
    let version = Math.max(state.thawed.get('all') ?? 0, state.thawed.get(ns) ?? 0);
    for (const key of freezes) {
      const frozen_at = state.freezes.get(key);
      if (frozen_at === undefined) continue;
      version = Math.max(version, frozen_at);
      frozen.push(key);
    }
    return { value: { frozen }, version };
  },
  principal: (state, _scope, id) => {
    const principal = state.principals.get(id);
    if (principal === undefined) return { value: null };
    const { definition, disabled, version } = principal;
    return { value: { definition, disabled }, version };
  },
  namespace: (state, _scope, id) => {
    const space = state.namespaces.get(id);
    if (space === undefined) return { value: null };
    return {
      value: { erased: space.erased, pending_tickets: space.pending_tickets },
      version: space.version,
    };
  },
  tool: (state, scope, id) => {
    const tool = state.namespaces.get(scope.ns)?.tools.get(id);
    if (tool === undefined) return { value: null };
    const { definition, effects, version } = tool;
    return { value: { definition, effects }, version, digest: definition };
  },
  policy: (state, scope, id) => {
    const policy = state.namespaces.get(scope.ns)?.policy ?? null;
    const slice = policy?.slices[Number(id)];
    if (policy === null || slice === undefined) return { value: null };
    return {
      value: { policy: policy.policy, slice: slice.digest },
      version: slice.version,
      digest: slice.digest,
    };
  },
  activity: (state, scope, id) => {
    const activity = slide(state.activities.get(id), scope.now_ms);
    let count = 0;
    for (let slot = 0; slot < RATE_SLOTS; slot += 1) count += activity.counts[slot] ?? 0;
    return { value: { actions_last_minute: count, effects: activity.effects } };
  },
  session: (state, _scope, id) => {
    const session = state.sessions.get(id);
    return {
      value: {
        allowed: session?.allowed ?? 0,
        pending_tickets: session?.pending_tickets ?? 0,
        refused: session?.refused ?? 0,
      },
    };
  },
  writs: (state, _scope, id) => ({
    value: {
      open: state.open_writs.get(id) ?? 0,
      // A committed action takes its place until its outcome.
      open_in_cell: state.permitted.size + state.committed.size,
      pending: state.pending.get(id) ?? 0,
      pending_in_cell: state.tickets.size,
    },
  }),
  loop: (state, scope, id) => {
    const loop = state.loops.get(id);
    const fresh = loop !== undefined && loop.at >= scope.now_ms - LOOP_WINDOW_MS;
    return { value: { count: fresh ? loop.count : 0 } };
  },
  budget: (state, scope, id) => {
    const budget = state.namespaces.get(scope.ns)?.budgets.get(id);
    if (budget === undefined) return { value: null };
    const { limit, reserved, spent, held } = currentBudget(budget, scope.now_ms);
    return { value: { held: held.get(scope.root) ?? 0, limit, reserved, spent } };
  },
  waiting: (state, scope, id) => {
    const ticket = state.tickets.get(state.ticket_of.get(id) ?? '');
    return {
      value: ticket === undefined || ticket.expires_at <= scope.now_ms ? null : { ticket: ticket.id },
    };
  },
  ticket: (state, _scope, id) => {
    const ticket = state.tickets.get(id);
    if (ticket === undefined) return { value: null };
    const { lifts, status } = ticket;
    const approvals = ticket.approvals.filter(({ by }) => mayStillAnswer(state, by));
    return { value: { approvals, lifts, status } };
  },
  past: (state, scope, id) => ({ value: { n: askPast(state, scope, id) } }),
  // Nothing states facts yet: every claim meets a recorded absence.
  fact: () => ({ value: null }),
};

/** A person whose credential was taken away has lifted nothing. */
function mayStillAnswer(state: State, by: string): boolean {
  const person = state.principals.get(by);
  return person !== undefined && !person.disabled && person.definition.scopes.includes('approve');
}

/** Recall from the live state. Each thing is read once; reading again gives the same. */
export function recallLive(state: State, scope: RecallScope): Recall {
  const read: AnyRecalled[] = [];
  return {
    read<K extends RecallKind>(kind: K, id: string): RecallValues[K] {
      const before = findRecalled(read, kind, id);
      if (before !== undefined) return before.value;
      const found: Found<K> = FINDERS[kind](state, scope, id);
      const { value } = found;
      // An item of kind K: the union over kinds is what it is one of.
      read.push({
        digest: found.digest ?? null,
        id,
        kind,
        value,
        version: found.version ?? 0,
      } as AnyRecalled);
      return value;
    },
    readSet: () => read.slice(),
  };
}

/** Version and digest of one pinned thing as they stand now. */
export function versionNow(
  state: State,
  scope: RecallScope,
  kind: RecallKind,
  id: string,
): { readonly version: number; readonly digest: string | null } {
  const found = FINDERS[kind](state, scope, id);
  return { version: found.version ?? 0, digest: found.digest ?? null };
}
