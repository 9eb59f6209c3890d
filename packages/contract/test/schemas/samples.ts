import type { Answer, Command, Judged, PrincipalDefinition } from '../../src/index.ts';

export const ID = `act_${'0'.repeat(26)}`;
export const DIGEST = 'A'.repeat(43);
export const TAG = 'A'.repeat(22);

export const DEFINITION: PrincipalDefinition = {
  kind: 'agent',
  scopes: ['propose', 'read'],
  effects: ['READ_REPO'],
  risk_cap: 400_000,
  wall: 2,
  executor: ID,
  root: null,
  cnf: DIGEST,
  expires_at: null,
  limits: { actions_per_minute: 60, open_writs: 10, pending_tickets: 5 },
};

export const JUDGED: Judged = {
  tool: 'shell.run',
  tool_digest: DIGEST,
  check: 'valid',
  args: { command: 'ls', nested: [{ deep: null }] },
  scene: {
    directory: '/project',
    roots: ['/project'],
    shell: null,
    items: [{ kind: 'program', name: 'ls', digest: 'sha256:0', used: true }],
  },
  understanding: {
    effects: ['READ_REPO'],
    resources: [{ kind: 'path', name: 'src' }],
    findings: [{ code: 'secret_in_arguments', where: '/command' }],
    reversibility: 'nothing_to_undo',
    risk: 1000,
    costs: [{ unit: 'eur_cents', amount: 3 }],
  },
  claims: [{ fact: 'branch', value: 'main', confidence: 900_000 }],
  evidence: [{ kind: 'test_run', digest: DIGEST }],
};

const SPEND = { attempt: TAG, target: null };
const AMOUNTS = [{ unit: TAG, amount: 3 }];

/** One command of each kind; the type makes the list complete. */
export const COMMANDS: { readonly [Kind in Command['kind']]: Command } = {
  genesis: {
    kind: 'genesis',
    id: ID,
    ns: ID,
    origin: 'localhost/cell/00',
    reason: 'new',
    predecessor: null,
    keys: [DIGEST],
    engine: DIGEST,
    state_digest: null,
    operator: { id: ID, definition: DEFINITION },
  },
  term: { kind: 'term', id: ID, term: 1, reason: 'start' },
  clock: { kind: 'clock', id: ID, from: 1, to: 2 },
  engine: { kind: 'engine', id: ID, engine: DIGEST },
  rotate_key: { kind: 'rotate_key', id: ID, by: ID, key: DIGEST, change: 'add', purpose: 'jwt' },
  snapshot: { kind: 'snapshot', id: ID, size: 10, state_digest: DIGEST },
  quarantine: { kind: 'quarantine', id: ID, command: DIGEST },
  register_namespace: {
    kind: 'register_namespace',
    id: ID,
    by: ID,
    ns: ID,
    budgets: [{ unit: TAG, limit: 100, window_ms: 1000 }],
  },
  register_principal: {
    kind: 'register_principal',
    by: ID,
    ns: ID,
    principal: ID,
    definition: DEFINITION,
    sealed: '{}',
  },
  disable_principal: { kind: 'disable_principal', by: ID, ns: ID, principal: ID },
  register_tool: {
    kind: 'register_tool',
    id: ID,
    by: ID,
    ns: ID,
    tool: TAG,
    definition: DIGEST,
    effects: ['DELETE'],
    sealed: '{}',
  },
  register_policy: {
    kind: 'register_policy',
    id: ID,
    by: ID,
    ns: ID,
    policy: DIGEST,
    slices: Array.from({ length: 64 }, () => TAG),
    sealed: '{}',
  },
  propose: {
    kind: 'propose',
    id: ID,
    by: ID,
    session: TAG,
    shape: TAG,
    same: TAG,
    tool: TAG,
    args: DIGEST,
    costs: AMOUNTS,
    idempotency: { key: TAG, body: TAG, sent_at: 5 },
    ticket: ID,
    claim: SPEND,
    met_obligations: ['notify'],
    input: '{}',
    judged: '{}',
  },
  commit: { kind: 'commit', by: ID, id: ID, spend: SPEND, args: DIGEST, recorded: null, scene: [] },
  outcome: {
    kind: 'outcome',
    by: ID,
    id: ID,
    status: 'succeeded',
    attested_by: 'hook',
    unwrapped: false,
    produced: [DIGEST],
    spent: AMOUNTS,
    sealed: '{}',
  },
  approve: { kind: 'approve', by: ID, ticket: ID, binding: DIGEST, proof_of_person: 'p3', sealed: '{}' },
  deny: { kind: 'deny', by: ID, ticket: ID, binding: DIGEST, proof_of_person: 'p1', sealed: '{}' },
  release: {
    kind: 'release',
    by: ID,
    ticket: ID,
    recorded: '{}',
    scene: [{ kind: 'path', name: '/project', digest: 'sha256:0' }],
    claim: null,
  },
  freeze: { kind: 'freeze', id: ID, by: ID, scope: { scope: 'effect', ns: ID, effect: 'DEPLOY' } },
  thaw: { kind: 'thaw', id: ID, by: ID, scope: { scope: 'all' }, proof_of_person: 'p4' },
  erase: { kind: 'erase', id: ID, by: ID, ns: ID, subject: { kind: 'action', index: 3 } },
  tick: { kind: 'tick', id: ID, folded: [{ index: 1, count: 2 }] },
};

export const ANSWERS: { readonly [Kind in Answer['kind']]: Answer } = {
  judged: {
    kind: 'judged',
    index: 1,
    id: ID,
    verdict: 'ESCALATE',
    code: 'RULE_ESCALATE',
    reasons: [],
    gates: [{ gate: 6, name: 'rules', not_evaluated: null, reasons: [] }],
    obligations: ['notify'],
    expires_at: null,
    ticket: { id: ID, action: ID, binding: DIGEST, expires_at: 9, lifts: ['RULE_ESCALATE'] },
  },
  spent: { kind: 'spent', decided_at: 1, index: 2, id: ID, expires_at: 9, obligations: [] },
  repeat: { kind: 'repeat', index: 2, id: null, code: 'ALLOWED', folded: false },
  refused: {
    kind: 'refused',
    index: null,
    code: 'STATE_DRIFT',
    drift: [{ kind: 'tool', id: TAG }],
    reasons: [],
  },
  done: { kind: 'done', index: 3, id: ID },
};
