import type { Command, Effect, PrincipalDefinition } from '@writ/contract';
import * as engine from '@writ/kernel/engine';
import { type CompiledPolicy, compilePolicy, type Policy, type Rule } from '@writ/policy';
import type { Library } from '@writ/kernel';
import { sha256Base64url } from '@writ/proof';
import type { Engine } from '../../src/engine/load-engine.ts';
import { openSeedSigner } from '../../src/signer/seed-signer.ts';
import { bytesOf, digestOf, idOf, tagOf } from './names.ts';

/** Who and what there is in a simulated cell. */
export const ORIGIN = 'simulated.test/cell/5317ca11ab1e0001';
export const ENGINE: Engine = { digest: digestOf('simulated engine'), functions: engine };
export const SIGNER = openSeedSigner({ purpose: 'checkpoint', name: ORIGIN, seed: bytesOf('signing key') });

export const HOME = idOf('ns', 'home');
export const TENANTS: readonly [string, string] = [idOf('ns', 'acme'), idOf('ns', 'bell')];
export const ADMIN = idOf('prn', 'admin');
export const PEOPLE = ['alice', 'bob', 'carol'];
export const BUDGET_LIMIT = 10_000;
export const UNIT = tagOf('eur');

export type Agent = { readonly id: string; readonly ns: string; readonly executor: string };

const [ACME, BELL] = TENANTS;
const RUNNER = idOf('prn', 'runner');
const FIRST = idOf('prn', 'agent one');
/**
 * One runs what it proposes, one has a runner, one acts on the first one's account, one is another tenant's.
 */
export const AGENTS: readonly Agent[] = [
  { id: FIRST, ns: ACME, executor: FIRST },
  { id: idOf('prn', 'agent two'), ns: ACME, executor: RUNNER },
  { id: idOf('prn', 'agent three'), ns: ACME, executor: idOf('prn', 'agent three') },
  { id: idOf('prn', 'agent four'), ns: BELL, executor: idOf('prn', 'agent four') },
];

export function personOf(ns: string, name: string): string {
  return idOf('prn', `${name} of ${ns}`);
}

const LIMITS = { actions_per_minute: 100_000, open_writs: 1_000, pending_tickets: 50 };

