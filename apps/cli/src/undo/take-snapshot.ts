import { isWithin } from '../files/is-within.ts';
import type { Place } from '../program/command.ts';
import { openContent } from './content.ts';
import { fail } from './failure.ts';
import { SNAPSHOT_LIMITS } from './limits.ts';
import { inTransaction, snapshotDirectory, withSnapshots } from './open-store.ts';
import { retain } from './retain.ts';
import { scanAreas } from './scan.ts';
import { keepingSink, notingSink } from './sinks.ts';
import { findSnapshot, putSnapshot, type Snapshot } from './snapshot.ts';

export type ToSnapshot = {
  readonly id: string;
  readonly by: string;
  /** Real paths; what lies in another of them is looked at once. */
  readonly areas: readonly string[];
  /** Whether what this user cannot read may be left out: only for an undo, which does not change it. */
  readonly lenient?: boolean;
};

/**
 * Keeps what stands in the areas, durably, before an action changes it. Called again for the same action it
 * keeps the first. Throws where not all of it can be kept: then the action must not run.
 */
export function takeSnapshot(place: Place, asked: ToSnapshot): Snapshot {
  const paths = outermost(asked.areas);
  if (paths.length === 0 || asked.areas.length > SNAPSHOT_LIMITS.areas_max)
    throw fail('SNAPSHOT_PLACE', 'nothing is named of which a snapshot could be taken');
  const own = snapshotDirectory(place);
  if (paths.some((path) => path === '/' || isWithin(own, path) || isWithin(path, own)))
    throw fail('SNAPSHOT_PLACE', 'a snapshot of everything, or of the snapshots themselves, is none');
  return withSnapshots(place, (database) =>
    inTransaction(database, () => {
      const found = findSnapshot(database, asked.id);
      if (found !== null) return found;
      const content = openContent(database);
      const { sink, done } = keepingSink(database, content, paths, asked.lenient === true);
      const entries = scanAreas(paths, sink);
      done();
      const areas = paths.map((path, at) => ({ path, before: entries[at] ?? missing(), after: null }));
      const snapshot: Snapshot = { v: 1, id: asked.id, by: asked.by, areas };
      putSnapshot(database, snapshot);
      retain(database, content, Date.now());
      return snapshot;
    }),
  );
}

/** Notes what an action left behind: only what it changed is undone, and what was changed since is told. */
export function finishSnapshot(place: Place, id: string): void {
  withSnapshots(place, (database) =>
    inTransaction(database, () => {
      const snapshot = findSnapshot(database, id);
      if (snapshot === null || snapshot.areas.every(({ after }) => after !== null)) return;
      const paths = snapshot.areas.map(({ path }) => path);
      const entries = scanAreas(paths, notingSink(database, openContent(database), paths));
      const areas = snapshot.areas.map((area, at) => ({ ...area, after: entries[at] ?? missing() }));
      database
        .prepare('UPDATE snapshots SET document = ? WHERE id = ?')
        .run(JSON.stringify({ ...snapshot, areas }), id);
    }),
  );
}

/** Without those that lie in another. */
function outermost(paths: readonly string[]): readonly string[] {
  const all = [...new Set(paths)].sort();
  return all.filter((path) => !all.some((other) => other !== path && isWithin(path, other)));
}

function missing(): never {
  throw new TypeError('a scan answers for every area');
}
