import type {
  Answer,
  Command,
  Judged,
  PrincipalDefinition,
  ProposeCommand,
  Salts,
  Stamp,
} from '@writ/contract';
import { type CompiledPolicy, compilePolicy, type Policy, type Rule } from '@writ/policy';
import { encodeBase64url, encodeUtf8, printJson, sha256, sha256Base64url } from '@writ/proof';
import { emptyState, type EncodedRecord, type Library, type State, sliceTags, step } from '@writ/kernel';

/**
 * A small world to drive the kernel in: every id, salt and moment is a function of a counter. It is pure, so
 * that it runs in the bare context too.
 */
export const hash = (text: string): string => sha256Base64url(text);

const bytesOf = (text: string): Uint8Array => sha256(encodeUtf8(text));

const ID_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

export function idOf(prefix: string, name: string): string {
  const bytes = bytesOf(`${prefix}/${name}`);
  let text = '';
  for (let at = 0; at < 26; at += 1) text += ID_ALPHABET.charAt((bytes[at % 32] ?? 0) & 31);
  return `${prefix}_${text}`;
}

export function tagOf(name: string): string {
  return encodeBase64url(bytesOf(`tag/${name}`).subarray(0, 16));
}

export function saltsOf(name: string): Salts {
  return {
    head: encodeBase64url(bytesOf(`head/${name}`).subarray(0, 16)),
    state: hash(`state/${name}`),
    sealed: hash(`sealed/${name}`),
  };
}

export const NS = idOf('ns', 'acme');
export const HOME = idOf('ns', 'home');
export const ADMIN = idOf('prn', 'admin');
export const ALICE = idOf('prn', 'alice');
export const BOB = idOf('prn', 'bob');
export const AGENT = idOf('prn', 'agent');
export const RUNNER = idOf('prn', 'runner');
export const ENGINE = hash('engine');
export const EUR = tagOf('eur');
export const START_MS = 1_800_000_000_000;

type RuleChange = Pick<Rule, 'id' | 'tools' | 'verdict'> & Partial<Rule>;

const RULE_CODES = {
  ALLOW: 'ALLOWED',
  BLOCK: 'RULE_BLOCK',
  ESCALATE: 'RULE_ESCALATE',
  NEED_EVIDENCE: 'RULE_EVIDENCE',
};

export function ruleOf(change: RuleChange): Rule {
  const classes = {
    ALLOW: { class: 'final' },
    BLOCK: { class: 'final' },
    ESCALATE: { class: 'liftable' },
    NEED_EVIDENCE: { class: 'fillable' },
  } as const;
  return {
    code: RULE_CODES[change.verdict],
    mode: 'enforce',
    examples: [],
    ...classes[change.verdict],
    ...change,
  };
}

export const RULES: readonly Rule[] = [
  ruleOf({ id: 'read', tools: ['files.read'], verdict: 'ALLOW' }),
  ruleOf({ id: 'write', tools: ['files.write'], verdict: 'ALLOW', obligations: ['snapshot_first'] }),
  ruleOf({ id: 'send', tools: ['mail.send'], verdict: 'ALLOW' }),
  ruleOf({ id: 'ask-mail', tools: ['mail.send'], verdict: 'ESCALATE', needs: 'p1' }),
  ruleOf({ id: 'deploy', tools: ['deploy'], verdict: 'ALLOW' }),
  ruleOf({ id: 'two-for-deploy', tools: ['deploy'], verdict: 'ESCALATE', needs: 'p2', quorum: 2 }),
  ruleOf({ id: 'pay', tools: ['pay'], verdict: 'ALLOW' }),
  ruleOf({ id: 'prove', tools: ['prove'], verdict: 'ALLOW' }),
  ruleOf({ id: 'prove-it', tools: ['prove'], verdict: 'NEED_EVIDENCE' }),
];

