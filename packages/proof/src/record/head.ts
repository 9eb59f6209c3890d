/**
 * The head: the leaf of the tree (spec/06-records.md). It holds minted ids, enums, numbers and salted
 * digests, never a string that an agent or a door supplied.
 */
export const RECORD_VERSION = 1;

/** A head is at most this long, so that logs, proofs and entry bundles stay small. */
export const HEAD_BYTES_MAX = 1024;

/** 256 bits as unpadded base64url, 43 characters. */
export type Digest = string;
/** A keyed digest (HMAC under a namespace key) cut to 128 bits as unpadded base64url, 22 characters. */
export type Tag = string;
/** A minted id: a short prefix, `_`, and 128 bits in lower-case Crockford base32. */
export type Id = string;

export type HeadParts = { readonly state: Digest; readonly sealed: Digest | null };

type HeadBase = {
  readonly v: 1;
  readonly id: Id;
  readonly ns: Id;
  readonly time: number;
  readonly term: number;
  readonly salt: string;
  readonly parts: HeadParts;
};

export type HeadVerdict = 'ALLOW' | 'NEED_EVIDENCE' | 'ESCALATE' | 'BLOCK';

/** What both a decision and a release say: a verdict on one action, for one executor. */
type JudgedHead = HeadBase & {
  readonly verdict: HeadVerdict;
  readonly code: string;
  readonly args: Digest;
  readonly executor: Id;
  readonly expires_at: number | null;
  readonly obligations: readonly string[];
  readonly reasons: number;
  readonly state_hash: Digest | null;
  readonly ticket: Id | null;
  readonly tool: Digest | null;
  readonly policy: Digest | null;
  readonly engine: Digest;
  readonly wall: number;
};

export type DecisionHead = JudgedHead & { readonly kind: 'decision' };
export type ReleaseHead = JudgedHead & { readonly kind: 'release' };

/** The spend: this head with its proof is the spend receipt. */
export type CommitHead = HeadBase & {
  readonly kind: 'commit';
  readonly args: Digest;
  readonly attempt: Tag;
  readonly cnf: Digest | null;
  readonly decided_at: number;
  readonly engine: Digest;
  readonly executor: Id;
  readonly expires_at: number;
  readonly obligations: readonly string[];
  readonly policy: Digest | null;
  readonly state_hash: Digest;
  readonly target: Digest | null;
  readonly tool: Digest | null;
  readonly wall: number;
};

export type OutcomeHead = HeadBase & {
  readonly kind: 'outcome';
  readonly attested_by: 'runner' | 'hook' | 'agent' | 'person';
  readonly executor: Id;
  readonly produced: number;
  readonly status: 'succeeded' | 'failed' | 'unknown';
  readonly unwrapped: boolean;
};

/**
 * A request by a known principal that was refused without a verdict of its own. `on` is what it concerned.
 */
export type RefusalHead = HeadBase & {
  readonly kind: 'refusal';
  readonly code: string;
  readonly on: Id | null;
  readonly verdict: 'BLOCK';
};

export type ApprovalHead = HeadBase & {
  readonly kind: 'approval' | 'denial';
  readonly binding: Digest;
  readonly proof_of_person: 'p0' | 'p1' | 'p2' | 'p3' | 'p4';
  readonly state: 'open' | 'approved' | 'denied';
};

export type FreezeHead = HeadBase & {
  readonly kind: 'freeze' | 'thaw';
  readonly scope: 'all' | 'namespace' | 'session' | 'principal' | 'effect';
};

export type EraseHead = HeadBase & { readonly kind: 'erase'; readonly subject: 'namespace' | 'action' };

export type RegistrationHead = HeadBase & {
  readonly kind: 'namespace' | 'principal' | 'tool' | 'policy';
  readonly change: 'register' | 'replace' | 'disable';
  readonly definition: Digest | null;
};

/** An access key of a principal, named by `id`: from when on, or until when, it speaks for its principal. */
export type CredentialHead = HeadBase & { readonly kind: 'credential'; readonly change: 'register' | 'end' };

export type TickHead = HeadBase & {
  readonly kind: 'tick';
  readonly expired_tickets: number;
  readonly expired_writs: number;
  readonly folded: number;
};

/**
 * Somebody may ask what would be allowed, from `from` until `to`: `id` names the window. What closes it says
 * how often, null where the process that counted died.
 */
export type QuestionsHead = HeadBase & {
  readonly kind: 'questions';
  readonly change: 'open' | 'close';
  readonly explained: number | null;
  readonly from: number;
  readonly to: number;
  readonly weighed: number | null;
};

export type ClockHead = HeadBase & { readonly kind: 'clock'; readonly from: number; readonly to: number };
export type TermHead = HeadBase & {
  readonly kind: 'term';
  readonly reason: 'start' | 'takeover' | 'unknown';
};
export type EngineHead = HeadBase & { readonly kind: 'engine'; readonly engine: Digest };
export type KeyHead = HeadBase & {
  readonly kind: 'key';
  readonly change: 'add' | 'retire';
  readonly key: Digest;
  readonly purpose: 'checkpoint' | 'jwt' | 'bundle';
};
export type SnapshotHead = HeadBase & {
  readonly kind: 'snapshot';
  readonly size: number;
  readonly state_digest: Digest;
};
export type QuarantineHead = HeadBase & { readonly kind: 'quarantine'; readonly command: Digest };

/** Record 0 of every log. `origin` of the predecessor is given as the SHA-256 of its text. */
export type GenesisHead = HeadBase & {
  readonly kind: 'genesis';
  readonly engine: Digest;
  readonly keys: readonly Digest[];
  readonly predecessor: { readonly origin: Digest; readonly root: Digest; readonly size: number } | null;
  readonly reason: 'new' | 'restore' | 'recover' | 'compromise' | 'format';
  readonly state_digest: Digest | null;
};

export type Head =
  | DecisionHead
  | ReleaseHead
  | CommitHead
  | OutcomeHead
  | RefusalHead
  | ApprovalHead
  | FreezeHead
  | EraseHead
  | RegistrationHead
  | CredentialHead
  | TickHead
  | QuestionsHead
  | ClockHead
  | TermHead
  | EngineHead
  | KeyHead
  | SnapshotHead
  | QuarantineHead
  | GenesisHead;

export type RecordKind = Head['kind'];
