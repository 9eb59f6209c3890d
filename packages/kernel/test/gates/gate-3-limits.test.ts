import { limits as quotas } from '@writ/kernel';
import { describe, expect, it } from 'vitest';
import { codesOf, outcomeOf, registerBudget, registerPrincipal, standing, tick } from '../support/acts.ts';
import { AGENT, commitOf, EUR, idOf, openWorld, proposal, tagOf, type World } from '../support/world.ts';

const LIMITS = { actions_per_minute: 1000, open_writs: 100, pending_tickets: 5 };

const pay = (name: string, amount: number, unit = EUR) =>
  proposal({ name, tool: 'pay', change: { costs: [{ unit, amount }] } });

/** A new session and shape each, so that only the limit under test is met. */
const reads = (world: World, count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => world.run(proposal({ name: `r${from + at}` })));

describe('gate 3, rates and quotas', () => {
  it('limits refuses with RATE_LIMIT_EXCEEDED when the minute is full, and again a minute later not', () => {
    const world = openWorld();
    registerPrincipal(world, AGENT, { limits: { ...LIMITS, actions_per_minute: 3 } });
    expect(reads(world, 4).map((answer) => 'code' in answer && answer.code)).toEqual([
      'ALLOWED',
      'ALLOWED',
      'ALLOWED',
      'RATE_LIMIT_EXCEEDED',
    ]);
    world.now_ms += 60_000;
    expect(reads(world, 1, 10)).toMatchObject([{ verdict: 'ALLOW' }]);
  });

  it('limits counts refused actions too, and those of every child of the root', () => {
    const world = openWorld();
    const child = idOf('prn', 'child');
    registerPrincipal(world, child, { root: AGENT, limits: { ...LIMITS, actions_per_minute: 2 } });
    world.run(proposal({ name: 'own' }));
    world.run(proposal({ name: 'refused', tool: 'unknown' }));
    expect(world.run(proposal({ name: 'c', change: { by: child, session: tagOf('fresh') } }))).toMatchObject({
      code: 'RATE_LIMIT_EXCEEDED',
    });
  });

  it('limits refuses with QUOTA_EXCEEDED when too many are open or run, until one is finished', () => {
    const world = openWorld();
    registerPrincipal(world, AGENT, { limits: { ...LIMITS, open_writs: 2 } });
    reads(world, 2);
    expect(world.run(proposal({ name: 'third' }))).toMatchObject({ code: 'QUOTA_EXCEEDED' });
    world.run(commitOf(world, proposal({ name: 'r0' })));
    expect(world.run(proposal({ name: 'fourth' }))).toMatchObject({ code: 'QUOTA_EXCEEDED' });
    world.run(outcomeOf(proposal({ name: 'r0' })));
    expect(world.run(proposal({ name: 'fifth' }))).toMatchObject({ verdict: 'ALLOW' });
  });

  it.each(['permitted', 'committed'] as const)(
    'limits refuses with QUOTA_EXCEEDED when the cell holds as many %s as it may',
    (which) => {
      const world = openWorld();
      world.run(proposal({ name: 'first' }));
      world.run(commitOf(world, proposal({ name: 'first' })));
      const one = world.state.committed.get(idOf('act', 'first'));
      const map: Map<string, unknown> = world.state[which];
      // Lives that end late, so that nothing else ends them.
      const entry = { ...one, expires_at: world.now_ms + 1e9, settles_at: world.now_ms + 1e9 };
      const held = () => world.state.permitted.size + world.state.committed.size;
      while (held() < quotas.OPEN_WRITS_MAX - 1) map.set(`key ${map.size}`, entry);
      expect(world.run(proposal({ name: 'last' }))).toMatchObject({ verdict: 'ALLOW' });
      expect(world.run(proposal({ name: 'more' }))).toMatchObject({ code: 'QUOTA_EXCEEDED' });
    },
  );

  it('limits gives the quota back when a tick finds the writs expired', () => {
    const world = openWorld();
    registerPrincipal(world, AGENT, { limits: { ...LIMITS, open_writs: 1 } });
    reads(world, 1);
    world.now_ms += 30_000;
    expect(world.run(proposal({ name: 'early' }))).toMatchObject({ code: 'QUOTA_EXCEEDED' });
    tick(world);
    expect(world.run(proposal({ name: 'late' }))).toMatchObject({ verdict: 'ALLOW' });
  });
});

