import type { Digest, Id, Tag } from '@writ/proof';
import type { Past } from './past.ts';
import type { Code, Effect, PrincipalDefinition, ProofOfPerson, Scope } from '@writ/contract';

/** A version is the log index of the last record that changed a thing: monotonic across deletion. */
export type Version = number;

export type Amount = { readonly unit: Tag; readonly amount: number };

export type Principal = {
  readonly id: Id;
  readonly ns: Id;
  readonly definition: PrincipalDefinition;
  readonly disabled: boolean;
  readonly version: Version;
};

/** An access key of a principal, as its digest. */
export type Credential = {
  readonly id: Id;
  readonly principal: Id;
  readonly digest: Digest;
  readonly scopes: readonly Scope[];
  readonly expires_at: number;
  /** When somebody ends it before it expires. */
  readonly ends_at: number | null;
};

export type Tool = {
  readonly definition: Digest;
  readonly effects: readonly Effect[];
  readonly version: Version;
};

export type PolicyInForce = {
  readonly policy: Digest;
  readonly version: Version;
  readonly slices: readonly { readonly digest: Tag; readonly version: Version }[];
  /** Tags of the names that its rules ask the past about, in the order of the compiled policy. */
  readonly names?: readonly Tag[];
};

export type Budget = {
  readonly limit: number;
  readonly window_ms: number;
  readonly window: number;
  readonly spent: number;
  readonly reserved: number;
  /** What each delegation root holds in open writs. */
  readonly held: Map<Id, number>;
};

export type Namespace = {
  readonly id: Id;
  readonly version: Version;
  readonly erased: boolean;
  readonly policy: PolicyInForce | null;
  readonly tools: Map<Tag, Tool>;
  readonly budgets: Map<Tag, Budget>;
  readonly pending_tickets: number;
};

/** Permission that waits to be spent. */
export type Permitted = {
  readonly id: Id;
  readonly ns: Id;
  readonly by: Id;
  readonly root: Id;
  readonly executor: Id;
  readonly session: Tag;
  readonly shape: Tag;
  /** Null where the namespace does not know it. */
  readonly tool: Tag | null;
  readonly index: number;
  readonly args: Digest;
  readonly state_hash: Digest;
  readonly sealed: Digest;
  readonly expires_at: number;
  readonly reserved: readonly Amount[];
  readonly ticket: Id | null;
};

/** A spent permission whose outcome is not known yet. */
export type Committed = {
  readonly id: Id;
  readonly ns: Id;
  readonly by: Id;
  readonly root: Id;
  readonly executor: Id;
  readonly session: Tag;
  readonly shape: Tag;
  /** Null where the namespace does not know it. */
  readonly tool: Tag | null;
  readonly attempt: Tag;
  readonly index: number;
  readonly settles_at: number;
  readonly reserved: readonly Amount[];
  readonly outcome: 'none' | 'unknown';
};

export type Finished = {
  readonly id: Id;
  readonly executor: Id;
  readonly attempt: Tag;
  readonly index: number;
  readonly committed_at: number;
  readonly status: 'succeeded' | 'failed';
  readonly at: number;
};

export type TicketLift = {
  readonly code: Code;
  readonly needs: ProofOfPerson;
  readonly quorum: number;
  /** Digest of the name of the rule that asks; null when a gate asks by itself. */
  readonly rule: Digest | null;
};

/**
 * A ticket is asked again when a release finds reasons that nobody lifted: the next round. An approval counts
 * for what was asked in its round or before it, never for what came later.
 */
export type StandingLift = TicketLift & { readonly round: number };
export type Approval = {
  readonly by: Id;
  readonly proof_of_person: ProofOfPerson;
  readonly round: number;
};

/** A window in which a root asks what would be allowed, until a record says how often it did. */
export type QuestionsWindow = { readonly id: Id; readonly from: number; readonly to: number };

export type TicketStatus = 'open' | 'approved' | 'denied' | 'released';

