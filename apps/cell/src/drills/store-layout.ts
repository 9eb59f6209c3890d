import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Places } from '../cell/places.ts';
import type { Home } from '../home/resolve-home.ts';

/** Where epochs keep what only they know of (spec/35-backup-and-recovery.md). */
export type EpochPlaces = {
  /** The state that record 0 names, in a later epoch. */
  readonly carried: string;
  /** The former log with all that belongs to it, and which log that is. */
  readonly predecessor: string;
  readonly predecessorFile: string;
  /** A new store while it is laid, and its key. */
  readonly next: string;
  readonly nextKey: string;
  /** Says that a new epoch is laid whole, and only has to be put in place. */
  readonly intent: string;
};

export function epochPlacesOf(home: Home, places: Places): EpochPlaces {
  return {
    ...epochFilesOf(places.store),
    next: `${places.store}.next`,
    nextKey: join(places.keys, 'checkpoint.next.key'),
    intent: join(home.config, 'epoch.json'),
  };
}

export function epochFilesOf(
  store: string,
): Pick<EpochPlaces, 'carried' | 'predecessor' | 'predecessorFile'> {
  return {
    carried: join(store, 'carried'),
    predecessor: join(store, 'predecessor'),
    predecessorFile: join(store, 'predecessor.json'),
  };
}

const LOCKS = /^lock\.(?:sqlite(?:-journal)?|holder)$/;

/** Nothing but the files of a lock: no log was ever begun here. */
export async function isEmptyStore(store: string): Promise<boolean> {
  return (await readdir(store)).every((name) => LOCKS.test(name));
}

/**
 * What a backup takes of a store besides the journal and the parts: everything that cannot be derived. Locks,
 * reserves, tiles, snapshots, projections and the index of the parts come again by themselves. Former logs
 * are no longer written, so that their journals are plain files.
 */
export function isKept(path: string): boolean {
  const names = path.split('/');
  const nested = names.filter((name) => name === 'predecessor').length;
  const rest = names.slice(nested);
  const [first] = rest;
  if (first === undefined || KEPT_WHOLE.has(first)) return true;
  if (nested === 0) return false;
  if (first === 'parts') return rest.length === 1 || SEGMENT.test(rest[1] ?? '');
  return KEPT_OF_FORMER.has(first);
}

const KEPT_WHOLE: ReadonlySet<string> = new Set([
  'blobs',
  'engines',
  'carried',
  'predecessor',
  'predecessor.json',
]);
const KEPT_OF_FORMER: ReadonlySet<string> = new Set([
  'journal.sqlite',
  'journal.sqlite-wal',
  'manifest.json',
]);
export const SEGMENT: RegExp = /^[0-9]{10}\.parts$/;
