import { join } from 'node:path';
import { isWithin } from '../files/is-within.ts';
import { compareTrees, type Difference, entryAt, type ListingOf } from './compare.ts';
import { type Entry, isSame } from './entry.ts';
import type { Area } from './snapshot.ts';

/** What a directory has while an undo works in it; it gets its own mode last. */
export const OPEN_MODE = 0o700;

/** One name that is given back what stood there before. */
export type Step = {
  readonly path: string;
  /** What must stand there: what the last look saw. */
  readonly now: Entry;
  readonly before: Entry;
};

/** Why a name is not simply given back. */
export type Conflict = {
  readonly path: string;
  /** Somebody changed it after the action; or nobody knows what the action left there. */
  readonly why: 'changed_since' | 'unknown_since';
};

export type Plan = {
  readonly steps: readonly Step[];
  readonly conflicts: readonly Conflict[];
  /** What was there and cannot be kept: sockets, FIFOs, devices, what nobody could read. */
  readonly lost: readonly string[];
};

export type NowIn = {
  readonly entry: Entry;
  readonly listingOf: ListingOf;
  /** Directories that the action had closed, and that were closed until this undo opened them. */
  readonly opened: ReadonlySet<string>;
};

/**
 * What has to be done so that an area is again what it was before an action. What is so already is left, so
 * that an undo that was interrupted goes on, and a second one does nothing. Only what the action changed is
 * touched, and what was changed again since only when that is wanted.
 */
export function planUndo(area: Area, kept: ListingOf, now: NowIn): Plan {
  const { after, before, path } = area;
  const differences =
    after === null
      ? compareTrees(before, now.entry, { before: kept, after: now.listingOf }).map(unattributed)
      : compareTrees(before, after, { before: kept, after: kept });
  const steps = new Map<string, Step>();
  const conflicts: Conflict[] = [];
  const lost: string[] = [];
  for (const difference of differences) {
    const at = join(path, ...difference.way);
    const found = entryAt(now.entry, difference.way, now.listingOf);
    // What is closed is opened first, and then looked into again.
    if (found === null || isSame(found, difference.before)) continue;
    if (!canBeGivenBack(difference.before, found)) {
      lost.push(at);
      continue;
    }
    const why = isBehind(at, now.opened) ? null : conflictOf(difference, found);
    if (why !== null) conflicts.push({ path: at, why });
    for (const parent of parentsOf(area, difference, kept, now)) {
      if (steps.has(parent.path)) continue;
      conflicts.push({ path: parent.path, why: 'changed_since' });
      steps.set(parent.path, parent);
    }
    steps.set(at, { path: at, now: found, before: difference.before });
  }
  return { steps: [...steps.values()], conflicts, lost };
}

function unattributed(difference: Difference): Difference {
  return { ...difference, after: null };
}

/** Of what could not be read its mode is known. */
function canBeGivenBack(before: Entry, found: Entry): boolean {
  return before.kind === 'closed' ? found.kind === before.of : before.kind !== 'special';
}

/** Nobody else could change what lay behind a closed directory. */
function isBehind(path: string, opened: ReadonlySet<string>): boolean {
  return [...opened].some((directory) => path !== directory && isWithin(path, directory));
}

function conflictOf(difference: Difference, found: Entry): Conflict['why'] | null {
  const { after } = difference;
  if (after === null) return 'unknown_since';
  return isSame(found, after) || isBetween(difference, found) ? null : 'changed_since';
}

/**
 * What an undo that was interrupted leaves: a directory that is open to be filled or emptied, or nothing yet
 * where a file makes room for a directory, or the other way round.
 */
function isBetween({ before, after }: Difference, found: Entry): boolean {
  const [was, is] = [kindOf(before), after === null ? 'absent' : kindOf(after)];
  if (found.kind === 'directory')
    return found.mode === OPEN_MODE && (was === found.kind || is === found.kind);
  return found.kind === 'absent' && was !== is && (was === 'directory' || is === 'directory');
}

function kindOf(entry: Entry): Entry['kind'] {
  return entry.kind === 'closed' ? entry.of : entry.kind;
}

/** Directories that the action left alone, that what it took away lay in, and that are gone by now. */
function parentsOf(
  { before, path }: Area,
  { way, before: wanted }: Difference,
  kept: ListingOf,
  now: NowIn,
): Step[] {
  if (wanted.kind === 'absent') return [];
  return way.flatMap((_, length): Step[] => {
    const parents = way.slice(0, length);
    const found = entryAt(now.entry, parents, now.listingOf);
    const was = entryAt(before, parents, kept);
    if (found === null || found.kind === 'directory' || was?.kind !== 'directory') return [];
    return [{ path: join(path, ...parents), now: found, before: was }];
  });
}

export function joinPlans(plans: readonly Plan[]): Plan {
  return {
    steps: plans.flatMap(({ steps }) => steps),
    conflicts: plans.flatMap(({ conflicts }) => conflicts),
    lost: plans.flatMap(({ lost }) => lost),
  };
}
