import { HUMAN_ONLY_SCOPES, type Scope } from '@writ/contract';
import type { Access, View } from '@writ/contract/api';
import type { Id } from '@writ/proof';
import type { Cell } from '../../cell/open-cell.ts';
import { DoorRefusal } from './refusal.ts';

/** Who asks: all of it follows from the credential, nothing from the request. */
export type Caller = {
  readonly principal: Id;
  readonly ns: Id;
  readonly credential: Id;
  /** Those of the credential that its principal still has. */
  readonly scopes: ReadonlySet<Scope>;
};

/**
 * Where somebody asks: in the own namespace, and who belongs to the cell itself in any. What they may do
 * there is for the kernel.
 */
export function namespaceOf({
  cell,
  caller,
  query,
}: {
  readonly cell: Cell;
  readonly caller: Caller;
  readonly query: { ns?: Id | undefined };
}): Id {
  const { ns = caller.ns } = query;
  if (ns === caller.ns) return ns;
  if (caller.ns !== cell.settings.home) throw new DoorRefusal('INSUFFICIENT_AUTHORITY');
  if (!cell.running.state().namespaces.has(ns)) throw new DoorRefusal('NOT_FOUND');
  return ns;
}

export function mayCall(caller: Caller, access: Access): boolean {
  return access === 'known' || access === 'anyone' || caller.scopes.has(access);
}

/** A claim spends in the same step what is asked for: it wants what spending wants. */
export function checkClaim({ scopes }: Pick<Caller, 'scopes'>, claim: object | null | undefined): void {
  if (claim && !scopes.has('commit')) throw new DoorRefusal('INSUFFICIENT_AUTHORITY');
}

/** Operators see rules, thresholds and approvers; whoever proposes does not. */
export function viewOf(caller: Caller | null): View {
  if (caller === null) return 'agent';
  for (const scope of caller.scopes) if (HUMAN_ONLY_SCOPES.has(scope)) return 'operator';
  return 'agent';
}
