import type { DatabaseSync } from 'node:sqlite';
import { type Content, removeObject } from './content.ts';
import { type Entry, parseListing } from './entry.ts';
import { RETENTION } from './limits.ts';
import { parseSnapshot } from './snapshot.ts';

/** Gives up the oldest snapshots beyond the limits, and what only they held. The newest always stays. */
export function retain(database: DatabaseSync, content: Content, now_ms: number): void {
  const rows = database.prepare('SELECT number, taken_ms FROM snapshots ORDER BY number DESC').all();
  const old = rows.filter(
    ({ taken_ms }, at) =>
      at > 0 && (at >= RETENTION.count_max || Number(taken_ms) < now_ms - RETENTION.age_ms_max),
  );
  if (old.length > 0)
    giveUp(
      database,
      content,
      old.map(({ number }) => Number(number)),
    );
  while (bytesKept(database) > RETENTION.bytes_max) {
    const [first, second] = database.prepare('SELECT number FROM snapshots ORDER BY number LIMIT 2').all();
    if (first === undefined || second === undefined) return;
    giveUp(database, content, [Number(first['number'])]);
  }
}

function bytesKept(database: DatabaseSync): number {
  return Number(database.prepare('SELECT total(bytes) AS bytes FROM objects').get()?.['bytes'] ?? 0);
}

function giveUp(database: DatabaseSync, content: Content, numbers: readonly number[]): void {
  const remove = database.prepare('DELETE FROM snapshots WHERE number = ?');
  for (const number of numbers) remove.run(number);
  const held = heldBy(database, content);
  for (const { id, digest } of database.prepare('SELECT id, digest FROM objects').all())
    if (!held.has(String(digest))) removeObject(database, Number(id));
  database.exec('PRAGMA incremental_vacuum');
}

/** Every object that a snapshot needs: its listings, and the content before its action. */
function heldBy(database: DatabaseSync, content: Content): ReadonlySet<string> {
  const held = new Set<string>();
  const hold = (entry: Entry): void => {
    if (entry.kind === 'file') held.add(entry.digest);
    if (entry.kind !== 'directory' || held.has(entry.digest)) return;
    held.add(entry.digest);
    for (const below of parseListing(content.text(entry.digest)).values()) hold(below);
  };
  for (const { document } of database.prepare('SELECT document FROM snapshots').all()) {
    for (const { before, after } of parseSnapshot(String(document)).areas) {
      hold(before);
      if (after !== null) hold(after);
    }
  }
  return held;
}
