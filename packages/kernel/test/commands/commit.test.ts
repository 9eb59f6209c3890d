import type { Command, SceneItem } from '@writ/contract';
import { blindReference } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import {
  codesOf,
  freeze,
  lastHead,
  outcomeOf,
  registerBudget,
  registerPrincipal,
  thaw,
  tick,
} from '../support/acts.ts';
import {
  ADMIN,
  AGENT,
  commitOf,
  hash,
  HOME,
  idOf,
  NS,
  openWorld,
  proposal,
  registerPolicy,
  registerTool,
  RULES,
  ruleOf,
  RUNNER,
  START_MS,
  tagOf,
  toolDigest,
  type World,
} from '../support/world.ts';

const item = (name: string, digest: string, used: boolean): SceneItem => ({
  kind: 'path',
  name,
  digest,
  used,
});
const SCENE = {
  directory: '/w',
  roots: ['/w'],
  shell: 'bash',
  items: [item('/w/used', hash('used'), true), item('/w/unused', hash('unused'), false)],
};
const seen = (name: string, digest: string) => ({ kind: 'path', name, digest });

describe('commit', () => {
  it('commit spends a writ for its executor, and the receipt lives thirty seconds', () => {
    const world = openWorld();
    const proposed = proposal();
    world.run(proposed);
    const decided_at = world.records.length - 1;
    world.now_ms += 29_999;
    expect(world.run(commitOf(world, proposed))).toMatchObject({
      kind: 'spent',
      decided_at,
      expires_at: world.now_ms + 30_000,
    });
    expect(lastHead(world)).toMatchObject({ kind: 'commit', executor: AGENT, decided_at, cnf: null });
  });

  it('commit names the key of its executor, and its target only blinded', () => {
    const world = openWorld();
    registerPrincipal(world, AGENT, { cnf: hash('the key') });
    const proposed = proposal();
    world.run(proposed);
    world.run(commitOf(world, proposed));
    expect(lastHead(world)).toMatchObject({ cnf: hash('the key') });
    const { salt, target } = lastHead(world);
    expect(target).toBe(blindReference(hash, String(salt), 'target', 'https://target.test'));
    world.run(proposal({ name: 'b', change: { claim: { attempt: tagOf('x'), target: null } } }));
    expect(lastHead(world)).toMatchObject({ kind: 'commit', target: null });
  });

  it.each<{ code: string; reason: string; change: Partial<Extract<Command, { kind: 'commit' }>> }>([
    { code: 'WRIT_UNKNOWN', reason: 'nothing was permitted', change: { id: idOf('act', 'none') } },
    { code: 'ARGUMENTS_DIFFER', reason: 'the arguments differ', change: { args: hash('other') } },
    { code: 'EXECUTOR_DIFFERS', reason: 'another executor asks', change: { by: RUNNER } },
    { code: 'UNAVAILABLE', reason: 'the sealed part is not at hand', change: { recorded: null } },
    { code: 'INTERNAL', reason: 'the sealed part is another one', change: { recorded: 'x'.repeat(60) } },
    { code: 'UNAUTHENTICATED', reason: 'nobody knows the credential', change: { by: idOf('prn', 'no') } },
  ])('commit refuses with $code when $reason, and leaves the writ unspent', ({ code, change }) => {
    const world = openWorld();
    registerPrincipal(world, RUNNER, { kind: 'runner', scopes: ['commit', 'outcome'] });
    const proposed = proposal();
    world.run(proposed);
    expect(world.run({ ...commitOf(world, proposed), ...change })).toMatchObject({ kind: 'refused', code });
    expect(world.run(commitOf(world, proposed))).toMatchObject({ kind: 'spent' });
  });

  it.each([
    { code: 'INSUFFICIENT_AUTHORITY', change: { scopes: ['propose'] as const } },
    { code: 'PRINCIPAL_EXPIRED', change: { expires_at: START_MS } },
  ])('commit refuses with $code when the executor became $change', ({ code, change }) => {
    const world = openWorld();
    const proposed = proposal();
    world.run(proposed);
    registerPrincipal(world, AGENT, change);
    expect(world.run(commitOf(world, proposed))).toMatchObject({ code });
  });

  it('commit refuses with PRINCIPAL_DISABLED when the executor was disabled', () => {
    const world = openWorld();
    const proposed = proposal();
    world.run(proposed);
    world.run({ kind: 'disable_principal', by: ADMIN, ns: NS, principal: AGENT });
    expect(world.run(commitOf(world, proposed))).toMatchObject({ code: 'PRINCIPAL_DISABLED' });
  });

  it('commit refuses with WRIT_EXPIRED when its time has come, and the writ is void', () => {
    const world = openWorld();
    const proposed = proposal();
    world.run(proposed);
    world.now_ms += 30_000;
    expect(world.run(commitOf(world, proposed))).toMatchObject({ code: 'WRIT_EXPIRED' });
    expect(world.state.permitted.size).toBe(0);
    expect(world.run(commitOf(world, proposed))).toMatchObject({ code: 'WRIT_UNKNOWN' });
  });

  it('commit gives the same receipt to the same attempt, before and after the outcome', () => {
    const world = openWorld();
    const proposed = proposal();
    world.run(proposed);
    const spent = world.run(commitOf(world, proposed));
    const same = {
      kind: 'repeat',
      index: 'index' in spent ? spent.index : -1,
      id: proposed.id,
      code: 'ALLOWED',
      folded: false,
    };
    expect(world.run(commitOf(world, proposed))).toEqual(same);
    world.run(outcomeOf(proposed));
    expect(world.run(commitOf(world, proposed))).toEqual(same);
  });

  it('commit refuses with ALREADY_SPENT when another attempt or another executor asks', () => {
    const world = openWorld();
    registerPrincipal(world, RUNNER, { kind: 'runner', scopes: ['commit', 'outcome'] });
    const proposed = proposal();
    world.run(proposed);
    world.run(commitOf(world, proposed));
    expect(world.run(commitOf(world, proposed, 'other'))).toMatchObject({ code: 'ALREADY_SPENT' });
    world.run(outcomeOf(proposed));
    expect(world.run({ ...commitOf(world, proposed), by: RUNNER })).toMatchObject({ code: 'ALREADY_SPENT' });
  });

  it('commit spends once when a hundred attempts come for one writ', () => {
    const world = openWorld();
    const proposed = proposal();
    world.run(proposed);
    const answers = Array.from({ length: 100 }, (_, at) =>
      world.run(commitOf(world, proposed, `attempt ${at}`)),
    );
    expect(answers.filter((answer) => answer.kind === 'spent')).toHaveLength(1);
    expect(answers[0]).toMatchObject({ kind: 'spent' });
    for (const answer of answers.slice(1)) expect(answer).toMatchObject({ code: 'ALREADY_SPENT' });
    const kinds = world.records.map((record) => (JSON.parse(record.head) as { kind: string }).kind);
    expect(kinds.filter((kind) => kind === 'commit')).toHaveLength(1);
  });
});