export function loadPolicy(rules: readonly Rule[]): {
  readonly compiled: CompiledPolicy;
  readonly slices: readonly string[];
} {
  const policy: Policy = { version: 1, name: 'test', rules };
  const compiled = compilePolicy(policy);
  return { compiled, slices: sliceTags(hash, policy, compiled) };
}

export type World = {
  readonly state: State;
  readonly library: Library;
  readonly records: EncodedRecord[];
  now_ms: number;
  counter: number;
  run(command: Command): Answer;
  stamp(): Stamp;
  addPolicy(rules: readonly Rule[]): { readonly digest: string; readonly slices: readonly string[] };
};

const LIMITS = { actions_per_minute: 1000, open_writs: 100, pending_tickets: 5 };

export function definitionOf(change: Partial<PrincipalDefinition> = {}): PrincipalDefinition {
  return {
    kind: 'agent',
    scopes: ['propose', 'commit', 'outcome'],
    effects: ['READ_REPO', 'WRITE_PATCH', 'SEND_NOTIFICATION', 'SPEND_MONEY', 'DEPLOY'],
    risk_cap: 600_000,
    wall: 2,
    executor: null,
    root: null,
    cnf: null,
    expires_at: null,
    limits: LIMITS,
    ...change,
  };
}

export function emptyWorld(): World {
  const policies = new Map<string, CompiledPolicy>();
  const world: World = {
    state: emptyState(),
    library: { hash, policy: (digest) => policies.get(digest) ?? null },
    records: [],
    now_ms: START_MS,
    counter: 0,
    stamp() {
      world.counter += 1;
      return { now_ms: world.now_ms, salts: [saltsOf(`${world.counter}/0`), saltsOf(`${world.counter}/1`)] };
    },
    run(command) {
      const { records, answer } = step(world.state, command, world.stamp(), world.library);
      world.records.push(...records);
      return answer;
    },
    addPolicy(rules) {
      const { compiled, slices } = loadPolicy(rules);
      policies.set(compiled.digest, compiled);
      return { digest: compiled.digest, slices };
    },
  };
  return world;
}

const TOOLS: readonly (readonly [string, readonly PrincipalDefinition['effects'][number][]])[] = [
  ['files.read', ['READ_REPO']],
  ['files.write', ['WRITE_PATCH']],
  ['mail.send', ['SEND_NOTIFICATION']],
  ['deploy', ['DEPLOY']],
  ['pay', ['SPEND_MONEY']],
  ['prove', ['READ_REPO']],
];

/**
 * A cell with one tenant: an admin, two people, an agent that is its own executor, tools, budget and policy.
 */
export function openWorld(rules: readonly Rule[] = RULES, watch: (world: World) => void = () => {}): World {
  const world = emptyWorld();
  watch(world);
  const people = { kind: 'human', scopes: ['approve', 'freeze', 'thaw'], effects: [] } as const;
  world.run({
    kind: 'genesis',
    id: idOf('log', 'one'),
    ns: HOME,
    origin: 'example.test/cell/0011223344556677',
    reason: 'new',
    predecessor: null,
    keys: [hash('key')],
    engine: ENGINE,
    state_digest: null,
    operator: {
      id: ADMIN,
      definition: definitionOf({
        kind: 'admin',
        scopes: ['govern', 'freeze', 'thaw', 'erase', 'operate', 'approve'],
        effects: [],
      }),
    },
  });
  world.run({ kind: 'term', id: idOf('trm', '1'), term: 1, reason: 'start' });
  const budgets = [{ unit: tagOf('eur'), limit: 10_000, window_ms: 86_400_000 }];
  world.run({ kind: 'register_namespace', id: NS, by: ADMIN, ns: NS, budgets });
  for (const [principal, definition] of [
    [ALICE, definitionOf(people)],
    [BOB, definitionOf(people)],
    [AGENT, definitionOf()],
  ] as const) {
    world.run({
      kind: 'register_principal',
      by: ADMIN,
      ns: NS,
      principal,
      definition,
      sealed: '{"name":"x"}',
    });
  }
  for (const [name, effects] of TOOLS) registerTool(world, name, effects);
  registerPolicy(world, rules);
  return world;
}

