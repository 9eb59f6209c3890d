import type { EraseHead, FreezeHead, GenesisHead, Head, Id } from '@writ/proof';
import type {
  ErasePart,
  FreezePart,
  GenesisPart,
  NamespacePart,
  PolicyPart,
  PrincipalPart,
  ToolPart,
} from '../record/state-part.ts';
import type { Budget, Namespace, PolicyInForce, State } from '../state/state.ts';
import { dropCredentialsOf } from './credentials.ts';
import { releaseWrit } from './writs.ts';
import { dropTicket } from './tickets.ts';

export function applyGenesis(state: State, head: GenesisHead, part: GenesisPart): void {
  state.origin = part.origin;
  state.home = head.ns;
  state.engine = head.engine;
  if (head.predecessor !== null) {
    // A log whose history may have been lost or forked starts frozen.
    state.freezes.set('all', 0);
    state.began_at = head.time;
  }
  // What was carried over is what the head's digest names: it knows its namespaces and people already.
  if (head.state_digest !== null) return;
  state.namespaces.set(head.ns, newNamespace(head.ns, 0));
  state.principals.set(part.operator.id, {
    id: part.operator.id,
    ns: head.ns,
    definition: part.operator.definition,
    disabled: false,
    version: 0,
  });
}

function newNamespace(id: string, version: number): Namespace {
  return {
    id,
    version,
    erased: false,
    policy: null,
    tools: new Map(),
    budgets: new Map(),
    pending_tickets: 0,
  };
}

export function applyNamespace(state: State, head: Head, part: NamespacePart, index: number): void {
  const before = state.namespaces.get(head.id) ?? newNamespace(head.id, index);
  const budgets = new Map<string, Budget>();
  for (const { unit, limit, window_ms } of part.budgets) {
    const old = before.budgets.get(unit);
    const window = Math.floor(state.now_ms / window_ms);
    budgets.set(unit, {
      limit,
      window_ms,
      window,
      spent: old !== undefined && old.window_ms === window_ms && old.window === window ? old.spent : 0,
      reserved: old?.reserved ?? 0,
      held: old?.held ?? new Map<Id, number>(),
    });
  }
  // Open permissions still settle against a budget that is gone: it stays, with nothing left to spend.
  for (const [unit, old] of before.budgets) {
    if (!budgets.has(unit) && old.reserved > 0) budgets.set(unit, { ...old, limit: 0 });
  }
  state.namespaces.set(head.id, { ...before, version: index, budgets });
}

export function applyPrincipal(state: State, head: Head, part: PrincipalPart, index: number): void {
  const before = state.principals.get(head.id);
  const definition = part.definition ?? before?.definition;
  if (definition === undefined) return;
  state.principals.set(head.id, {
    id: head.id,
    ns: head.ns,
    definition,
    disabled: part.definition === null,
    version: index,
  });
}

export function applyTool(state: State, head: Head, part: ToolPart, index: number): void {
  const { tool, definition, effects } = part;
  state.namespaces.get(head.ns)?.tools.set(tool, { definition, effects, version: index });
}

/** A slice keeps its version when its rules did not change; going back to old rules is a change too. */
export function applyPolicy(state: State, head: Head, part: PolicyPart, index: number): void {
  const space = state.namespaces.get(head.ns);
  if (space === undefined) return;
  const before = space.policy?.slices;
  const slices = part.slices.map((digest, at) => {
    const old = before?.[at];
    return old !== undefined && old.digest === digest ? old : { digest, version: index };
  });
  const policy: PolicyInForce = { policy: part.policy, version: index, slices, names: part.names };
  state.namespaces.set(head.ns, { ...space, policy });
}

/** A scope that is thawed is forgotten: what is open in its namespace drifts, be it frozen there or not. */
export function applyFreeze(state: State, head: FreezeHead, part: FreezePart, index: number): void {
  if (head.kind === 'freeze') {
    state.freezes.set(part.scope, index);
    return;
  }
  state.freezes.delete(part.scope);
  state.thawed.set(head.scope === 'all' ? 'all' : head.ns, index);
}

/** Erasing a namespace ends everything open in it: what it would be judged on is gone. */
export function applyErase(state: State, head: EraseHead, _part: ErasePart, index: number): void {
  if (head.subject !== 'namespace') return;
  const space = state.namespaces.get(head.ns);
  if (space === undefined) return;
  for (const writ of state.permitted.values()) if (writ.ns === head.ns) releaseWrit(state, writ.id);
  for (const ticket of state.tickets.values()) if (ticket.ns === head.ns) dropTicket(state, ticket.id);
  // Nobody governs here any more, so nobody could end them.
  dropCredentialsOf(state, head.ns);
  const left = state.namespaces.get(head.ns) ?? space;
  state.namespaces.set(head.ns, { ...left, version: index, erased: true, policy: null, tools: new Map() });
}
