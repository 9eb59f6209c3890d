import type { Wall } from '@writ/contract';

/** None of these attacks sees where the credential of an effect is, so none of them can show wall 4. */
export type MeasuredWall = Exclude<Wall, 4>;

/**
 * What became of one attack. `wall_max` is the highest wall that an installation with this finding can still
 * be; `next` is what would make it higher.
 */
export type Finding =
  | { readonly kind: 'held'; readonly wall_max: MeasuredWall; readonly detail: string; readonly next: string }
  | {
      readonly kind: 'broke';
      readonly wall_max: MeasuredWall;
      readonly detail: string;
      readonly next: string;
    }
  | { readonly kind: 'not_measured'; readonly detail: string; readonly next: string };

/** The most that can be shown. */
export const OWNER: MeasuredWall = 3;
/** A wall that anything of the same user, or of every user, passes. */
export const SIGN: MeasuredWall = 1;
/** Not even that: whom it is meant for passes through the door itself. */
export const OBSERVED: MeasuredWall = 0;
/** Nothing of it is in sight from here; whose it is cannot be seen either. */
export const OUT_OF_SIGHT: MeasuredWall = 2;

export const NOTHING_HIGHER =
  'nothing more is measured here; at wall 4 only the runner has the credential of the effect';

export function held(wall_max: MeasuredWall, detail: string): Finding {
  const next =
    wall_max < OWNER
      ? 'for wall 3, let another OS user own the cell and its keys, and name its home with WRIT_HOME'
      : NOTHING_HIGHER;
  return { kind: 'held', wall_max, detail, next };
}

export function broke(wall_max: MeasuredWall, detail: string, next: string): Finding {
  return { kind: 'broke', wall_max, detail, next };
}

export function notMeasured(detail: string, next: string): Finding {
  return { kind: 'not_measured', detail, next };
}

/** What helps against whoever is the same user. */
export const OTHER_USER: string =
  'run the cell as another OS user, its home for that user alone (wall 3), or run what agents start in a ' +
  'fence that sees none of it (wall 2)';
export const NOT_ROOT = 'nothing is closed to root: run agents, and this command, as a user without rights';
export const START_CELL = 'start the cell (writ serve), and say --port where it is not the usual one';
