import type { SceneItem } from '@writ/contract';
import { describe, expect, it } from 'vitest';
import { freeze, registerBudget, registerPrincipal, thaw } from '../support/acts.ts';
import {
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
