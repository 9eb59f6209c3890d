import { describe, expect, it } from 'vitest';
import { lastHead, outcomeOf, registerPrincipal, standing, tick } from '../support/acts.ts';
import {
  ADMIN,
  AGENT,
  ALICE,
  commitOf,
  EUR,
  HOME,
  idOf,
  NS,
  openWorld,
  proposal,
  RUNNER,
  tagOf,
  type World,
} from '../support/world.ts';

const SPENDING = proposal({ tool: 'pay', change: { costs: [{ unit: EUR, amount: 1000 }] } });

function committed(proposed = proposal()): World {
  const world = openWorld();
  world.run(proposed);
  world.run(commitOf(world, proposed));
  registerPrincipal(world, ALICE, { kind: 'human', scopes: ['approve', 'outcome'], effects: [] });
  registerPrincipal(world, RUNNER, { kind: 'runner', scopes: ['outcome'] });
  return world;
}

const byRunner = { by: RUNNER, attested_by: 'runner' } as const;
const byAlice = { by: ALICE, attested_by: 'person' } as const;

describe('outcome', () => {
  it('outcome is written once by the committed executor; the first stands', () => {
    const world = committed();
    const first = world.run(outcomeOf(proposal()));
    expect(first).toMatchObject({ kind: 'done' });
    expect(lastHead(world)).toMatchObject({ kind: 'outcome', status: 'succeeded', executor: AGENT });
    expect(world.run(outcomeOf(proposal()))).toEqual({
      kind: 'repeat',
      index: 'index' in first ? first.index : -1,
      id: proposal().id,
      code: 'ALLOWED',
      folded: false,
    });
    for (const status of ['failed', 'unknown'] as const) {
      expect(world.run(outcomeOf(proposal(), { status }))).toMatchObject({ code: 'OUTCOME_CONFLICT' });
      world.now_ms += 10_001;
    }
  });

  it.each([
    { code: 'WRIT_UNKNOWN', reason: 'nothing was committed', change: { id: idOf('act', 'none') } },
    { code: 'EXECUTOR_DIFFERS', reason: 'another executor writes', change: byRunner },
    { code: 'EXECUTOR_DIFFERS', reason: 'a person writes what is not unknown', change: byAlice },
    { code: 'INSUFFICIENT_AUTHORITY', reason: 'the scope is missing', change: { by: ADMIN } },
    { code: 'UNAUTHENTICATED', reason: 'nobody knows the credential', change: { by: idOf('prn', 'no') } },
    {
      code: 'INVALID_COMMAND',
      reason: 'less than nothing was spent',
      change: { spent: [{ unit: EUR, amount: -1 }] },
    },
    { code: 'INVALID_COMMAND', reason: 'a part was spent', change: { spent: [{ unit: EUR, amount: 0.5 }] } },
  ])('outcome refuses with $code when $reason', ({ code, change }) => {
    const world = committed();
    expect(world.run(outcomeOf(proposal(), change))).toMatchObject({ kind: 'refused', code });
    expect(world.run(outcomeOf(proposal()))).toMatchObject({ kind: 'done' });
  });

  it('outcome refuses with NOT_COMMITTED when the writ still waits', () => {
    const world = openWorld();
    world.run(proposal());
    expect(world.run(outcomeOf(proposal()))).toMatchObject({ code: 'NOT_COMMITTED' });
  });
});

