import type { IdempotencyKey, Obligation, Wall } from '@writ/contract';
import type { Digest, Id, Tag } from '@writ/proof';
import type { Amount } from '../state/state.ts';

/** A resource of the action, named by its tag. */
export type Touched = { readonly kind: string; readonly tag: Tag };

/**
 * What is decided about, beyond the action's meaning: minted ids, tags and numbers. Members stand in RFC 8785
 * order, because it is sealed with the decision as it is.
 */
export type Context = {
  readonly args: Digest;
  readonly by: Id;
  readonly costs: readonly Amount[];
  /** When the permission that is spent now was given, and counted; null before. */
  readonly counted_at: number | null;
  readonly engine: Digest;
  readonly executor: Id;
  readonly id: Id;
  readonly idempotency: IdempotencyKey | null;
  /** The ticket whose approvals may lift reasons, when judged at its release or at commit. */
  readonly lifting: Id | null;
  /** The obligations that the door can meet; null when it can meet all. */
  readonly met_obligations: readonly Obligation[] | null;
  readonly now_ms: number;
  readonly ns: Id;
  readonly purpose: 'propose' | 'release' | 'commit';
  readonly root: Id;
  readonly same: Tag;
  readonly session: Tag;
  readonly shape: Tag;
  readonly term: number;
  readonly ticket: Id;
  readonly tool: Tag;
  /** What rules may remember of its resources: at most TOUCHED_MAX, in the order of the command. */
  readonly touched: readonly Touched[];
  readonly wall: Wall;
};
