import { describe, expect, it } from 'vitest';
import { FREEZES_PER_MINUTE_MAX, openFreezeLimiter } from '../../src/core/freeze-limiter.ts';

describe('openFreezeLimiter()', () => {
  it("admit() takes one more for each part of a minute that passed, at most a minute's worth", () => {
    const limiter = openFreezeLimiter();
    const admitted = (elapsed_ms: number): number => {
      let count = 0;
      while (limiter.admit('one', elapsed_ms)) count += 1;
      return count;
    };
    expect(admitted(0)).toBe(FREEZES_PER_MINUTE_MAX);
    expect(admitted(999)).toBe(0);
    expect(admitted(1_000)).toBe(1);
    expect(admitted(10_500)).toBe(9);
    expect(admitted(10_000_000)).toBe(FREEZES_PER_MINUTE_MAX);
  });

  it('admit() forgets a lane once its minute is over', () => {
    const limiter = openFreezeLimiter();
    for (let lane = 0; lane < 1_000; lane += 1) limiter.admit(`lane ${lane}`, lane);
    expect(limiter.size()).toBe(1_000);
    limiter.admit('lane 0', 1_500);
    expect(limiter.size()).toBe(500);
    limiter.admit('late', 100_000);
    expect(limiter.size()).toBe(1);
  });
});
