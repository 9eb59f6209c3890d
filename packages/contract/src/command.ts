import type { Digest, Id, Tag } from '@writ/proof';
import type { Effect } from './effects.ts';
import type { Obligation } from './obligations.ts';
import type { RememberedKind } from './understanding.ts';
import type { Attester, PrincipalKind, ProofOfPerson, Scope, Wall } from './principals.ts';

/** Salts of one record: head (128 bits), state part and sealed part (256 bits each), base64url. */
export type Salts = { readonly head: string; readonly state: string; readonly sealed: string };

/** What the cell stamps on every command: its time, and randomness for the records it may make. */
export type Stamp = {
  readonly now_ms: number;
  readonly salts: readonly Salts[];
  /** This very command made the cell fail before: it is refused, and that is recorded. */
  readonly quarantined?: boolean;
};

export type Limits = {
  readonly actions_per_minute: number;
  readonly open_writs: number;
  readonly pending_tickets: number;
};

export type PrincipalDefinition = {
  readonly kind: PrincipalKind;
  readonly scopes: readonly Scope[];
  readonly effects: readonly Effect[];
  readonly risk_cap: number;
  readonly wall: Wall;
  /**
   * Until then it observes, whatever its wall: what is judged is recorded, and no writ is issued. Its end is
   * a time, so that no pause lasts for ever.
   */
  readonly observes_until?: number;
  /** The principal that may spend this one's writs; itself when null. */
  readonly executor: Id | null;
  /** On whose windows this one counts: the root of its delegation; itself when null. */
  readonly root: Id | null;
  /** SHA-256 of the raw public key that proves possession at a target. */
  readonly cnf: Digest | null;
  readonly expires_at: number | null;
  readonly limits: Limits;
};

export type BudgetDefinition = { readonly unit: Tag; readonly limit: number; readonly window_ms: number };

/** Number of buckets in which a policy's slices are versioned; a collision only causes needless drift. */
export const POLICY_SLICES = 64;

export type IdempotencyKey = { readonly key: Tag; readonly body: Tag; readonly sent_at: number };

export type FreezeScope =
  | { readonly scope: 'all' }
  | { readonly scope: 'namespace'; readonly ns: Id }
  | { readonly scope: 'session'; readonly ns: Id; readonly session: Tag }
  | { readonly scope: 'principal'; readonly principal: Id }
  | { readonly scope: 'effect'; readonly ns: Id; readonly effect: Effect };

export type Spend = { readonly attempt: Tag; readonly target: string | null };

export type SceneObservation = {
  readonly kind: string;
  readonly name: string;
  readonly digest: string;
};

