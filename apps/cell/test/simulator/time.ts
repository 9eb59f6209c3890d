import type { ClockSource } from '../../src/core/clock.ts';

/** The clocks of the one machine that all processes run on. */
export type SimulatedTime = ClockSource & {
  /** Time passes on both clocks. */
  advance(ms: number): void;
  /** The wall is set, or the machine slept: only the wall moves. */
  jump(ms: number): void;
};

export const START_MS = 1_800_000_000_000;

export function openTime(): SimulatedTime {
  let monotonic = 5_000;
  let wall = START_MS;
  return {
    wall_ms: () => wall,
    monotonic_ms: () => monotonic,
    advance(ms) {
      monotonic += ms;
      wall += ms;
    },
    jump(ms) {
      wall += ms;
    },
  };
}

/**
 * What a process may believe: the wall as it was at its start, and what the monotonic clock has counted
 * since. Kept beside the cell's own clock, and moved only by a start or by a `clock` record that is durable.
 */
export type Belief = {
  wall: number;
  monotonic: number;
  /**
   * When the cell decided each jump that it wants to record: a second may come before the first has landed.
   */
  readonly jumps: Map<string, number>;
};

export function believed({ wall, monotonic }: Pick<Belief, 'wall' | 'monotonic'>, time: ClockSource): number {
  return wall + (time.monotonic_ms() - monotonic);
}
