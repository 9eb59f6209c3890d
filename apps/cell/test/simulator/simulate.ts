import { type Choices, openChoices } from './choices.ts';
import { happen, NATURE_PERMILLE } from './nature.ts';
import { settle } from './settle.ts';
import type { Violation } from './violation.ts';
import { openWorld, type World } from './world.ts';

/** What became of one world. */
export type Report = {
  readonly seed: number;
  /** The longest storm that was let loose: a replay needs the same. */
  readonly storm_steps_max: number;
  readonly violation: Violation | null;
  readonly steps: number;
  /** Steps at which at least two events could have come next. */
  readonly interleavings: number;
  readonly records: number;
  readonly digest: string;
  readonly trace: readonly string[];
  readonly choices: readonly number[];
  readonly faults: ReadonlyMap<string, number>;
  readonly checks: ReadonlyMap<string, number>;
};

const STORMS_MAX = 3;
const STORM_STEPS_MAX = 750;

/** Runs the world of one seed; with a script, the one whose choices are written there. */
export async function simulate(
  seed: number,
  script: readonly number[] | null = null,
  storm_steps_max: number = STORM_STEPS_MAX,
): Promise<Report> {
  const choices = openChoices(seed, script);
  const world = await openWorld(choices);
  let steps = 0;
  const storms = 1 + choices.draw(STORMS_MAX);
  for (let storm = 0; storm < storms && world.checks.first() === null; storm += 1) {
    steps += await runStorm(world, choices, storm_steps_max);
    await settle(world);
  }
  return {
    seed,
    storm_steps_max,
    violation: world.checks.first(),
    steps,
    interleavings: world.scheduler.interleavings(),
    records: world.disk.log.records.length,
    digest: world.scheduler.digest(),
    trace: world.scheduler.trace,
    choices: choices.taken,
    faults: world.faults.counts,
    checks: world.checks.counts,
  };
}

async function runStorm(world: World, choices: Choices, steps_max: number): Promise<number> {
  const length = Math.min(50 + choices.draw(STORM_STEPS_MAX - 50), steps_max);
  for (let at = 0; at < length; at += 1) {
    if (world.checks.first() !== null) return at;
    const isIdle = !(choices.chance(NATURE_PERMILLE) ? false : await world.scheduler.step());
    if (isIdle) happen(world);
  }
  return length;
}