export type Command =
  | {
      readonly kind: 'genesis';
      readonly id: Id;
      readonly ns: Id;
      readonly origin: string;
      readonly reason: 'new' | 'restore' | 'recover' | 'compromise' | 'format';
      readonly predecessor: { readonly origin: Digest; readonly root: Digest; readonly size: number } | null;
      readonly keys: readonly Digest[];
      readonly engine: Digest;
      readonly state_digest: Digest | null;
      /** The first principal, with every scope of its kind; nothing can be governed without one. */
      readonly operator: { readonly id: Id; readonly definition: PrincipalDefinition };
    }
  | {
      readonly kind: 'term';
      readonly id: Id;
      readonly term: number;
      readonly reason: 'start' | 'takeover' | 'unknown';
    }
  | { readonly kind: 'clock'; readonly id: Id; readonly from: number; readonly to: number }
  | { readonly kind: 'engine'; readonly id: Id; readonly engine: Digest }
  | {
      readonly kind: 'rotate_key';
      readonly id: Id;
      readonly by: Id;
      readonly key: Digest;
      readonly change: 'add' | 'retire';
      readonly purpose: 'checkpoint' | 'jwt' | 'bundle';
    }
  | { readonly kind: 'snapshot'; readonly id: Id; readonly size: number; readonly state_digest: Digest }
  | { readonly kind: 'quarantine'; readonly id: Id; readonly command: Digest }
  | {
      readonly kind: 'register_namespace';
      readonly id: Id;
      readonly by: Id;
      readonly ns: Id;
      readonly budgets: readonly BudgetDefinition[];
    }
  | {
      readonly kind: 'register_principal';
      readonly by: Id;
      readonly ns: Id;
      readonly principal: Id;
      readonly definition: PrincipalDefinition;
      /** Names and notes, canonical JSON text; sealed. */
      readonly sealed: string;
    }
  | { readonly kind: 'disable_principal'; readonly by: Id; readonly ns: Id; readonly principal: Id }
  | {
      readonly kind: 'register_credential';
      /** Minted together with the secret, and never given again. */
      readonly id: Id;
      readonly by: Id;
      readonly ns: Id;
      readonly principal: Id;
      /** SHA-256 of the access key (spec/26-credentials.md); the key itself is in no command. */
      readonly digest: Digest;
      /** Among those of the principal: a credential narrows. */
      readonly scopes: readonly Scope[];
      readonly expires_at: number;
    }
  | {
      readonly kind: 'end_credential';
      readonly by: Id;
      readonly ns: Id;
      readonly credential: Id;
      /** Earlier than it would end anyway; at once when this has passed. */
      readonly at: number;
    }
  | {
      readonly kind: 'register_tool';
      readonly id: Id;
      readonly by: Id;
      readonly ns: Id;
      readonly tool: Tag;
      readonly definition: Digest;
      readonly effects: readonly Effect[];
      readonly sealed: string;
    }
  | {
      readonly kind: 'register_policy';
      readonly id: Id;
      readonly by: Id;
      readonly ns: Id;
      readonly policy: Digest;
      /** Digest of the rules that can match the tools of each bucket, 128 bits each. */
      readonly slices: readonly Tag[];
      /** Tags of the names that its rules ask the past about, in the order of the compiled policy. */
      readonly names?: readonly Tag[];
      readonly sealed: string;
    }
  | ProposeCommand
  | CommitCommand
  | OutcomeCommand
  | AnswerCommand
  | ReleaseCommand
  | { readonly kind: 'freeze'; readonly id: Id; readonly by: Id; readonly scope: FreezeScope }
  | {
      readonly kind: 'thaw';
      readonly id: Id;
      readonly by: Id;
      readonly scope: FreezeScope;
      readonly proof_of_person: ProofOfPerson;
    }
  | {
      readonly kind: 'erase';
      readonly id: Id;
      readonly by: Id;
      readonly ns: Id;
      readonly subject: { readonly kind: 'namespace' } | { readonly kind: 'action'; readonly index: number };
    }
  /** The root of `by` begins to ask what would be allowed: durable before the first answer leaves. */
  | { readonly kind: 'open_questions'; readonly id: Id; readonly by: Id }
  | {
      readonly kind: 'close_questions';
      /** Of the window. */
      readonly id: Id;
      readonly root: Id;
      /** How often; null where the process that counted died. */
      readonly explained: number | null;
      readonly weighed: number | null;
    }
  | {
      readonly kind: 'tick';
      readonly id: Id;
      /** Refusals that were folded into an earlier record since the last tick. */
      readonly folded: readonly { readonly index: number; readonly count: number }[];
    };

export type ProposeCommand = {
  readonly kind: 'propose';
  readonly id: Id;
  readonly by: Id;
  readonly session: Tag;
  /** Equal for near-identical calls of one agent. */
  readonly shape: Tag;
  /** Equal for exactly the same action of the same agent. */
  readonly same: Tag;
  readonly tool: Tag;
  readonly args: Digest;
  readonly costs: readonly { readonly unit: Tag; readonly amount: number }[];
  /** What rules may remember of the resources, as tags. */
  readonly touched?: readonly { readonly kind: RememberedKind; readonly tag: Tag }[];
  readonly idempotency: IdempotencyKey | null;
  readonly ticket: Id;
  readonly claim: Spend | null;
  /** The obligations that the door can meet; null when it can meet all. */
  readonly met_obligations: readonly Obligation[] | null;
  /** Canonical JSON text of the original action and scene: sealed, never judged. */
  readonly input: string;
  /** Canonical JSON text of a `Judged`. */
  readonly judged: string;
};

export type CommitCommand = {
  readonly kind: 'commit';
  readonly by: Id;
  readonly id: Id;
  readonly spend: Spend;
  readonly args: Digest;
  /** The sealed part of the decision, whole; the kernel checks it against the recorded commitment. */
  readonly recorded: string | null;
  /** The scene as observed now. */
  readonly scene: readonly SceneObservation[];
};

export type OutcomeCommand = {
  readonly kind: 'outcome';
  readonly by: Id;
  readonly id: Id;
  readonly status: 'succeeded' | 'failed' | 'unknown';
  readonly attested_by: Attester;
  readonly unwrapped: boolean;
  readonly produced: readonly Digest[];
  /** What was really spent, at most what was reserved. */
  readonly spent: readonly { readonly unit: Tag; readonly amount: number }[];
  /** Canonical JSON text of what the runner reports; sealed. */
  readonly sealed: string;
};

export type AnswerCommand = {
  readonly kind: 'approve' | 'deny';
  readonly by: Id;
  readonly ticket: Id;
  readonly binding: Digest;
  readonly proof_of_person: ProofOfPerson;
  readonly sealed: string;
};

export type ReleaseCommand = {
  readonly kind: 'release';
  readonly by: Id;
  readonly ticket: Id;
  readonly recorded: string | null;
  readonly scene: readonly SceneObservation[];
  readonly claim: Spend | null;
};
