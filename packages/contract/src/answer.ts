import type { Digest, Id } from '@writ/proof';
import type { Code } from './codes.ts';
import type { Obligation } from './obligations.ts';
import type { GateReport, Reason } from './reason.ts';
import type { Verdict } from './verdicts.ts';

/**
 * A dependency of a decision: a thing, and the log index of the last record that changed it (0: never seen).
 */
export type Dependency = {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly digest: string | null;
};

export type Drift = { readonly kind: string; readonly id: string };

export type TicketView = {
  readonly id: Id;
  readonly action: Id;
  /** What a person answers to; null when another proposal of the same action opened the ticket. */
  readonly binding: Digest | null;
  readonly expires_at: number | null;
  readonly lifts: readonly Code[];
};

/**
 * What the kernel answers. `index` is the record the answer stands on. It leaves the cell only when that
 * record and everything the answer was computed on are durable.
 */
export type Answer =
  | {
      readonly kind: 'judged';
      readonly index: number;
      readonly id: Id;
      readonly verdict: Verdict;
      readonly code: Code;
      readonly reasons: readonly Reason[];
      readonly gates: readonly GateReport[];
      readonly obligations: readonly Obligation[];
      readonly expires_at: number | null;
      readonly ticket: TicketView | null;
    }
  | {
      readonly kind: 'spent';
      /** The decision's index, when it was made by the same command. */
      readonly decided_at: number;
      readonly index: number;
      readonly id: Id;
      readonly expires_at: number;
      readonly obligations: readonly Obligation[];
    }
  /** The same answer as before: an idempotent repeat, a commit by the same attempt, or a folded refusal. */
  | {
      readonly kind: 'repeat';
      readonly index: number;
      readonly id: Id | null;
      readonly code: Code;
      readonly folded: boolean;
    }
  | {
      readonly kind: 'refused';
      readonly index: number | null;
      readonly code: Code;
      readonly drift: readonly Drift[];
      readonly reasons: readonly Reason[];
    }
  | { readonly kind: 'done'; readonly index: number; readonly id: Id };
