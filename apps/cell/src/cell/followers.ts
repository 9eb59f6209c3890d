import { hashLeaves } from '@writ/proof';
import { decodeBatch } from '../core/batch.ts';
import { CoreFailure } from '../core/failure.ts';
import type { DurableBatch } from '../core/durable.ts';
import type { Base } from '../core/recover.ts';
import type { RunningCell } from '../core/run-cell.ts';
import { epochFilesOf } from '../drills/store-layout.ts';
import type { Engine } from '../engine/load-engine.ts';
import type { Batch } from '../journal/journal.ts';
import type { PartStore } from '../parts/part-store.ts';
import { openProjections, type Projections } from '../projections/open-projections.ts';
import { openScrub, type Scrub } from '../scrub/open-scrub.ts';
import { createReader } from '../journal/sqlite/read.ts';
import { openSnapshots, type Snapshots } from '../snapshots/open-snapshots.ts';
import { catchUp } from '../tiles/follow.ts';
import type { Tiles } from '../tiles/tiles.ts';
import type { Mint } from './mint.ts';
import type { Places } from './places.ts';
import type { CellSettings } from './settings.ts';
import type { TileFollower } from './tile-follower.ts';

/**
 * What reads the durable log behind the cell's back. None of it delays an answer, and none is needed for one.
 */
export type Followers = {
  readonly snapshots: Snapshots;
  readonly projections: Projections;
  /** Begins when a running cell is attached. */
  scrub(): Scrub | null;
  loadBase(size: number): Promise<Base>;
  durable(batch: DurableBatch): void;
  attach(running: RunningCell): void;
  close(): Promise<void>;
};

/** How often and how fast; what is left out is as the followers themselves have it. */
export type FollowerPace = {
  readonly snapshot_every_records?: number;
  readonly scrub_records_per_second?: number;
  readonly scrub_first_rest_ms?: number;
};

type Stores = {
  readonly places: Places;
  readonly settings: CellSettings;
  readonly engine: Engine;
  readonly parts: PartStore;
  readonly tiles: Tiles;
  readonly follower: TileFollower;
  readonly mint: Mint;
  readonly pace: FollowerPace;
};

export function openFollowers(stores: Stores): Followers {
  const { places, settings, engine, mint, pace } = stores;
  const { journal, engines } = places;
  const { carried } = epochFilesOf(places.store);
  const { origin } = settings;
  let running: RunningCell | null = null;
  let scrub: Scrub | null = null;
  const file = places.projections;
  const projections = openProjections({ file, journal, engines, engine: engine.digest, origin, carried });
  const snapshots = openSnapshots({
    journal,
    engines,
    engine,
    folder: places.snapshots,
    carried,
    ...(pace.snapshot_every_records === undefined ? {} : { every_records: pace.snapshot_every_records }),
    submit: async ({ size, state_digest }) => {
      const command = { kind: 'snapshot', id: mint.id('snp'), size, state_digest } as const;
      const delivered = await running?.submit(command, { bytes: 0 });
      if (delivered?.answer.kind !== 'done') throw new Error('the snapshot was not recorded');
    },
  });
  return {
    snapshots,
    projections,
    scrub: () => scrub,
    async loadBase(size) {
      const base = await snapshots.loadBase(size);
      await fillTiles(stores, base.frontier.size);
      return base;
    },
    durable(batch) {
      snapshots.durable(batch);
      projections.durable(batch.tree.after.size);
    },
    attach(cell) {
      running = cell;
      projections.durable(cell.durableSize());
      scrub = startScrub(stores, cell);
    },
    async close() {
      await Promise.all([snapshots.close(), projections.close(), scrub?.close()]);
    },
  };
}

/** What it finds ends the cell: nothing is answered from a store that contradicts itself. */
function startScrub(stores: Stores, cell: RunningCell): Scrub {
  const { places, settings, engine, tiles, parts, follower, pace } = stores;
  const { scrub_records_per_second: rate, scrub_first_rest_ms: first } = pace;
  const { origin, vkey } = settings;
  return openScrub({
    ...(rate === undefined ? {} : { records_per_second: rate }),
    ...(first === undefined ? {} : { first_rest_ms: first }),
    journal: places.journal,
    engines: places.engines,
    engine: engine.digest,
    origin,
    vkey,
    tiles,
    parts,
    tilesUpTo: (size) => follower.upTo(size),
    isErased: (ns) => cell.state().namespaces.get(ns)?.erased === true,
    durableSize: () => cell.durableSize(),
    onMismatch: ({ where, index, detail }) => {
      cell.halt(new CoreFailure('STORE_CORRUPT', `${where}: ${detail}: writ recover`, index));
    },
  });
}

/** History before the snapshot is not read again by the fold: the tiles may lack some of it after a crash. */
async function fillTiles({ places, tiles, follower }: Stores, size: number): Promise<void> {
  await follower.flush();
  if (tiles.size() >= size) return;
  const reader = createReader(places.journal, 'FULL');
  try {
    const read = async (from: number, maxBytes: number): Promise<readonly Batch[]> =>
      reader.read(from, maxBytes);
    await catchUp(tiles, { read }, size, leavesOf);
  } finally {
    reader.close();
  }
}

function leavesOf({ bytes, from, count }: Batch): Uint8Array {
  return hashLeaves(decodeBatch(bytes, from, count).records.map(({ head }) => head));
}
