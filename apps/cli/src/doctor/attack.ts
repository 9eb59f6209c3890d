import { describeFailure } from '../program/failure.ts';
import { crossOrigin } from './cross-origin.ts';
import { editState } from './edit-state.ts';
import { type Finding, type MeasuredWall, notMeasured, OWNER } from './finding.ts';
import { forgeAnswer } from './forge-answer.ts';
import { leaveDirectly } from './leave-directly.ts';
import { readKeys } from './read-keys.ts';
import { takePort } from './take-port.ts';
import { touchProcess } from './touch-process.ts';
import { useKey } from './use-key.ts';
import type { Vantage } from './vantage.ts';

/** What surrounds an installation says nothing where there is none. */
type About = 'installation' | 'surroundings';

type Probe = { readonly name: string; readonly about: About; attack(vantage: Vantage): Promise<Finding> };

const PROBES: readonly Probe[] = [
  { name: 'read the keys', about: 'installation', attack: readKeys },
  { name: 'edit the state', about: 'installation', attack: editState },
  { name: 'act as a person', about: 'installation', attack: useKey },
  { name: 'take the port', about: 'installation', attack: takePort },
  { name: 'forge an answer', about: 'surroundings', attack: (vantage) => forgeAnswer(vantage) },
  { name: 'touch the process', about: 'installation', attack: touchProcess },
  { name: 'come from a foreign page', about: 'installation', attack: crossOrigin },
  { name: 'leave without a proxy', about: 'surroundings', attack: () => leaveDirectly() },
];

export type Probed = { readonly name: string; readonly about: About; readonly finding: Finding };

/** All of them, one after another: some would disturb what others measure. */
export async function attack(vantage: Vantage): Promise<readonly Probed[]> {
  const probed: Probed[] = [];
  for (const { name, about, attack: attempt } of PROBES) {
    const finding = await attempt(vantage).catch((error: unknown) =>
      notMeasured(`it failed: ${describeFailure(error).code}`, 'try again, and report it if it stays'),
    );
    probed.push({ name, about, finding });
  }
  return probed;
}

/**
 * A wall is as high as its weakest part. `is_complete` says that every part was measured; otherwise it may be
 * lower. `wall` is null when nothing of the installation was measured at all.
 */
export type Measured = {
  readonly wall: MeasuredWall | null;
  readonly is_complete: boolean;
  readonly weakest: Probed | null;
};

export function measure(probed: readonly Probed[]): Measured {
  let wall: MeasuredWall = OWNER;
  let weakest: Probed | null = null;
  let is_complete = true;
  let is_there = false;
  for (const one of probed) {
    const { about, finding } = one;
    if (finding.kind === 'not_measured') is_complete = false;
    else {
      is_there ||= about === 'installation';
      if (weakest === null || finding.wall_max < wall) [wall, weakest] = [finding.wall_max, one];
    }
  }
  return { wall: is_there ? wall : null, is_complete, weakest };
}