type Change = { readonly reason: string; readonly change: (world: World) => unknown };

const DRIFTING: readonly (Change & { readonly kind: string; readonly code?: string })[] = [
  {
    kind: 'principal',
    reason: 'the profile of the agent is another',
    change: (world) => registerPrincipal(world, AGENT, { risk_cap: 599_999 }),
  },
  {
    kind: 'principal',
    reason: 'the profile was changed and changed back',
    change: (world) => {
      registerPrincipal(world, AGENT, { risk_cap: 0 });
      registerPrincipal(world, AGENT, {});
    },
  },
  {
    kind: 'tool',
    reason: 'the tool is declared otherwise',
    change: (world) => registerTool(world, 'files.read', ['READ_REPO'], hash('other')),
  },
  {
    kind: 'tool',
    reason: 'the tool was changed and changed back',
    change: (world) => {
      registerTool(world, 'files.read', ['READ_REPO'], hash('other'));
      registerTool(world, 'files.read', ['READ_REPO'], toolDigest('files.read'));
    },
  },
  {
    kind: 'policy',
    reason: 'a rule about the tool is new',
    change: (world) =>
      registerPolicy(world, [...RULES, ruleOf({ id: 'also', tools: ['files.read'], verdict: 'ALLOW' })]),
  },
  {
    kind: 'policy',
    reason: 'a rule about every tool is new',
    change: (world) =>
      registerPolicy(world, [...RULES, ruleOf({ id: 'also', tools: ['*'], verdict: 'ALLOW' })]),
  },
  {
    kind: 'policy',
    reason: 'the rules were changed and changed back',
    change: (world) => {
      registerPolicy(world, RULES.slice(1));
      registerPolicy(world, RULES);
    },
  },
  {
    kind: 'freeze',
    reason: 'it was frozen and thawed',
    change: (world) => {
      freeze(world, { scope: 'namespace', ns: NS });
      thaw(world, { scope: 'namespace', ns: NS });
    },
  },
  {
    kind: 'freeze',
    reason: 'its session was frozen and thawed, and then another one',
    change: (world) => {
      for (const session of [tagOf('session'), tagOf('other')]) {
        freeze(world, { scope: 'session', ns: NS, session });
        thaw(world, { scope: 'session', ns: NS, session });
      }
    },
  },
  {
    kind: 'freeze',
    reason: 'everything was frozen and thawed',
    change: (world) => {
      freeze(world, { scope: 'all' });
      thaw(world, { scope: 'all' });
    },
  },
  {
    kind: 'freeze',
    code: 'LOCKED',
    reason: 'it is frozen',
    change: (world) => freeze(world, { scope: 'effect', ns: NS, effect: 'READ_REPO' }),
  },
];

