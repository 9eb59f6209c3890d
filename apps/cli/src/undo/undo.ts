import type { DatabaseSync } from 'node:sqlite';
import type { Place } from '../program/command.ts';
import type { ListingOf } from './compare.ts';
import { type Content, openContent } from './content.ts';
import { type Listing, parseListing } from './entry.ts';
import { fail } from './failure.ts';
import { SNAPSHOT_LIMITS } from './limits.ts';
import { inTransaction, withSnapshots } from './open-store.ts';
import { joinPlans, type Plan, planUndo } from './plan-undo.ts';
import { restore } from './restore.ts';
import { scanAreas } from './scan.ts';
import { lookingSink } from './sinks.ts';
import { findSnapshot, type Snapshot } from './snapshot.ts';

export type Planned = { readonly snapshot: Snapshot; readonly plan: Plan };

/** What undoing an action would do now. Nothing is changed. */
export function lookUndo(place: Place, id: string): Planned {
  return withSnapshots(place, (database) => {
    const snapshot = mustFind(database, id);
    return { snapshot, plan: planAreas(database, openContent(database), snapshot, new Set()) };
  });
}

/**
 * Gives back what an action changed. Refuses where somebody changed it since, unless that is to be
 * overridden. It can be interrupted and begun again, and a second time it does nothing.
 */
export function undo(place: Place, id: string, override: boolean): Plan {
  return withSnapshots(place, (database) =>
    inTransaction(database, () => {
      const content = openContent(database);
      const snapshot = mustFind(database, id);
      const opened = new Set<string>();
      const first = planAreas(database, content, snapshot, opened);
      let plan = first;
      // What could not be looked into is seen only after it was opened.
      for (let looks = 0; looks < SNAPSHOT_LIMITS.depth_max && plan.steps.length > 0; looks += 1) {
        if (plan.conflicts.length > 0 && !override) throw conflicts(plan);
        restore(plan.steps, content);
        for (const { before, now, path } of plan.steps)
          if (now.kind === 'closed' && before.kind === 'directory') opened.add(path);
        const next = planAreas(database, content, snapshot, opened);
        // The same again is what others hold on to: a directory with files of theirs.
        if (JSON.stringify(next.steps) === JSON.stringify(plan.steps)) break;
        plan = next;
      }
      return first;
    }),
  );
}

function conflicts({ conflicts: found }: Plan): Error {
  const advice = 'look at them; --force overrides what is there now';
  return fail('UNDO_CONFLICT', `${found.length} changed since, or by nobody knows whom: ${advice}`);
}

function mustFind(database: DatabaseSync, id: string): Snapshot {
  const snapshot = findSnapshot(database, id);
  if (snapshot !== null) return snapshot;
  throw fail('SNAPSHOT_UNKNOWN', 'there is no snapshot of that action: writ undo --list');
}

function planAreas(
  database: DatabaseSync,
  content: Content,
  { areas }: Snapshot,
  opened: ReadonlySet<string>,
): Plan {
  const paths = areas.map(({ path }) => path);
  const { sink, listingOf } = lookingSink(database, paths);
  const entries = scanAreas(paths, sink);
  const kept = keptListings(content);
  return joinPlans(
    areas.map((area, at) =>
      planUndo(area, kept, { entry: entries[at] ?? { kind: 'absent' }, listingOf, opened }),
    ),
  );
}

function keptListings(content: Content): ListingOf {
  const known = new Map<string, Listing>();
  return (digest) => {
    const found = known.get(digest) ?? parseListing(content.text(digest));
    known.set(digest, found);
    return found;
  };
}