export function toolDigest(name: string): string {
  return hash(`definition of ${name}`);
}

export function registerTool(
  world: World,
  name: string,
  effects: readonly PrincipalDefinition['effects'][number][],
  definition: string = toolDigest(name),
): Answer {
  const id = idOf('tol', `${name}/${world.counter}`);
  const tool = tagOf(`tool/${name}`);
  return world.run({ kind: 'register_tool', id, by: ADMIN, ns: NS, tool, definition, effects, sealed: '{}' });
}

/** What a rule names is tagged as the action's own: tools and resources by kind and name, units alone. */
export function tagOfName(named: string): string {
  return tagOf(named.startsWith('unit/') ? named.slice('unit/'.length) : named);
}

export function registerPolicy(world: World, rules: readonly Rule[]): Answer {
  const { digest, slices } = world.addPolicy(rules);
  const id = idOf('pol', String(world.counter));
  const names = (world.library.policy(digest)?.names ?? []).map(tagOfName);
  const command = { kind: 'register_policy', id, by: ADMIN, ns: NS, policy: digest, slices, sealed: '{}' };
  return world.run({ ...command, ...(names.length === 0 ? {} : { names }) } as Command); // one of its kinds
}

export type Proposal = {
  readonly name?: string;
  readonly tool?: string;
  readonly judged?: Partial<Judged>;
  readonly understanding?: Partial<Judged['understanding']>;
  readonly change?: Partial<ProposeCommand>;
};

const EFFECT_OF = new Map(TOOLS);

/** A proposal by the agent; everything about it follows from `name` and `tool` unless changed. */
export function proposal({ name = 'a', tool = 'files.read', ...rest }: Proposal = {}): ProposeCommand {
  const judged: Judged = {
    tool,
    tool_digest: toolDigest(tool),
    check: 'valid',
    args: { path: 'notes.md', name },
    scene: null,
    understanding: {
      effects: EFFECT_OF.get(tool) ?? ['READ_REPO'],
      resources: [{ kind: 'path', name: 'notes.md' }],
      findings: [],
      reversibility: 'reversible',
      risk: 100_000,
      costs: [],
      ...rest.understanding,
    },
    claims: [],
    evidence: [],
    ...rest.judged,
  };
  return {
    kind: 'propose',
    id: idOf('act', name),
    by: AGENT,
    session: tagOf('session'),
    shape: tagOf(`shape/${tool}/${name}`),
    same: tagOf(`same/${tool}/${name}`),
    tool: tagOf(`tool/${tool}`),
    args: hash(`args/${tool}/${name}`),
    costs: [],
    idempotency: null,
    ticket: idOf('tkt', name),
    claim: null,
    met_obligations: null,
    input: printJson({ args: { path: 'notes.md', name }, tool, why: 'because' }),
    judged: printJson(judged),
    ...rest.change,
  };
}

/** The commit that fits a proposal, on the sealed part of its decision. */
export function commitOf(
  world: World,
  proposed: ProposeCommand,
  attempt = 'attempt',
): Extract<Command, { kind: 'commit' }> {
  const recorded = sealedOf(world, proposed.id);
  return {
    kind: 'commit',
    by: AGENT,
    id: proposed.id,
    spend: { attempt: tagOf(attempt), target: 'https://target.test' },
    args: proposed.args,
    recorded,
    scene: [],
  };
}

/** The sealed part of the newest judgment of an action. */
export function sealedOf(world: World, id: string): string | null {
  for (const record of world.records.toReversed()) {
    const head = JSON.parse(record.head) as { id: string; kind: string };
    if (head.id === id && (head.kind === 'decision' || head.kind === 'release')) return record.sealed;
  }
  return null;
}