const UNRELATED: readonly Change[] = [
  { reason: 'another principal changed', change: (world) => registerPrincipal(world, RUNNER, {}) },
  {
    reason: 'another tool changed',
    change: (world) => registerTool(world, 'files.write', ['WRITE_PATCH'], hash('other')),
  },
  {
    reason: 'rules about another tool changed',
    change: (world) =>
      registerPolicy(world, [...RULES, ruleOf({ id: 'also', tools: ['deploy'], verdict: 'BLOCK' })]),
  },
  { reason: 'the same policy came again', change: (world) => registerPolicy(world, RULES) },
  {
    reason: 'a shadow rule about the tool is new',
    change: (world) =>
      registerPolicy(world, [
        ...RULES,
        ruleOf({ id: 'shadow', tools: ['files.read'], verdict: 'BLOCK', mode: 'shadow' }),
      ]),
  },
  {
    reason: 'another namespace is frozen',
    change: (world) => freeze(world, { scope: 'namespace', ns: HOME }),
  },
  {
    reason: 'another namespace was frozen and thawed',
    change: (world) => {
      freeze(world, { scope: 'namespace', ns: HOME });
      thaw(world, { scope: 'namespace', ns: HOME });
    },
  },
  {
    reason: 'another session is frozen',
    change: (world) => freeze(world, { scope: 'session', ns: NS, session: tagOf('other') }),
  },
  {
    reason: 'another effect is frozen',
    change: (world) => freeze(world, { scope: 'effect', ns: NS, effect: 'DEPLOY' }),
  },
  { reason: 'another action was decided', change: (world) => world.run(proposal({ name: 'other' })) },
  { reason: 'a budget is new', change: (world) => registerBudget(world, 5) },
  {
    reason: 'the term is another',
    change: (world) => world.run({ kind: 'term', id: idOf('trm', '2'), term: 2, reason: 'start' }),
  },
  { reason: 'time passed', change: (world) => (world.now_ms += 29_999) },
];

