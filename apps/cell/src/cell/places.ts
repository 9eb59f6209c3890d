import { join } from 'node:path';
import type { Home } from '../home/resolve-home.ts';
import type { SqliteJournalOptions } from '../journal/sqlite/instance.ts';

/** Where one cell keeps what. Everything under `store` is backed up; nothing under `keys` is. */
export type Places = {
  readonly store: string;
  readonly journal: string;
  readonly parts: string;
  readonly tiles: string;
  readonly blobs: string;
  readonly engines: string;
  readonly snapshots: string;
  readonly projections: string;
  readonly keys: string;
  readonly checkpointKey: string;
  readonly settings: string;
  /** What everything above lies in. */
  readonly roots: readonly string[];
};

export function placesOf(home: Home): Places {
  const store = join(home.state, 'cell');
  return {
    store,
    journal: join(store, 'journal.sqlite'),
    parts: join(store, 'parts'),
    tiles: join(store, 'tiles'),
    blobs: join(store, 'blobs'),
    engines: join(store, 'engines'),
    snapshots: join(store, 'snapshots'),
    projections: join(store, 'projections.sqlite'),
    keys: home.keys,
    checkpointKey: join(home.keys, 'checkpoint.key'),
    settings: join(home.config, 'cell.json'),
    roots: [...new Set([home.state, home.config, home.keys])],
  };
}

/** Where the journal lies, and how much room it keeps when that is said. */
export function journalPlace(places: Places, reserve_bytes: number | undefined): SqliteJournalOptions {
  const file = places.journal;
  return reserve_bytes === undefined ? { file } : { file, reserve_bytes };
}
