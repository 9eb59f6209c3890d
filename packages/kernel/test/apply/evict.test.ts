import { limits } from '@writ/kernel';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../support/acts.ts';
import { commitOf, idOf, NS, openWorld, proposal, START_MS, tagOf } from '../support/world.ts';

const MINUTE_MS = 60_000;

describe('evict()', () => {
  it.each([
    {
      what: 'sessions',
      max: limits.SESSIONS_MAX,
      entry: { ns: NS, last_at: START_MS, allowed: 0, refused: 0, pending_tickets: 0 },
    },
    { what: 'loops', max: limits.LOOPS_MAX, entry: { count: 1, at: START_MS } },
    { what: 'folds', max: limits.FOLDS_MAX, entry: { index: 1, at: START_MS } },
    {
      what: 'finished',
      max: limits.FINISHED_MAX,
      entry: {
        id: idOf('act', 'x'),
        executor: idOf('prn', 'x'),
        attempt: tagOf('x'),
        index: 1,
        committed_at: 1,
        status: 'failed',
        at: START_MS,
      },
    },
  ] as const)(
    'evict() keeps the newest $what when there are more than it may hold',
    ({ what, max, entry }) => {
      const world = openWorld();
      const map: Map<string, unknown> = world.state[what];
      for (let at = 0; at < max + 3; at += 1) map.set(`key ${at}`, entry);
      world.run(proposal({ change: { session: tagOf('fresh') } }));
      expect(map.size).toBeLessThanOrEqual(max + 1);
      expect(map.has('key 0')).toBe(false);
      expect(map.has('key 2')).toBe(false);
      expect(map.has(`key ${max + 2}`)).toBe(true);
    },
  );

  it.each([
    { what: 'finished', max: limits.FINISHED_MAX },
    { what: 'loops', max: limits.LOOPS_MAX },
    { what: 'folds', max: limits.FOLDS_MAX },
    { what: 'sessions', max: limits.SESSIONS_MAX },
  ] as const)('evict() keeps all $what when there are exactly as many as it may hold', ({ what, max }) => {
    const world = openWorld();
    const map: Map<string, unknown> = world.state[what];
    for (let at = 0; at < max; at += 1) map.set(`key ${at}`, { at: START_MS, last_at: START_MS });
    world.run(proposal());
    expect(map.has('key 0')).toBe(true);
  });

  it('evict() forgets a session after an hour without an action, and not before', () => {
    const world = openWorld();
    world.run(proposal());
    world.now_ms += 60 * MINUTE_MS;
    world.run(proposal({ name: 'b', change: { session: tagOf('other') } }));
    expect(world.state.sessions.has(tagOf('session'))).toBe(true);
    world.now_ms += 1;
    world.run(proposal({ name: 'c', change: { session: tagOf('other') } }));
    expect(world.state.sessions.has(tagOf('session'))).toBe(false);
  });

  it('evict() forgets finished runs after a minute, and not before', () => {
    const world = openWorld();
    world.run(proposal());
    world.run(commitOf(world, proposal()));
    world.run(outcomeOf(proposal()));
    world.now_ms += MINUTE_MS;
    world.run(proposal({ name: 'b' }));
    expect(world.state.finished.size).toBe(1);
    world.now_ms += 1;
    world.run(proposal({ name: 'c' }));
    expect(world.state.finished.size).toBe(0);
  });
});
