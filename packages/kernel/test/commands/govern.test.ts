import type { PrincipalDefinition } from '@writ/contract';
import { limits } from '@writ/kernel';
import { describe, expect, it } from 'vitest';
import { lastHead, registerPrincipal } from '../support/acts.ts';
import {
  ADMIN,
  AGENT,
  ALICE,
  EUR,
  hash,
  HOME,
  idOf,
  NS,
  openWorld,
  proposal,
  registerPolicy,
  registerTool,
  RULES,
  tagOf,
} from '../support/world.ts';

const NEW = idOf('prn', 'new');
const OTHER = idOf('ns', 'other');
const DAY_MS = 86_400_000;

describe('register_principal', () => {
  it.each<{ reason: string; change: Partial<PrincipalDefinition> }>([
    { reason: 'the risk cap is negative', change: { risk_cap: -1 } },
    { reason: 'the risk cap is over one', change: { risk_cap: 1_000_001 } },
    { reason: 'the risk cap is a fraction', change: { risk_cap: 0.5 } },
    { reason: 'its kind is none', change: { kind: 'robot' as 'agent' } },
    { reason: 'a scope is none', change: { scopes: ['propose', 'everything' as 'propose'] } },
    { reason: 'an effect is none', change: { effects: ['EVERYTHING' as 'READ_REPO'] } },
    { reason: 'its wall is higher than any', change: { wall: 5 as 4 } },
    { reason: 'its wall is half a one', change: { wall: 2.5 as 2 } },
    { reason: 'its end is no time, and would never come', change: { expires_at: Number.NaN } },
    { reason: 'the executor does not exist', change: { executor: idOf('prn', 'none') } },
    { reason: 'the executor is in another namespace', change: { executor: ADMIN } },
    { reason: 'the root does not exist', change: { root: idOf('prn', 'none') } },
    { reason: 'the root is in another namespace', change: { root: ADMIN } },
    {
      reason: 'a limit is negative',
      change: { limits: { actions_per_minute: -1, open_writs: 1, pending_tickets: 1 } },
    },
    {
      reason: 'a limit is not finite',
      change: { limits: { actions_per_minute: 1, open_writs: Infinity, pending_tickets: 1 } },
    },
  ])('register_principal refuses with INVALID_COMMAND when $reason', ({ change }) => {
    const world = openWorld();
    expect(registerPrincipal(world, NEW, change)).toMatchObject({ kind: 'refused', code: 'INVALID_COMMAND' });
    expect(world.state.principals.has(NEW)).toBe(false);
  });

  it('register_tool refuses with INVALID_COMMAND an effect that nobody listed', () => {
    const command = {
      kind: 'register_tool',
      id: idOf('tol', 'x'),
      by: ADMIN,
      ns: NS,
      tool: tagOf('x'),
      definition: hash('x'),
      effects: ['EVERYTHING' as 'READ_REPO'],
      sealed: '{}',
    } as const;
    expect(openWorld().run(command)).toMatchObject({ kind: 'refused', code: 'INVALID_COMMAND' });
  });

  it.each([0, 1_000_000])('register_principal accepts the risk cap %i', (risk_cap) => {
    expect(registerPrincipal(openWorld(), NEW, { risk_cap })).toMatchObject({ kind: 'done' });
  });

  it('register_principal never moves a principal to another namespace', () => {
    const world = openWorld();
    expect(registerPrincipal(world, AGENT, {}, HOME)).toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(world.state.principals.get(AGENT)?.ns).toBe(NS);
  });

  it('register_principal refuses with NOT_FOUND when there is no such namespace', () => {
    expect(registerPrincipal(openWorld(), NEW, {}, OTHER)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('register_principal enables again what was disabled, under a new version', () => {
    const world = openWorld();
    world.run({ kind: 'disable_principal', by: ADMIN, ns: NS, principal: AGENT });
    expect(lastHead(world)).toMatchObject({ kind: 'principal', change: 'disable' });
    registerPrincipal(world, AGENT, {});
    expect(lastHead(world)).toMatchObject({ kind: 'principal', change: 'replace' });
    expect(world.run(proposal())).toMatchObject({ verdict: 'ALLOW' });
  });

  it('register_principal keeps a definition in one spelling, whatever order it came in', () => {
    const world = openWorld();
    registerPrincipal(world, NEW, { scopes: ['outcome', 'commit'], effects: ['WRITE_PATCH', 'READ_REPO'] });
    expect(world.state.principals.get(NEW)?.definition).toMatchObject({
      scopes: ['commit', 'outcome'],
      effects: ['READ_REPO', 'WRITE_PATCH'],
    });
  });

  it('register_principal refuses with CAPACITY when the cell holds as many as it may', () => {
    const world = openWorld();
    const one = world.state.principals.get(AGENT);
    if (one === undefined) throw new TypeError('no agent');
    for (let at = world.state.principals.size; at < limits.PRINCIPALS_MAX; at += 1) {
      world.state.principals.set(`prn/${at}`, one);
    }
    expect(registerPrincipal(world, NEW, {})).toMatchObject({ code: 'CAPACITY' });
    expect(registerPrincipal(world, AGENT, {})).toMatchObject({ kind: 'done' });
  });

  it('disable_principal refuses with NOT_FOUND when it is not in that namespace', () => {
    const world = openWorld();
    const command = { kind: 'disable_principal', by: ADMIN, principal: AGENT } as const;
    expect(world.run({ ...command, ns: HOME })).toMatchObject({ code: 'NOT_FOUND' });
    expect(world.run({ ...command, ns: NS, principal: NEW })).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('register_namespace', () => {
  const budget = { unit: EUR, limit: 1, window_ms: DAY_MS };
  const register = (budgets: readonly (typeof budget)[], ns = NS) =>
    ({ kind: 'register_namespace', id: ns, by: ADMIN, ns, budgets }) as const;

  it.each([
    { reason: 'a limit is negative', budgets: [{ ...budget, limit: -1 }] },
    { reason: 'a limit is a fraction', budgets: [{ ...budget, limit: 1.5 }] },
    { reason: 'a window is shorter than a second', budgets: [{ ...budget, window_ms: 999 }] },
    { reason: 'a window is no number', budgets: [{ ...budget, window_ms: Number.NaN }] },
    { reason: 'a unit stands twice', budgets: [budget, { ...budget, limit: 2 }] },
    {
      reason: 'there are too many',
      budgets: Array.from({ length: 17 }, (_, at) => ({ ...budget, unit: tagOf(`unit ${at}`) })),
    },
  ])('register_namespace refuses with INVALID_COMMAND when $reason', ({ budgets }) => {
    const world = openWorld();
    expect(world.run(register(budgets))).toMatchObject({ kind: 'refused', code: 'INVALID_COMMAND' });
  });

  it('register_namespace takes as many budgets as a namespace may have, down to nothing each second', () => {
    const budgets = Array.from({ length: 16 }, (_, at) => {
      return { unit: tagOf(`unit ${at}`), limit: 0, window_ms: 1000 };
    });
    expect(openWorld().run(register(budgets))).toMatchObject({ kind: 'done' });
  });

  it('register_namespace keeps what was spent in the window when a limit changes', () => {
    const world = openWorld();
    const space = world.state.namespaces.get(NS);
    const before = space?.budgets.get(EUR);
    if (space === undefined || before === undefined) throw new TypeError('no budget');
    space.budgets.set(EUR, { ...before, spent: 7 });
    world.run(register([{ ...budget, limit: 20_000 }]));
    expect(world.state.namespaces.get(NS)?.budgets.get(EUR)).toMatchObject({ limit: 20_000, spent: 7 });
  });

  it('register_namespace forgets a budget that nothing is reserved of', () => {
    const world = openWorld();
    world.run(register([]));
    expect(world.state.namespaces.get(NS)?.budgets.size).toBe(0);
  });

  it('register_namespace refuses with CAPACITY when the cell holds as many as it may', () => {
    const world = openWorld();
    const one = world.state.namespaces.get(NS);
    if (one === undefined) throw new TypeError('no namespace');
    for (let at = world.state.namespaces.size; at < limits.NAMESPACES_MAX; at += 1) {
      world.state.namespaces.set(`ns/${at}`, one);
    }
    expect(world.run(register([], OTHER))).toMatchObject({ code: 'CAPACITY' });
    expect(world.run(register([]))).toMatchObject({ kind: 'done' });
  });
});

describe('register_tool and register_policy', () => {
  it('register_tool refuses with CAPACITY when the namespace has as many as it may', () => {
    const world = openWorld();
    const tools = world.state.namespaces.get(NS)?.tools;
    const one = tools?.get(tagOf('tool/deploy'));
    if (tools === undefined || one === undefined) throw new TypeError('no tools');
    for (let at = tools.size; at < limits.TOOLS_PER_NAMESPACE_MAX; at += 1) tools.set(`tool/${at}`, one);
    expect(registerTool(world, 'new', ['READ_REPO'])).toMatchObject({ code: 'CAPACITY' });
    expect(registerTool(world, 'deploy', ['DEPLOY'])).toMatchObject({ kind: 'done' });
  });

  it.each([
    { reason: 'nobody compiled it', change: { policy: hash('unknown') } },
    { reason: 'it has no slices', change: { slices: [] } },
  ])('register_policy refuses with INVALID_COMMAND when $reason', ({ change }) => {
    const world = openWorld();
    const { digest, slices } = world.addPolicy(RULES);
    const id = idOf('pol', 'x');
    const command = { kind: 'register_policy', id, by: ADMIN, ns: NS, sealed: '{}' } as const;
    expect(world.run({ ...command, policy: digest, slices, ...change })).toMatchObject({
      code: 'INVALID_COMMAND',
    });
  });

  it('heads say whether a thing is new or replaced', () => {
    const world = openWorld();
    const changes = world.records
      .map(({ head }) => JSON.parse(head) as { readonly kind: string; readonly change?: string })
      .filter(({ kind }) => kind === 'policy' || kind === 'tool' || kind === 'namespace');
    expect(new Set(changes.map(({ change }) => change))).toEqual(new Set(['register']));
    registerPolicy(world, RULES);
    expect(lastHead(world)).toMatchObject({ kind: 'policy', change: 'replace' });
    registerTool(world, 'deploy', ['DEPLOY']);
    expect(lastHead(world)).toMatchObject({ kind: 'tool', change: 'replace' });
    world.run({ kind: 'register_namespace', id: NS, by: ADMIN, ns: NS, budgets: [] });
    expect(lastHead(world)).toMatchObject({ kind: 'namespace', change: 'replace' });
  });

  it('heads name tools and policies blinded: the same one never looks the same', () => {
    const world = openWorld();
    registerPolicy(world, RULES);
    const first = lastHead(world)['definition'];
    registerPolicy(world, RULES);
    expect(lastHead(world)['definition']).not.toBe(first);
    expect(world.records.some((record) => record.head.includes(world.addPolicy(RULES).digest))).toBe(false);
  });
});

describe('governing an erased namespace', () => {
  it('nothing is registered in it any more, and it is not erased twice', () => {
    const world = openWorld();
    const subject = { kind: 'namespace' } as const;
    const erase = { kind: 'erase', id: idOf('ers', '1'), by: ADMIN, ns: NS, subject } as const;
    expect(world.run(erase)).toMatchObject({ kind: 'done' });
    const erased = { kind: 'refused', code: 'NAMESPACE_ERASED' };
    expect(registerPrincipal(world, NEW, {})).toMatchObject(erased);
    expect(registerTool(world, 'new', [])).toMatchObject(erased);
    expect(registerPolicy(world, RULES)).toMatchObject(erased);
    expect(world.run({ kind: 'register_namespace', id: NS, by: ADMIN, ns: NS, budgets: [] })).toMatchObject({
      code: 'NAMESPACE_ERASED',
    });
    expect(world.run({ ...erase, id: idOf('ers', '2') })).toMatchObject({ code: 'NAMESPACE_ERASED' });
  });

  it.each([
    { code: 'UNAUTHENTICATED', by: NEW },
    { code: 'INSUFFICIENT_AUTHORITY', by: ALICE },
  ])('erase is refused with $code for one who may not', ({ code, by }) => {
    const world = openWorld();
    const subject = { kind: 'namespace' } as const;
    expect(world.run({ kind: 'erase', id: idOf('ers', '1'), by, ns: NS, subject })).toMatchObject({ code });
  });

  it('erase refuses with NOT_FOUND what is not there, and the operators themselves', () => {
    const world = openWorld();
    const erase = { kind: 'erase', id: idOf('ers', '1'), by: ADMIN } as const;
    const namespace = { kind: 'namespace' } as const;
    expect(world.run({ ...erase, ns: OTHER, subject: namespace })).toMatchObject({ code: 'NOT_FOUND' });
    expect(world.run({ ...erase, ns: HOME, subject: namespace })).toMatchObject({ code: 'INVALID_COMMAND' });
    const action = { kind: 'action', index: world.state.size } as const;
    expect(world.run({ ...erase, ns: NS, subject: action })).toMatchObject({ code: 'NOT_FOUND' });
    const last = { kind: 'action', index: world.state.size - 1 } as const;
    expect(world.run({ ...erase, ns: NS, subject: last })).toMatchObject({ kind: 'done' });
  });

  it('erase ends every permission and every ticket of the namespace, and its reservations', () => {
    const world = openWorld();
    world.run(proposal({ tool: 'pay', change: { costs: [{ unit: EUR, amount: 100 }] } }));
    world.run(proposal({ name: 'mail', tool: 'mail.send' }));
    const subject = { kind: 'namespace' } as const;
    world.run({ kind: 'erase', id: idOf('ers', '1'), by: ADMIN, ns: NS, subject });
    const { permitted, tickets, ticket_of, open_writs, pending, namespaces } = world.state;
    for (const map of [permitted, tickets, ticket_of, open_writs, pending]) expect(map.size).toBe(0);
    expect(namespaces.get(NS)).toMatchObject({ erased: true, policy: null, pending_tickets: 0 });
    expect(namespaces.get(NS)?.budgets.get(EUR)).toMatchObject({ reserved: 0, spent: 0 });
  });
});
