import type { Code, PrincipalDefinition, ReasonClass, Scope, Verdict } from '@writ/contract';
import type { DecisionHead, JsonObject, ReleaseHead } from '@writ/proof';

/** A head with the proof that the log contains it. */
export type Proven = { readonly index: number; readonly head: string; readonly proof: string };

/** A reason as far as it is shown: rule and lift are the operator's view, and absent from the agent's. */
export type ShownReason = {
  readonly gate: number;
  readonly verdict: Verdict;
  readonly code: Code;
  readonly class: ReasonClass;
  readonly rule?: string | null | undefined;
  readonly lift?: { readonly needs: string; readonly quorum: number } | null | undefined;
  readonly lifted?: string | null | undefined;
};

/** An answer of a cell, whichever way it came. */
export type ShownAnswer =
  | {
      readonly kind: 'judged';
      readonly index: number;
      readonly id: string;
      readonly verdict: Verdict;
      readonly code: Code;
      readonly reasons: readonly ShownReason[];
      readonly obligations: readonly string[];
      readonly expires_at: number | null;
      readonly ticket: { readonly id: string; readonly expires_at: number | null } | null;
    }
  | {
      readonly kind: 'spent';
      readonly index: number;
      readonly id: string;
      readonly expires_at: number;
      readonly obligations: readonly string[];
    }
  | {
      readonly kind: 'repeat';
      readonly index: number | null;
      readonly id: string | null;
      readonly code: Code;
      readonly folded: boolean;
    }
  | {
      readonly kind: 'refused';
      readonly index: number | null;
      readonly code: Code;
      readonly drift: readonly { readonly kind: string; readonly id: string }[];
      readonly reasons: readonly ShownReason[];
    }
  | { readonly kind: 'done'; readonly index: number; readonly id: string };

export type Acted = { readonly answer: ShownAnswer; readonly proven: Proven | null };

/** With the text of the writ, where one was issued. */
export type Permitted = Acted & { readonly writ: string | null };

/** A ticket with what it asks about: the action as it was proposed, opened from its sealed part. */
export type ShownTicket = {
  readonly id: string;
  readonly action_id: string;
  readonly by: string;
  readonly status: string;
  readonly binding: string;
  readonly expires_at: number;
  readonly approvals: number;
  readonly lifts: readonly { readonly code: string; readonly needs: string; readonly quorum: number }[];
  /** Null when it was erased. */
  readonly asked: JsonObject | null;
};

/** A judgment as it was recorded. */
export type ShownDecision = {
  readonly index: number;
  readonly head: DecisionHead | ReleaseHead;
  /** Null when they were erased. */
  readonly reasons: readonly ShownReason[] | null;
  /** What was judged and what it was taken to mean; null where it is not shown, or was erased. */
  readonly judged: JsonObject | null;
};

export type ShownPrincipal = {
  readonly id: string;
  readonly ns: string;
  readonly disabled: boolean;
  /** The record that changed it last. */
  readonly changed: number;
  readonly definition: PrincipalDefinition;
};

export type ShownKey = {
  readonly id: string;
  readonly principal: string;
  readonly scopes: readonly Scope[];
  readonly expires_at: number;
  readonly ends_at: number | null;
};

export type ShownStatus = {
  readonly counts: {
    readonly namespaces: number;
    readonly principals: number;
    readonly open_writs: number;
    readonly without_outcome: number;
    readonly tickets: number;
  };
  readonly term: number;
  readonly frozen: readonly string[];
  readonly failed: readonly {
    readonly what: string;
    readonly failures: number;
    readonly last_failure: string | null;
  }[];
};