export function definitionOf(change: Partial<PrincipalDefinition> = {}): PrincipalDefinition {
  return {
    kind: 'agent',
    scopes: ['propose', 'commit', 'outcome', 'freeze'],
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

export const TOOLS: readonly (readonly [name: string, effects: readonly Effect[]])[] = [
  ['files.read', ['READ_REPO']],
  ['files.write', ['WRITE_PATCH']],
  ['mail.send', ['SEND_NOTIFICATION']],
  ['deploy', ['DEPLOY']],
  ['pay', ['SPEND_MONEY']],
  ['prove', ['READ_REPO']],
];

export function toolDigest(name: string, edition: number): string {
  return digestOf(`definition ${edition} of ${name}`);
}

const CODES = {
  ALLOW: { code: 'ALLOWED', class: 'final' },
  BLOCK: { code: 'RULE_BLOCK', class: 'final' },
  ESCALATE: { code: 'RULE_ESCALATE', class: 'liftable' },
  NEED_EVIDENCE: { code: 'RULE_EVIDENCE', class: 'fillable' },
} as const;

function rule(id: string, tool: string, verdict: keyof typeof CODES, change: Partial<Rule> = {}): Rule {
  return { id, tools: [tool], verdict, mode: 'enforce', examples: [], ...CODES[verdict], ...change };
}

const ALLOWING = TOOLS.map(([name]) => rule(`allow-${name.replace('.', '-')}`, name, 'ALLOW'));
const ASKING = [
  rule('ask-mail', 'mail.send', 'ESCALATE', { needs: 'p1' }),
  rule('ask-two', 'deploy', 'ESCALATE', { needs: 'p2', quorum: 2 }),
  rule('prove-it', 'prove', 'NEED_EVIDENCE'),
];

/** Two editions that take turns: under the second, writing is asked for and paying is forbidden. */
const EDITIONS: readonly Policy[] = [
  { version: 1, name: 'first', rules: [...ALLOWING, ...ASKING] },
  {
    version: 1,
    name: 'second',
    rules: [
      ...ALLOWING,
      ...ASKING,
      rule('ask-write', 'files.write', 'ESCALATE', { needs: 'p1' }),
      rule('no-pay', 'pay', 'BLOCK'),
    ],
  },
];

const policies = new Map<string, CompiledPolicy>();
export const POLICIES: readonly { readonly digest: string; readonly slices: readonly string[] }[] =
  EDITIONS.map((policy) => {
    const compiled = compilePolicy(policy);
    policies.set(compiled.digest, compiled);
    return { digest: compiled.digest, slices: engine.sliceTags(sha256Base64url, policy, compiled) };
  });

export const LIBRARY: Library = {
  hash: sha256Base64url,
  policy: (digest) => policies.get(digest) ?? null,
};

/** What stands in the log before a simulated world begins. */
export function openingCommands(): readonly Command[] {
  return [genesis(), { kind: 'term', id: idOf('trm', 'first'), term: 1, reason: 'start' }, ...tenants()];
}

function genesis(): Command {
  return {
    kind: 'genesis',
    id: idOf('log', 'one'),
    ns: HOME,
    origin: ORIGIN,
    reason: 'new',
    predecessor: null,
    keys: [digestOf('key')],
    engine: ENGINE.digest,
    state_digest: null,
    operator: {
      id: ADMIN,
      definition: definitionOf({
        kind: 'admin',
        scopes: ['govern', 'freeze', 'thaw', 'erase', 'operate', 'approve'],
        effects: [],
      }),
    },
  };
}

function tenants(): readonly Command[] {
  return TENANTS.flatMap((ns) => [
    registerBudget(ns),
    ...PEOPLE.map((name) =>
      registerPrincipal(ns, personOf(ns, name), {
        kind: 'human',
        scopes: ['approve', 'freeze', 'thaw', 'outcome'],
        effects: [],
      }),
    ),
    ...(ns === ACME
      ? [registerPrincipal(ns, RUNNER, { kind: 'runner', scopes: ['commit', 'outcome'] })]
      : []),
    ...AGENTS.filter((agent) => agent.ns === ns).map(registerAgent),
    ...TOOLS.map(([name]) => registerTool(ns, name, 0)),
    registerPolicy(ns, 0),
  ]);
}

export function registerBudget(ns: string): Command {
  const budgets = [{ unit: UNIT, limit: BUDGET_LIMIT, window_ms: 86_400_000 }];
  return { kind: 'register_namespace', id: ns, by: ADMIN, ns, budgets };
}

function registerPrincipal(ns: string, principal: string, change: Partial<PrincipalDefinition>): Command {
  const definition = definitionOf(change);
  return { kind: 'register_principal', by: ADMIN, ns, principal, definition, sealed: '{"name":"x"}' };
}

export function registerAgent({ id, ns, executor }: Agent): Command {
  return registerPrincipal(ns, id, {
    executor: executor === id ? null : executor,
    root: id === AGENTS[2]?.id ? FIRST : null,
  });
}

export function registerTool(ns: string, name: string, edition: number): Command {
  const id = idOf('tol', `${ns}/${name}/${edition}`);
  const definition = toolDigest(name, edition);
  const effects = TOOLS.find(([known]) => known === name)?.[1] ?? [];
  const tool = tagOf(`tool/${name}`);
  return { kind: 'register_tool', id, by: ADMIN, ns, tool, definition, effects, sealed: '{}' };
}

export function registerPolicy(ns: string, edition: number): Command {
  const { digest, slices } = POLICIES[edition % POLICIES.length] as (typeof POLICIES)[number];
  const id = idOf('pol', `${ns}/${edition}`);
  return { kind: 'register_policy', id, by: ADMIN, ns, policy: digest, slices, sealed: '{}' };
}
