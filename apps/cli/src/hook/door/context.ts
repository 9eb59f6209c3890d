import type { Obligation } from '@writ/contract';
import type { Place } from '../../program/command.ts';
import type { HookPlaces } from './places.ts';
import type { HookSettings } from './settings.ts';
import type { CellLink } from './cell-link.ts';
import type { Permits } from './permits.ts';
import type { Standing } from './standing.ts';

/** What the parts of one door share. */
export type DoorContext = {
  readonly place: Place;
  readonly places: HookPlaces;
  readonly settings: HookSettings;
  readonly link: CellLink;
  readonly permits: Permits;
  readonly standing: Standing;
  /** The program that fences commands; null where there is none. */
  readonly fence: string | null;
  /** Sessions whose beginning this door saw. */
  readonly sessions: Set<string>;
};

/** What this door can do before and after any call, and about a command that it runs itself. */
const ON_CALLS: readonly Obligation[] = ['redact_output', 'snapshot_first'];
const IN_FENCE: readonly Obligation[] = ['run_fenced', 'no_network'];

export function obligationsOf({ fence }: DoorContext, runs_here: boolean): readonly Obligation[] {
  return runs_here && fence !== null ? [...ON_CALLS, ...IN_FENCE] : ON_CALLS;
}