describe('gate 3, budgets', () => {
  it.each([
    { reason: 'the unit has no budget', costs: [{ unit: tagOf('usd'), amount: 1 }] },
    { reason: 'one holds more than a fifth', costs: [{ unit: EUR, amount: 2001 }] },
    { reason: 'an amount is negative', costs: [{ unit: EUR, amount: -1 }] },
    { reason: 'an amount is a fraction', costs: [{ unit: EUR, amount: 0.5 }] },
    { reason: 'an amount is beyond exact integers', costs: [{ unit: EUR, amount: 2 ** 53 }] },
    {
      reason: 'a negative amount makes up for another',
      costs: [
        { unit: EUR, amount: 20 },
        { unit: EUR, amount: -10 },
      ],
    },
    {
      reason: 'fractions make up an integer',
      costs: [
        { unit: EUR, amount: 0.5 },
        { unit: EUR, amount: 0.5 },
      ],
    },
    { reason: 'an amount is no number', costs: [{ unit: EUR, amount: Number.NaN }] },
    {
      reason: 'one unit stands twice and both together are too much',
      costs: [
        { unit: EUR, amount: 1500 },
        { unit: EUR, amount: 1500 },
      ],
    },
  ])('limits refuses with BUDGET_EXCEEDED when $reason', ({ costs }) => {
    const world = openWorld();
    const answer = world.run(proposal({ tool: 'pay', change: { costs } }));
    expect(answer).toMatchObject({ verdict: 'BLOCK', code: 'BUDGET_EXCEEDED' });
    expect(standing(world)).toMatchObject({ spent: 0, reserved: 0, held: {} });
  });

  it('limits reserves a fifth at most for one principal, and what is settled makes room', () => {
    const world = openWorld();
    expect(world.run(pay('a', 1200))).toMatchObject({ verdict: 'ALLOW' });
    expect(world.run(pay('b', 801))).toMatchObject({ code: 'BUDGET_EXCEEDED' });
    expect(world.run(pay('c', 800))).toMatchObject({ verdict: 'ALLOW' });
    expect(standing(world)).toEqual({ limit: 10_000, spent: 0, reserved: 2000, held: { [AGENT]: 2000 } });
    world.run(commitOf(world, pay('a', 1200)));
    world.run(outcomeOf(pay('a', 1200), { spent: [{ unit: EUR, amount: 1000 }] }));
    expect(standing(world)).toEqual({ limit: 10_000, spent: 1000, reserved: 800, held: { [AGENT]: 800 } });
  });

  it('limits counts the reservations of others against the whole budget', () => {
    const world = openWorld();
    for (let at = 0; at < 5; at += 1) {
      const by = idOf('prn', `agent${at}`);
      registerPrincipal(world, by, {});
      const costs = [{ unit: EUR, amount: 2000 }];
      const proposed = proposal({ name: `p${at}`, tool: 'pay', change: { by, costs } });
      expect(world.run(proposed)).toMatchObject({ verdict: 'ALLOW' });
    }
    expect(standing(world)).toMatchObject({ reserved: 10_000 });
    expect(world.run(pay('more', 1))).toMatchObject({ code: 'BUDGET_EXCEEDED' });
    expect(world.run(pay('free', 0))).toMatchObject({ verdict: 'ALLOW' });
  });

  it('limits begins to spend anew in the next window, with what is still reserved', () => {
    const world = openWorld();
    world.run(pay('a', 2000));
    world.run(commitOf(world, pay('a', 2000)));
    world.run(outcomeOf(pay('a', 2000), { spent: [{ unit: EUR, amount: 2000 }] }));
    world.run(pay('b', 500));
    world.now_ms += 86_400_000;
    expect(world.run(pay('c', 1501))).toMatchObject({ code: 'BUDGET_EXCEEDED' });
    expect(world.run(pay('d', 1500))).toMatchObject({ verdict: 'ALLOW' });
    expect(standing(world)).toMatchObject({ spent: 0, reserved: 2000 });
  });

  it('limits refuses the commit when the budget was lowered below what is reserved', () => {
    const world = openWorld();
    world.run(pay('a', 2000));
    registerBudget(world, 100);
    expect(world.run(commitOf(world, pay('a', 2000)))).toMatchObject({ code: 'BUDGET_EXCEEDED' });
    expect(standing(world)).toMatchObject({ limit: 100, reserved: 0, spent: 0 });
  });
});

describe('gate 3, loops', () => {
  const failing = (world: World, count: number) => {
    for (let at = 0; at < count; at += 1) {
      const proposed = proposal({ name: `f${world.counter}`, change: { shape: tagOf('shape') } });
      world.run(proposed);
      world.run(commitOf(world, proposed));
      world.run(outcomeOf(proposed, { status: 'failed' }));
    }
  };
  const again = (name: string) => proposal({ name, change: { shape: tagOf('shape') } });

  it('limits refuses with LOOP_KILLED when eight calls of one shape failed, and no other shape', () => {
    const world = openWorld();
    failing(world, 7);
    expect(world.run(again('eighth'))).toMatchObject({ verdict: 'ALLOW' });
    failing(world, 1);
    expect(world.run(again('ninth'))).toMatchObject({ verdict: 'BLOCK', code: 'LOOP_KILLED' });
    expect(world.run(proposal({ name: 'other' }))).toMatchObject({ verdict: 'ALLOW' });
  });

  it('limits counts refusals as failures, and forgets them after a success', () => {
    const world = openWorld();
    for (let at = 0; at < 7; at += 1) {
      world.run(proposal({ name: `x${at}`, tool: 'unknown', change: { shape: tagOf('shape') } }));
    }
    const good = again('good');
    world.run(good);
    world.run(commitOf(world, good));
    world.run(outcomeOf(good));
    failing(world, 7);
    expect(world.run(again('after'))).toMatchObject({ verdict: 'ALLOW' });
  });

  it('limits forgets a loop when its window has passed without a further failure', () => {
    const world = openWorld();
    failing(world, 8);
    world.now_ms += 600_000;
    expect(codesOf(world.run(again('at')))).toContain('LOOP_KILLED');
    world.now_ms += 600_001;
    expect(world.run(again('after'))).toMatchObject({ verdict: 'ALLOW' });
  });

  it('limits stops the commit of a call whose shape became a loop meanwhile', () => {
    const world = openWorld();
    const proposed = again('waiting');
    world.run(proposed);
    failing(world, 8);
    expect(world.run(commitOf(world, proposed))).toMatchObject({ kind: 'refused', code: 'LOOP_KILLED' });
  });
});
