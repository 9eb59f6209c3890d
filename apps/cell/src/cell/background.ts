import type { ProjectionStatus } from '../projections/open-projections.ts';
import type { ScrubPosition } from '../scrub/open-scrub.ts';
import type { SnapshotStatus } from '../snapshots/open-snapshots.ts';
import type { FailureCount, Failures } from './failures.ts';
import type { Followers } from './followers.ts';
import type { Upkeep, UpkeepStep } from './upkeep.ts';

/** How everything fares that runs behind the answers. None of it stops the cell by failing. */
export type Background = {
  readonly upkeep: Readonly<Record<UpkeepStep, Failures>>;
  /** Overwriting what was erased: its keys are gone already. */
  readonly erasures: Failures;
  readonly snapshots: SnapshotStatus;
  readonly projections: ProjectionStatus;
  readonly scrub: ScrubPosition | null;
};

export function backgroundOf(upkeep: Upkeep, followers: Followers, erasures: FailureCount): Background {
  return {
    upkeep: upkeep.status(),
    erasures: erasures.now(),
    snapshots: followers.snapshots.status(),
    projections: followers.projections.status(),
    scrub: followers.scrub()?.position() ?? null,
  };
}

/** What failed of it, by name; empty when all is well. */
export function failuresIn(background: Background): readonly (Failures & { readonly what: string })[] {
  const { upkeep, erasures, snapshots, projections, scrub } = background;
  const all = [
    ...Object.entries(upkeep),
    ['erasures', erasures] as const,
    ['snapshots', snapshots] as const,
    ['lists', projections] as const,
    ...(scrub === null ? [] : [['scrub', scrub] as const]),
  ];
  return all
    .filter(([, { failures }]) => failures > 0)
    .map(([what, { failures, last_failure }]) => ({ what, failures, last_failure }));
}
