import type { DatabaseSync } from 'node:sqlite';
import type { Entry } from './entry.ts';

/** One path with everything below it, as it was before an action, and as the action left it. */
export type Area = {
  readonly path: string;
  readonly before: Entry;
  /** Null as long as nobody has looked after the action: it runs, or whoever ran it died. */
  readonly after: Entry | null;
};

export type Snapshot = {
  readonly v: 1;
  /** Of the action that it was taken for. */
  readonly id: string;
  /** Who acted. */
  readonly by: string;
  readonly areas: readonly Area[];
};

export type KeptSnapshot = Snapshot & { readonly taken_ms: number };

/** From the newest. */
export function listSnapshots(database: DatabaseSync): readonly KeptSnapshot[] {
  const rows = database.prepare('SELECT taken_ms, document FROM snapshots ORDER BY number DESC').all();
  return rows.map(({ taken_ms, document }) => ({
    ...parseSnapshot(String(document)),
    taken_ms: Number(taken_ms),
  }));
}

export function findSnapshot(database: DatabaseSync, id: string): Snapshot | null {
  const row = database.prepare('SELECT document FROM snapshots WHERE id = ?').get(id);
  return row === undefined ? null : parseSnapshot(String(row['document']));
}

export function putSnapshot(database: DatabaseSync, snapshot: Snapshot): void {
  database
    .prepare('INSERT INTO snapshots (id, taken_ms, document) VALUES (?, ?, ?)')
    .run(snapshot.id, Date.now(), JSON.stringify(snapshot));
}

export function parseSnapshot(text: string): Snapshot {
  return JSON.parse(text) as Snapshot; // what `putSnapshot` wrote, in a file of this user alone
}
