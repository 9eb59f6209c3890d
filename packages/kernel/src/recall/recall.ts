import type { Digest, Id, Tag } from '@writ/proof';
import type { Effect, PrincipalDefinition } from '@writ/contract';
import type { Approval, StandingLift, TicketStatus, Version } from '../state/state.ts';

/**
 * Everything a gate or a rule can read of the state, as plain bounded data. What is read is recorded with the
 * decision, so judging again needs no state. `null` is a recorded absence, with version 0 when never seen.
 */
export type RecallValues = {
  readonly freeze: { readonly frozen: readonly string[] };
  readonly principal: { readonly definition: PrincipalDefinition; readonly disabled: boolean } | null;
  readonly namespace: { readonly erased: boolean; readonly pending_tickets: number } | null;
  readonly tool: { readonly definition: Digest; readonly effects: readonly Effect[] } | null;
  readonly policy: { readonly policy: Digest; readonly slice: Tag } | null;
  readonly activity: {
    readonly actions_last_minute: number;
    readonly effects: Readonly<Partial<Record<Effect, number>>>;
  };
  readonly session: {
    readonly allowed: number;
    readonly pending_tickets: number;
    readonly refused: number;
  };
  readonly writs: {
    readonly open: number;
    readonly open_in_cell: number;
    readonly pending: number;
    readonly pending_in_cell: number;
  };
  readonly loop: { readonly count: number };
  readonly budget: {
    readonly held: number;
    readonly limit: number;
    readonly reserved: number;
    readonly spent: number;
  } | null;
  readonly waiting: { readonly ticket: Id } | null;
  readonly ticket: {
    readonly approvals: readonly Approval[];
    readonly lifts: readonly StandingLift[];
    readonly status: TicketStatus;
  } | null;
  readonly past: { readonly n: number };
  readonly fact: { readonly value: Digest } | null;
};

export type RecallKind = keyof RecallValues;

/** What the decision relies on and what must not have changed at commit. Counters are recalled afresh. */
export const PINNED: ReadonlySet<RecallKind> = new Set<RecallKind>([
  'freeze',
  'principal',
  'tool',
  'policy',
  'fact',
]);

export type Recalled<K extends RecallKind> = {
  readonly kind: K;
  readonly id: string;
  readonly value: RecallValues[K];
  readonly version: Version;
  /** What stands for the value in the state hash: its digest where it has one. */
  readonly digest: string | null;
};

export type AnyRecalled = { readonly [K in RecallKind]: Recalled<K> }[RecallKind];

/** A decision recalls a dozen things: looking through them is faster than making a key for each. */
export function findRecalled<K extends RecallKind>(
  items: readonly AnyRecalled[],
  kind: K,
  id: string,
): Recalled<K> | undefined {
  for (const item of items) {
    // Its kind was just compared, which the type of a union over kinds cannot express.
    if (item.kind === kind && item.id === id) return item as unknown as Recalled<K>;
  }
  return undefined;
}

/** The accessor that gates get. */
export type Recall = {
  read<K extends RecallKind>(kind: K, id: string): RecallValues[K];
  /** What was read so far, in order of first reading. */
  readSet(): readonly AnyRecalled[];
};