describe('outcome, attestation', () => {
  const ATTESTERS = ['runner', 'hook', 'agent', 'person'] as const;

  it.each([
    { kind: 'agent', attests: 'agent' },
    { kind: 'service', attests: 'agent' },
    { kind: 'executor', attests: 'hook' },
    { kind: 'runner', attests: 'runner' },
    { kind: 'human', attests: 'person' },
    { kind: 'admin', attests: 'person' },
    { kind: 'witness', attests: null },
  ] as const)('outcome of a $kind is attested by $attests and by nothing else', ({ kind, attests }) => {
    const world = committed();
    registerPrincipal(world, AGENT, { kind, scopes: ['propose', 'commit', 'outcome'] });
    for (const attested_by of ATTESTERS.filter((one) => one !== attests)) {
      const { size } = world.state;
      const lie = world.run(outcomeOf(proposal(), { attested_by }));
      expect(lie).toMatchObject({ code: 'INSUFFICIENT_AUTHORITY', index: size });
      expect(lastHead(world)).toMatchObject({ kind: 'refusal', code: 'INSUFFICIENT_AUTHORITY' });
      expect(world.state.committed.has(proposal().id)).toBe(true);
      world.now_ms += 10_001;
    }
    if (attests === null) return;
    expect(world.run(outcomeOf(proposal(), { attested_by: attests }))).toMatchObject({ kind: 'done' });
    expect(lastHead(world)).toMatchObject({ kind: 'outcome', attested_by: attests });
  });

  it('outcome is written by the runner that committed, not by the agent that proposed', () => {
    const world = openWorld();
    registerPrincipal(world, RUNNER, { kind: 'runner', scopes: ['commit', 'outcome'] });
    registerPrincipal(world, AGENT, { executor: RUNNER });
    world.run(proposal());
    world.run({ ...commitOf(world, proposal()), by: RUNNER });
    expect(world.run(outcomeOf(proposal()))).toMatchObject({ code: 'EXECUTOR_DIFFERS' });
    expect(world.run(outcomeOf(proposal(), byRunner))).toMatchObject({ kind: 'done' });
    expect(lastHead(world)).toMatchObject({ kind: 'outcome', attested_by: 'runner', executor: RUNNER });
  });

  it('outcome of an unknown run is not attested as a person by an agent, nor as a runner by one', () => {
    const world = committed();
    world.run(outcomeOf(proposal(), { status: 'unknown' }));
    const lies = [{ attested_by: 'person' }, { by: ALICE, attested_by: 'runner' }] as const;
    for (const lie of lies) {
      expect(world.run(outcomeOf(proposal(), lie))).toMatchObject({ code: 'INSUFFICIENT_AUTHORITY' });
    }
    expect(world.run(outcomeOf(proposal(), byAlice))).toMatchObject({ kind: 'done' });
  });
});

describe('outcome, unknown', () => {
  it.each([
    { who: 'its executor', change: { by: AGENT } },
    { who: 'a person', change: byAlice },
  ])('outcome of an unknown run is resolved once by $who', ({ change }) => {
    const world = committed();
    expect(world.run(outcomeOf(proposal(), { status: 'unknown' }))).toMatchObject({ kind: 'done' });
    expect(world.run(outcomeOf(proposal(), { ...change, status: 'failed' }))).toMatchObject({ kind: 'done' });
    expect(lastHead(world)).toMatchObject({ status: 'failed', executor: AGENT });
    const other = world.run(outcomeOf(proposal(), { ...change, status: 'succeeded' }));
    expect(other).toMatchObject({ code: 'OUTCOME_CONFLICT' });
  });

  it.each([
    { reason: 'it is unknown again', change: {}, code: 'OUTCOME_CONFLICT' },
    { reason: 'an executor resolves it for another', change: byRunner, code: 'EXECUTOR_DIFFERS' },
  ])('outcome of an unknown run is refused with $code when $reason', ({ change, code }) => {
    const world = committed();
    world.run(outcomeOf(proposal(), { status: 'unknown' }));
    const status = 'by' in change ? 'succeeded' : 'unknown';
    expect(world.run(outcomeOf(proposal(), { ...change, status }))).toMatchObject({ code });
  });

  it('outcome of an unknown run is not resolved by a person of another namespace', () => {
    const world = committed();
    const stranger = idOf('prn', 'stranger');
    registerPrincipal(world, stranger, { kind: 'human', scopes: ['approve', 'outcome'] }, HOME);
    world.run(outcomeOf(proposal(), { status: 'unknown' }));
    const change = { by: stranger, attested_by: 'person', status: 'succeeded' } as const;
    expect(world.run(outcomeOf(proposal(), change))).toMatchObject({ code: 'EXECUTOR_DIFFERS' });
  });
});