export type Ticket = {
  readonly id: Id;
  readonly action: Id;
  readonly ns: Id;
  readonly by: Id;
  readonly root: Id;
  readonly session: Tag;
  readonly same: Tag;
  readonly index: number;
  readonly args: Digest;
  /** Commitment to the sealed part of the decision that opened it: what a person answers to. */
  readonly binding: Digest;
  readonly expires_at: number;
  readonly round: number;
  readonly lifts: readonly StandingLift[];
  readonly approvals: readonly Approval[];
  readonly status: TicketStatus;
};

export type Session = {
  readonly ns: Id;
  readonly last_at: number;
  readonly allowed: number;
  readonly refused: number;
  readonly pending_tickets: number;
};

/** What one delegation root did lately: a fresh session never resets it. */
export type Activity = {
  readonly slot: number;
  readonly counts: readonly number[];
  /** When each effect was last permitted. */
  readonly effects: Readonly<Partial<Record<Effect, number>>>;
};

/**
 * The hot state: a fold over the records. Only `apply` writes it. Collections that are evicted by age keep
 * their entries in the order of the records that last touched them.
 */
export type State = {
  /** Number of records applied; also the index of the next one. */
  size: number;
  origin: string;
  /** The namespace of record 0: the operators' own. */
  home: Id;
  term: number;
  now_ms: number;
  engine: Digest;
  /** When this epoch began after another one; 0 in a log that continues none. */
  began_at: number;
  readonly namespaces: Map<Id, Namespace>;
  readonly principals: Map<Id, Principal>;
  /** Those that have not ended, and for a while those that have: whoever reads compares with the time. */
  readonly credentials: Map<Id, Credential>;
  readonly open_writs: Map<Id, number>;
  /** Waiting tickets of each principal. */
  readonly pending: Map<Id, number>;
  readonly permitted: Map<Id, Permitted>;
  readonly committed: Map<Id, Committed>;
  readonly finished: Map<Id, Finished>;
  readonly tickets: Map<Id, Ticket>;
  /** Open or approved ticket by the exact action it is for. */
  readonly ticket_of: Map<Tag, Id>;
  readonly sessions: Map<Tag, Session>;
  readonly activities: Map<Id, Activity>;
  /** What each delegation root did in the last day. */
  readonly pasts: Map<Id, Past>;
  readonly loops: Map<Tag, { readonly count: number; readonly at: number }>;
  readonly idempotency: Map<string, IdempotencyEntry>;
  readonly folds: Map<string, { readonly index: number; readonly at: number }>;
  /** Scopes that are frozen, and the record that froze each. */
  readonly freezes: Map<string, Version>;
  /**
   * The last thaw in each namespace, and of everything (`all`): the least version of whatever is not frozen
   * there. Scopes that were thawed are forgotten, and their versions still only rise.
   */
  readonly thawed: Map<string, Version>;
  readonly quarantined: Map<Digest, number>;
  /** Open windows by the root that asks: one each. */
  readonly questions: Map<Id, QuestionsWindow>;
};

export type IdempotencyEntry = {
  readonly body: Tag;
  readonly index: number;
  readonly id: Id;
  readonly code: Code;
  readonly at: number;
};

export function emptyState(): State {
  return {
    size: 0,
    origin: '',
    home: '',
    term: 0,
    now_ms: 0,
    engine: '',
    began_at: 0,
    namespaces: new Map(),
    principals: new Map(),
    credentials: new Map(),
    open_writs: new Map(),
    pending: new Map(),
    permitted: new Map(),
    committed: new Map(),
    finished: new Map(),
    tickets: new Map(),
    ticket_of: new Map(),
    sessions: new Map(),
    activities: new Map(),
    pasts: new Map(),
    loops: new Map(),
    idempotency: new Map(),
    folds: new Map(),
    freezes: new Map(),
    thawed: new Map(),
    quarantined: new Map(),
    questions: new Map(),
  };
}
