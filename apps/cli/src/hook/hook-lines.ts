import type { PrincipalDefinition } from '@writ/contract';
import type { Place } from '../program/command.ts';
import { type Line, plain, warn } from '../terminal/line.ts';
import { printTime } from '../terminal/print-time.ts';
import { answers } from './door/open-hook-door.ts';
import { hookPlaces } from './door/places.ts';
import { readHookSettings } from './door/settings.ts';
import { dayOf, lineOfDay, readStanding } from './door/standing.ts';

/** How the door of the hooks stands, for people; nothing where none is installed. */
export async function hookLines(place: Place, door: PrincipalDefinition | null): Promise<readonly Line[]> {
  const places = hookPlaces(place);
  const settings = await readHookSettings(places).catch(() => null);
  if (settings === null) return [];
  const standing = await readStanding(places);
  const canary = standing?.canary ?? null;
  const day = standing === null ? null : lineOfDay(standing, dayOf(Date.now()));
  const missed = standing?.missed ?? 0;
  return [
    ...(door === null ? [] : [plain(`Claude Code: ${modeOf(door)}`)]),
    ...((await answers(places.socket)) ? [] : [plain('  its door is not open; the next session opens it')]),
    canaryLine(canary),
    ...(missed === 0 ? [] : [warn(`  ${missed} calls ran before which no hook asked`)]),
    ...(day === null ? [] : [plain(`  today ${day}`)]),
  ];
}

function modeOf({ wall, observes_until = 0 }: PrincipalDefinition): string {
  if (wall === 0) return 'observes, only final rules hold (writ enforce)';
  return Date.now() < observes_until ? `paused until ${printTime(observes_until)}` : 'enforces';
}

function canaryLine(
  canary: { readonly at: number; readonly fired: boolean; readonly why: string } | null,
): Line {
  if (canary === null) return warn('  no canary call was made yet: begin a session');
  const when = printTime(canary.at);
  if (canary.fired) return plain(`  the canary call of ${when} was judged and refused, as it must be`);
  return warn(`  the canary call of ${when} was NOT judged: ${canary.why}`);
}