describe('outcome, settlement', () => {
  it.each([
    { reason: 'less was spent', spent: [{ unit: EUR, amount: 400 }], counted: 400 },
    { reason: 'nothing is said about what was spent', spent: [], counted: 1000 },
    { reason: 'it is said that nothing was spent', spent: [{ unit: EUR, amount: 0 }], counted: 0 },
    {
      reason: 'more is said to be spent than was reserved',
      spent: [{ unit: EUR, amount: 5000 }],
      counted: 1000,
    },
    { reason: 'another unit was spent', spent: [{ unit: tagOf('usd'), amount: 5 }], counted: 1000 },
  ])('outcome only lowers what was reserved: $reason', ({ spent, counted }) => {
    const world = committed(SPENDING);
    expect(standing(world)).toMatchObject({ reserved: 1000, held: { [AGENT]: 1000 }, spent: 0 });
    world.run(outcomeOf(SPENDING, { spent }));
    expect(standing(world)).toMatchObject({ reserved: 0, held: {}, spent: counted });
  });

  it('outcome that never comes counts as spent in full, a day after the commit', () => {
    const world = committed(SPENDING);
    world.now_ms += 86_399_999;
    expect(tick(world)).toMatchObject({ kind: 'refused', code: 'NOT_FOUND' });
    world.now_ms += 1;
    expect(tick(world)).toMatchObject({ kind: 'done' });
    expect(standing(world)).toMatchObject({ reserved: 0, held: {}, spent: 1000 });
    expect(world.run(outcomeOf(SPENDING))).toMatchObject({ code: 'WRIT_UNKNOWN' });
    expect(world.run(commitOf(world, SPENDING))).toMatchObject({ code: 'WRIT_UNKNOWN' });
  });

  it('outcome that is unknown holds the reservation until it is resolved or counted as spent', () => {
    const world = committed(SPENDING);
    world.run(outcomeOf(SPENDING, { status: 'unknown' }));
    expect(standing(world)).toMatchObject({ reserved: 1000, spent: 0 });
    world.now_ms += 86_400_000;
    tick(world);
    expect(standing(world)).toMatchObject({ reserved: 0, spent: 1000 });
  });

  it('a writ that expires gives back all of its reservation, at the tick', () => {
    const world = openWorld();
    world.run(SPENDING);
    world.now_ms += 29_999;
    tick(world);
    expect(standing(world)).toMatchObject({ reserved: 1000 });
    world.now_ms += 1;
    tick(world);
    expect(standing(world)).toMatchObject({ reserved: 0, held: {}, spent: 0 });
  });

  it('outcome settles against a budget that was taken away and came back', () => {
    const world = committed(SPENDING);
    const budgets = [{ unit: EUR, limit: 10_000, window_ms: 86_400_000 }];
    world.run({ kind: 'register_namespace', id: NS, by: ADMIN, ns: NS, budgets: [] });
    expect(standing(world)).toMatchObject({ limit: 0, reserved: 1000 });
    world.run({ kind: 'register_namespace', id: NS, by: ADMIN, ns: NS, budgets });
    const other = proposal({ name: 'b', tool: 'pay', change: { costs: [{ unit: EUR, amount: 500 }] } });
    world.run(other);
    world.run(outcomeOf(SPENDING, { spent: [{ unit: EUR, amount: 1000 }] }));
    expect(standing(world)).toEqual({ limit: 10_000, spent: 1000, reserved: 500, held: { [AGENT]: 500 } });
  });

  it('outcome of an erased namespace is recorded without a sealed part', () => {
    const world = committed();
    const subject = { kind: 'namespace' } as const;
    world.run({ kind: 'erase', id: idOf('ers', '1'), by: ADMIN, ns: NS, subject });
    expect(world.run(outcomeOf(proposal()))).toMatchObject({ kind: 'done' });
    expect(world.records.at(-1)).toMatchObject({ sealed: null, sealed_commitment: null });
  });
});
