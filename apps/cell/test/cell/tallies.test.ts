import type { Answer } from '@writ/contract';
import { describe, expect, it } from 'vitest';
import { openTallies } from '../../src/cell/tallies.ts';

function repeat(index: number, folded: boolean = true): Answer {
  return { kind: 'repeat', index, id: null, code: 'LOCKED', folded };
}

function refused(code: 'UNAUTHENTICATED' | 'LOCKED'): Answer {
  return { kind: 'refused', index: null, code, drift: [], reasons: [] };
}

describe('tallies', () => {
  it('count() counts refusals by the record that they repeat, for one tick', () => {
    const tallies = openTallies();
    for (const index of [7, 9, 7, 7]) tallies.count(repeat(index));
    expect(tallies.takeFolded()).toEqual([
      { index: 7, count: 3 },
      { index: 9, count: 1 },
    ]);
    expect(tallies.takeFolded()).toEqual([]);
    expect(tallies.counters()).toEqual({ unauthenticated: 0, folded: 4 });
  });

  it('count() counts requests by nobody known, which leave no record', () => {
    const tallies = openTallies();
    tallies.count(refused('UNAUTHENTICATED'));
    tallies.count(refused('LOCKED'));
    expect(tallies.counters()).toEqual({ unauthenticated: 1, folded: 0 });
    expect(tallies.takeFolded()).toEqual([]);
  });

  it('count() leaves an idempotent repeat alone: nothing was folded', () => {
    const tallies = openTallies();
    tallies.count(repeat(7, false));
    tallies.count({ kind: 'done', index: 8, id: 'frz_00000000000000000000000001' });
    expect([tallies.takeFolded(), tallies.counters().folded]).toEqual([[], 0]);
  });

  it('takeFolded() names as many records as fit one tick, the rest the next time, none twice', () => {
    const tallies = openTallies();
    for (let index = 0; index < 150; index += 1) tallies.count(repeat(index));
    const ticks = [tallies.takeFolded(), tallies.takeFolded(), tallies.takeFolded(), tallies.takeFolded()];
    expect(ticks.map((tick) => tick.length)).toEqual([64, 64, 22, 0]);
    expect(ticks.flat().map(({ index }) => index)).toEqual([...Array.from({ length: 150 }).keys()]);
  });

  it('count() keeps the count alone when too many different records are repeated', () => {
    const tallies = openTallies();
    for (let index = 0; index < 10_005; index += 1) tallies.count(repeat(index));
    tallies.count(repeat(0));
    expect(tallies.counters().folded).toBe(10_006);
    const named = new Map<number, number>();
    for (let tick = tallies.takeFolded(); tick.length > 0; tick = tallies.takeFolded()) {
      for (const { index, count } of tick) named.set(index, count);
    }
    expect([named.size, named.get(0), named.get(9_999), named.get(10_000)]).toEqual([
      10_000,
      2,
      1,
      undefined,
    ]);
  });
});
