import type { Digest, Id, Tag } from '@writ/proof';
import type { Effect, PrincipalDefinition, Scope } from '@writ/contract';
import type { Touched } from '../judge/context.ts';
import type { Amount, TicketLift } from '../state/state.ts';

/**
 * What `apply` needs beyond the head, one form per kind of record (spec/07-state-parts.md). Members are laid
 * down in RFC 8785 order by the builders, and hold ids, tags, digests, enums and numbers only.
 */
export type DecisionPart = {
  readonly by: Id;
  readonly effects: readonly Effect[];
  /** Key of the fold window, for refusals. */
  readonly fold: string | null;
  readonly idempotency: { readonly body: Tag; readonly key: Tag } | null;
  readonly opens: { readonly expires_at: number; readonly lifts: readonly TicketLift[] } | null;
  readonly reserved: readonly Amount[];
  readonly root: Id;
  readonly same: Tag;
  readonly session: Tag;
  readonly shape: Tag;
  /** Of what was permitted, for the past: the tool, and the resources by kind. */
  readonly tool: Tag | null;
  readonly touched: readonly Touched[];
};

export type ReleasePart = DecisionPart & {
  /** What became of the ticket: given once, asked again for the residual, or left as it was. */
  readonly ticket_status: 'released' | 'open' | 'approved';
  readonly residual: readonly TicketLift[];
};

export type CommitPart = { readonly settles_at: number };
export type OutcomePart = { readonly spent: readonly Amount[] };

export type RefusalPart = {
  readonly by: Id;
  readonly fold: string;
  /** A permission that can never be spent any more is closed with the refusal. */
  readonly voids: Id | null;
};

export type AnswerPart = { readonly by: Id };

export type GenesisPart = {
  readonly operator: { readonly definition: PrincipalDefinition; readonly id: Id };
  readonly origin: string;
};

export type NamespacePart = {
  readonly budgets: readonly { readonly limit: number; readonly unit: Tag; readonly window_ms: number }[];
  readonly by: Id;
};
export type PrincipalPart = { readonly by: Id; readonly definition: PrincipalDefinition | null };
/** Either a definition, or the time at which it ends. */
export type CredentialPart = {
  readonly by: Id;
  readonly definition: {
    readonly digest: Digest;
    readonly expires_at: number;
    readonly principal: Id;
    readonly scopes: readonly Scope[];
  } | null;
  readonly ends_at: number | null;
};
export type ToolPart = {
  readonly by: Id;
  readonly definition: Digest;
  readonly effects: readonly Effect[];
  readonly tool: Tag;
};
export type PolicyPart = {
  readonly by: Id;
  /** Tags of the names that its rules ask the past about. */
  readonly names: readonly Tag[];
  readonly policy: Digest;
  readonly slices: readonly Tag[];
};
export type FreezePart = { readonly by: Id; readonly scope: string };
export type ErasePart = { readonly by: Id; readonly index: number | null };
export type TickPart = {
  readonly folded: readonly { readonly count: number; readonly index: number }[];
  readonly settled: readonly Id[];
  readonly tickets: readonly Id[];
  readonly writs: readonly Id[];
};
/** Who asks: the root on whose account. */
export type QuestionsPart = { readonly by: Id };
export type PlainPart = { readonly by: Id | null };
