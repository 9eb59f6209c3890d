import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Clock, JUMP_MAX_MS, openClock, SETTLE_MS, SKEW_MAX_MS } from '../../src/core/clock.ts';

const START = 1_790_000_000_000;

/** Two clocks that are moved by hand: `pass` moves both, `jump` the wall alone. */
function openHands(not_before_ms: number = 0) {
  let wall = START;
  let monotonic = 5_000.25;
  const clock = openClock({ wall_ms: () => wall, monotonic_ms: () => monotonic }, not_before_ms);
  return {
    clock,
    pass: (ms: number) => {
      wall += ms;
      monotonic += ms;
    },
    jump: (ms: number) => {
      wall += ms;
    },
  };
}

function jumpAndSettle(ms: number): {
  readonly clock: Clock;
  pass(by: number): void;
  jump(by: number): void;
} {
  const hands = openHands();
  hands.jump(ms);
  hands.clock.read();
  hands.pass(SETTLE_MS);
  return hands;
}

describe('openClock', () => {
  it('read() counts on from the wall at the anchor, in whole milliseconds', () => {
    const { clock, pass } = openHands();
    expect(clock.read()).toEqual({ kind: 'sound', now_ms: START });
    pass(1_234.9);
    expect(clock.read()).toEqual({ kind: 'sound', now_ms: START + 1_234 });
  });

  it('openClock() begins no earlier than what was recorded', () => {
    const { clock } = openHands(START + 1_500);
    expect(clock.read()).toEqual({ kind: 'sound', now_ms: START + 1_500 });
  });

  it.each([SKEW_MAX_MS, -SKEW_MAX_MS])(
    'read() lets the wall be %i ms away, and does not follow it',
    (away) => {
      const { clock, jump } = openHands();
      jump(away);
      expect(clock.read()).toEqual({ kind: 'sound', now_ms: START });
    },
  );

  it.each([SKEW_MAX_MS + 1, -SKEW_MAX_MS - 1])('read() is suspect when the wall is %i ms away', (away) => {
    const { clock, jump } = openHands();
    jump(away);
    expect(clock.read().kind).toBe('suspect');
  });

  it('read() is suspect until both clocks ran alike for the settling time, then tells the jump', () => {
    const { clock, jump, pass } = openHands();
    jump(60_000);
    expect(clock.read().kind).toBe('suspect');
    pass(SETTLE_MS - 1);
    expect(clock.read().kind).toBe('suspect');
    pass(1);
    const expected = START + SETTLE_MS;
    expect(clock.read()).toEqual({ kind: 'jumped', from_ms: expected, to_ms: expected + 60_000 });
  });

  it('read() begins to wait anew when the wall moves again meanwhile', () => {
    const { clock, jump, pass } = openHands();
    jump(60_000);
    clock.read();
    pass(SETTLE_MS - 1);
    jump(60_000);
    clock.read();
    pass(SETTLE_MS - 1);
    expect(clock.read().kind).toBe('suspect');
    pass(1);
    expect(clock.read().kind).toBe('jumped');
  });

  it('read() forgets a suspicion when the wall comes back by itself', () => {
    const { clock, jump, pass } = openHands();
    jump(60_000);
    clock.read();
    jump(-60_000);
    pass(5_000);
    expect(clock.read().kind).toBe('sound');
    jump(60_000);
    clock.read();
    pass(SETTLE_MS - 1);
    expect(clock.read().kind).toBe('suspect');
  });

  it('read() accepts a jump of the largest size, and never a larger one', () => {
    expect(jumpAndSettle(JUMP_MAX_MS).clock.read().kind).toBe('jumped');
    const { clock, pass } = jumpAndSettle(JUMP_MAX_MS + 1);
    expect(clock.read().kind).toBe('suspect');
    pass(100 * SETTLE_MS);
    expect(clock.read().kind).toBe('suspect');
  });

  it('read() waits for a wall that went back until it has caught up with the last sound moment', () => {
    const { clock, jump, pass } = openHands();
    pass(30_000);
    clock.read();
    jump(-20_000);
    expect(clock.read().kind).toBe('suspect');
    pass(20_000 - 1);
    expect(clock.read().kind).toBe('suspect');
    pass(1);
    expect(clock.read()).toEqual({ kind: 'sound', now_ms: START + 30_000 });
    pass(500);
    expect(clock.read()).toEqual({ kind: 'sound', now_ms: START + 30_500 });
  });

  it('read() does not believe a wall behind that has not settled, though it is past the last moment', () => {
    const { clock, jump, pass } = openHands();
    pass(60_000);
    jump(-20_000);
    expect(clock.read().kind).toBe('suspect');
    pass(SETTLE_MS - 1);
    expect(clock.read().kind).toBe('suspect');
    pass(1);
    expect(clock.read()).toEqual({ kind: 'sound', now_ms: START + 40_000 + SETTLE_MS });
  });

  it('read() goes on at once when the wall that went back comes back', () => {
    const { clock, jump, pass } = openHands();
    jump(-20_000);
    expect(clock.read().kind).toBe('suspect');
    pass(5_000);
    jump(20_000 - SKEW_MAX_MS);
    expect(clock.read()).toEqual({ kind: 'sound', now_ms: START + 5_000 });
  });

  it('steady_ms() counts on over a jump ahead, and stands still while the wall is behind', () => {
    const { clock, jump, pass } = openHands();
    pass(1_000);
    clock.read();
    jump(90_000);
    pass(500);
    expect(clock.steady_ms()).toBe(START + 1_500);
    jump(-180_000);
    pass(500);
    expect(clock.steady_ms()).toBe(START + 1_000);
  });

  it('steady_ms() tells nothing of a jump that was taken back', () => {
    const { clock } = jumpAndSettle(60_000);
    const takeBack = clock.anchor(0);
    expect(clock.steady_ms()).toBe(START + SETTLE_MS + 60_000);
    clock.read();
    takeBack();
    expect(clock.steady_ms()).toBe(START + SETTLE_MS);
  });

  it('ahead() tells a jump of any size at once, and nothing of a wall that is near or behind', () => {
    const { clock, jump } = openHands();
    jump(SKEW_MAX_MS);
    expect(clock.ahead()).toBeNull();
    jump(400 * JUMP_MAX_MS);
    expect(clock.ahead()).toEqual({ from_ms: START, to_ms: START + 400 * JUMP_MAX_MS + SKEW_MAX_MS });
    jump(-500 * JUMP_MAX_MS);
    expect(clock.ahead()).toBeNull();
  });

  it('hold() is where the wall is judged from, until it is anchored at', () => {
    const { clock } = openHands();
    clock.hold(START - 60_000);
    expect(clock.read().kind).toBe('suspect');
    expect(clock.ahead()).toEqual({ from_ms: START - 60_000, to_ms: START });
    clock.anchor(START - 60_000);
    expect(clock.read()).toEqual({ kind: 'sound', now_ms: START });
  });

  it('anchor() believes the wall, and what it answers takes that back', () => {
    const { clock } = jumpAndSettle(60_000);
    const before = clock.read();
    const takeBack = clock.anchor(0);
    expect(clock.read()).toEqual({ kind: 'sound', now_ms: START + SETTLE_MS + 60_000 });
    takeBack();
    expect(clock.read()).toEqual(before);
  });

  it('anchor() never goes behind what was recorded', () => {
    const { clock, jump } = openHands();
    jump(-1_000);
    clock.anchor(START + 500);
    expect(clock.read()).toEqual({ kind: 'sound', now_ms: START + 500 });
  });

  it('read() never goes back while nobody anchors, whatever the wall does', () => {
    const moves = fc.array(fc.tuple(fc.integer({ min: -100_000, max: 100_000 }), fc.nat({ max: 30_000 })));
    fc.assert(
      fc.property(moves, (steps) => {
        const { clock, jump, pass } = openHands();
        let last = 0;
        for (const [by, ms] of steps) {
          jump(by);
          pass(ms);
          const reading = clock.read();
          if (reading.kind !== 'sound') continue;
          expect(reading.now_ms).toBeGreaterThanOrEqual(last);
          last = reading.now_ms;
        }
      }),
    );
  });
});
