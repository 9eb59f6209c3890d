import type { RecordKind } from './head.ts';

/** How one member of a head is spelled. One table drives both printing and parsing, so they are inverse. */
export type MemberForm =
  | { readonly form: 'id'; readonly nullable: boolean }
  | { readonly form: 'digest'; readonly nullable: boolean }
  | { readonly form: 'digests'; readonly count_max: number }
  | { readonly form: 'tag' }
  | { readonly form: 'salt' }
  | { readonly form: 'integer'; readonly nullable: boolean }
  | { readonly form: 'boolean' }
  | { readonly form: 'code' }
  | { readonly form: 'codes'; readonly count_max: number }
  | { readonly form: 'enum'; readonly values: readonly string[] }
  | { readonly form: 'one'; readonly value: number | string }
  | { readonly form: 'parts' }
  | { readonly form: 'predecessor' };

const ID: MemberForm = { form: 'id', nullable: false };
const ID_OR_NULL: MemberForm = { form: 'id', nullable: true };
const DIGEST: MemberForm = { form: 'digest', nullable: false };
const DIGEST_OR_NULL: MemberForm = { form: 'digest', nullable: true };
const INTEGER: MemberForm = { form: 'integer', nullable: false };
const INTEGER_OR_NULL: MemberForm = { form: 'integer', nullable: true };
const CODE: MemberForm = { form: 'code' };
/** Eight suffice for all obligations that exist, with room. */
const OBLIGATION_LIST: MemberForm = { form: 'codes', count_max: 8 };

function oneOf(...values: readonly string[]): MemberForm {
  return { form: 'enum', values };
}

type Members = Readonly<Record<string, MemberForm>>;

const BASE: Members = {
  id: ID,
  ns: ID,
  parts: { form: 'parts' },
  salt: { form: 'salt' },
  term: INTEGER,
  time: INTEGER,
  v: { form: 'one', value: 1 },
};

const JUDGED: Members = {
  args: DIGEST,
  code: CODE,
  engine: DIGEST,
  executor: ID,
  expires_at: INTEGER_OR_NULL,
  obligations: OBLIGATION_LIST,
  policy: DIGEST_OR_NULL,
  reasons: INTEGER,
  state_hash: DIGEST_OR_NULL,
  ticket: ID_OR_NULL,
  tool: DIGEST_OR_NULL,
  verdict: oneOf('ALLOW', 'NEED_EVIDENCE', 'ESCALATE', 'BLOCK'),
  wall: INTEGER,
};

const COMMIT: Members = {
  args: DIGEST,
  attempt: { form: 'tag' },
  cnf: DIGEST_OR_NULL,
  decided_at: INTEGER,
  engine: DIGEST,
  executor: ID,
  expires_at: INTEGER,
  obligations: OBLIGATION_LIST,
  policy: DIGEST_OR_NULL,
  state_hash: DIGEST,
  target: DIGEST_OR_NULL,
  tool: DIGEST_OR_NULL,
  wall: INTEGER,
};

const ANSWERED: Members = {
  binding: DIGEST,
  proof_of_person: oneOf('p0', 'p1', 'p2', 'p3', 'p4'),
  state: oneOf('open', 'approved', 'denied'),
};

const SCOPED: Members = { scope: oneOf('all', 'namespace', 'session', 'principal', 'effect') };

const REGISTERED: Members = {
  change: oneOf('register', 'replace', 'disable'),
  definition: DIGEST_OR_NULL,
};

const OWN: Readonly<Record<RecordKind, Members>> = {
  genesis: {
    engine: DIGEST,
    keys: { form: 'digests', count_max: 4 },
    predecessor: { form: 'predecessor' },
    reason: oneOf('new', 'restore', 'recover', 'compromise', 'format'),
    state_digest: DIGEST_OR_NULL,
  },
  term: { reason: oneOf('start', 'takeover', 'unknown') },
  clock: { from: INTEGER, to: INTEGER },
  engine: { engine: DIGEST },
  key: { change: oneOf('add', 'retire'), key: DIGEST, purpose: oneOf('checkpoint', 'jwt', 'bundle') },
  snapshot: { size: INTEGER, state_digest: DIGEST },
  quarantine: { command: DIGEST },
  namespace: REGISTERED,
  principal: REGISTERED,
  tool: REGISTERED,
  policy: REGISTERED,
  credential: { change: oneOf('register', 'end') },
  decision: JUDGED,
  release: JUDGED,
  commit: COMMIT,
  outcome: {
    attested_by: oneOf('runner', 'hook', 'agent', 'person'),
    executor: ID,
    produced: INTEGER,
    status: oneOf('succeeded', 'failed', 'unknown'),
    unwrapped: { form: 'boolean' },
  },
  refusal: { code: CODE, on: ID_OR_NULL, verdict: { form: 'one', value: 'BLOCK' } },
  approval: ANSWERED,
  denial: ANSWERED,
  freeze: SCOPED,
  thaw: SCOPED,
  erase: { subject: oneOf('namespace', 'action') },
  questions: {
    change: oneOf('open', 'close'),
    explained: INTEGER_OR_NULL,
    from: INTEGER,
    to: INTEGER,
    weighed: INTEGER_OR_NULL,
  },
  tick: { expired_tickets: INTEGER, expired_writs: INTEGER, folded: INTEGER },
};

/** The members of a head of this kind in RFC 8785 order, each with what stands before its value. */
export type MemberList = readonly (readonly [name: string, form: MemberForm, label: string])[];

function listFor(kind: RecordKind): MemberList {
  const all: Members = { ...BASE, ...OWN[kind], kind: { form: 'one', value: kind } };
  // Member names are ASCII, so code-unit order is RFC 8785 order.
  const sorted = Object.entries(all).sort(([left], [right]) => (left < right ? -1 : 1));
  return sorted.map(([name, form], at) => [name, form, `${at === 0 ? '{' : ','}"${name}":`]);
}

const LISTS: ReadonlyMap<string, MemberList> = new Map(
  Object.keys(OWN).map((kind) => [kind, listFor(kind as RecordKind)]), // keys of OWN are exactly the kinds
);

export function membersOf(kind: string): MemberList | undefined {
  return LISTS.get(kind);
}

export const RECORD_KINDS: readonly string[] = Object.keys(OWN);