describe('commit, drift', () => {
  it.each(DRIFTING)(
    'commit refuses and closes the writ when $reason',
    ({ kind, code = 'STATE_DRIFT', change }) => {
      const world = openWorld();
      const proposed = proposal();
      expect(world.run(proposed)).toMatchObject({ verdict: 'ALLOW' });
      change(world);
      const answer = world.run(commitOf(world, proposed));
      expect(answer).toMatchObject({ kind: 'refused', code });
      expect(answer.kind === 'refused' && answer.drift.map((drift) => drift.kind)).toEqual([kind]);
      expect(world.state.permitted.has(proposed.id)).toBe(false);
      expect(world.run(commitOf(world, proposed))).toMatchObject({ code: 'WRIT_UNKNOWN' });
    },
  );

  it.each(UNRELATED)('commit spends when only $reason', ({ change }) => {
    const world = openWorld();
    const proposed = proposal();
    world.run(proposed);
    change(world);
    expect(world.run(commitOf(world, proposed))).toMatchObject({ kind: 'spent' });
  });

  it('commit spends what was decided after a thaw', () => {
    const world = openWorld();
    const session = { scope: 'session', ns: NS, session: tagOf('session') } as const;
    freeze(world, session);
    thaw(world, session);
    const proposed = proposal();
    world.run(proposed);
    expect(world.run(commitOf(world, proposed))).toMatchObject({ kind: 'spent' });
  });

  it('commit finds the executor drifted when it is another principal than the agent', () => {
    const world = openWorld();
    const runner = { kind: 'runner', scopes: ['commit', 'outcome'], wall: 4 } as const;
    registerPrincipal(world, RUNNER, runner);
    registerPrincipal(world, AGENT, { executor: RUNNER });
    const proposed = proposal();
    world.run(proposed);
    registerPrincipal(world, RUNNER, { ...runner, wall: 1 });
    expect(world.run({ ...commitOf(world, proposed), by: RUNNER })).toMatchObject({
      code: 'STATE_DRIFT',
      drift: [{ kind: 'principal', id: RUNNER }],
    });
  });

  it.each([
    { kind: 'spent', reason: 'all is as it was', scene: [seen('/w/used', hash('used'))] },
    {
      kind: 'spent',
      reason: 'an item that nothing relied on changed',
      scene: [seen('/w/used', hash('used')), seen('/w/unused', hash('changed'))],
    },
    { kind: 'refused', reason: 'an item changed', scene: [seen('/w/used', hash('changed'))] },
    { kind: 'refused', reason: 'an item is gone', scene: [] },
    {
      kind: 'refused',
      reason: 'an item is of another kind',
      scene: [{ kind: 'program', name: '/w/used', digest: hash('used') }],
    },
    { kind: 'refused', reason: 'another item stands there', scene: [seen('/w/other', hash('used'))] },
  ])('commit is $kind when $reason', ({ kind, scene }) => {
    const world = openWorld();
    const proposed = proposal({ judged: { scene: SCENE } });
    world.run(proposed);
    const answer = world.run({ ...commitOf(world, proposed), scene });
    expect(answer).toMatchObject({ kind });
    if (answer.kind === 'refused') {
      expect(answer).toMatchObject({ code: 'STATE_DRIFT', drift: [{ kind: 'scene', id: 'path:/w/used' }] });
    }
  });

  it('commit that a claim asks for stands on the scene of the proposal', () => {
    const claim = { attempt: tagOf('x'), target: null };
    const answer = openWorld().run(proposal({ judged: { scene: SCENE }, change: { claim } }));
    expect(answer).toMatchObject({ kind: 'spent' });
  });
});

describe('commit, judged again', () => {
  it('commit refuses with the code of the judgment when something that is not pinned became stricter', () => {
    const when = 'has(session.refused) && session.refused > 0';
    const world = openWorld([
      ...RULES,
      ruleOf({ id: 'calm', tools: ['files.read'], verdict: 'BLOCK', when }),
    ]);
    const proposed = proposal();
    expect(world.run(proposed)).toMatchObject({ verdict: 'ALLOW' });
    world.run(proposal({ name: 'refused', tool: 'unknown' }));
    const answer = world.run(commitOf(world, proposed));
    expect(answer).toMatchObject({ kind: 'refused', code: 'RULE_BLOCK', drift: [] });
    expect(codesOf(answer)).toEqual(['RULE_BLOCK']);
    expect(world.state.permitted.size).toBe(0);
  });

  it('commit refuses what would now be asked of a person, and opens no ticket for it', () => {
    const when = 'has(session.refused) && session.refused > 0';
    const world = openWorld([
      ...RULES,
      ruleOf({ id: 'ask', tools: ['files.read'], verdict: 'ESCALATE', when }),
    ]);
    const proposed = proposal();
    world.run(proposed);
    world.run(proposal({ name: 'refused', tool: 'unknown' }));
    expect(world.run(commitOf(world, proposed))).toMatchObject({ kind: 'refused', code: 'RULE_ESCALATE' });
    expect(world.state.tickets.size).toBe(0);
  });

  it('commit does not count its own permission against rate and quota', () => {
    const world = openWorld();
    registerPrincipal(world, AGENT, {
      limits: { actions_per_minute: 1, open_writs: 1, pending_tickets: 5 },
    });
    const proposed = proposal();
    world.run(proposed);
    expect(world.run(commitOf(world, proposed))).toMatchObject({ kind: 'spent' });
  });

  it('commit finds a writ unknown when a tick has released it', () => {
    const world = openWorld();
    const proposed = proposal();
    world.run(proposed);
    world.now_ms += 30_000;
    tick(world);
    expect(world.run(commitOf(world, proposed))).toMatchObject({ code: 'WRIT_UNKNOWN' });
  });
});
