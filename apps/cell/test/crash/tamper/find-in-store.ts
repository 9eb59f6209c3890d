import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readSettings } from '../../../src/cell/settings.ts';
import { placesOf } from '../../../src/cell/places.ts';
import { loadCurrentEngine } from '../../../src/engine/load-engine.ts';
import { openPartStore } from '../../../src/parts/open-part-store.ts';
import { openScrub } from '../../../src/scrub/open-scrub.ts';
import { openFileMasterKeys } from '../../../src/sealing/file-master-keys.ts';
import { openKeystore } from '../../../src/sealing/open-keystore.ts';
import { openTiles } from '../../../src/tiles/tiles.ts';
import { homeIn, openIn } from '../../cell/world.ts';
import { copyStore, readRows } from './rows.ts';
import type { TamperScene } from './scene.ts';
import type { StoreCase } from './store-cases.ts';

/** What somebody found: a code, and where; null when nothing. */
export type Found = {
  readonly code: string;
  readonly from: number | null;
  readonly to: number | null;
} | null;

/** Starts a cell on a store that was tampered with. */
export async function findAtStart(scene: TamperScene, one: StoreCase): Promise<Found> {
  const directory = await tampered(scene, one);
  try {
    const cell = await openIn(directory);
    await cell.close();
    return null;
  } catch (error) {
    return foundIn(error);
  }
}

/** Lets the scrub walk once over a store, as it does beside a cell that was running all the while. */
export async function findByScrub(scene: TamperScene, one: StoreCase): Promise<Found> {
  const directory = copied(scene);
  const places = placesOf(homeIn(directory));
  const settings = await readSettings(places.settings);
  if (settings === null) throw new Error('no settings');
  const engine = await loadCurrentEngine(places.engines);
  const keys = await openKeystore({ directory: places.keys, masters: openFileMasterKeys(places.keys) });
  const parts = await openPartStore({ directory: places.parts, keys });
  const tiles = await openTiles(places.tiles);
  await one.apply(scene, directory);
  const size = readRows(directory).reduce((sum, { records }) => sum + records.length, 0);
  let found: Found = null;
  const scrub = openScrub({
    journal: places.journal,
    engines: places.engines,
    engine: engine.digest,
    origin: settings.origin,
    vkey: settings.vkey,
    tiles,
    tilesUpTo: () => Promise.resolve(),
    parts,
    isErased: () => false,
    durableSize: () => size,
    onMismatch: ({ where, index, through }) => {
      found = { code: `SCRUB ${where}`, from: index, to: Math.max(index + 1, through) };
    },
    records_per_second: 1e6,
    parts_every: 1,
    rest_ms: 1,
    first_rest_ms: 0,
  });
  const isOver = (): boolean =>
    scrub.position().passes > 0 || found !== null || scrub.position().failures > 2;
  while (!isOver()) await setTimeout(5);
  await scrub.close();
  await tiles.close();
  await parts.close();
  await keys.close();
  return found ?? (scrub.position().failures > 0 ? { code: 'SCRUB failed', from: null, to: null } : null);
}

async function tampered(scene: TamperScene, one: StoreCase): Promise<string> {
  const directory = copied(scene);
  await one.apply(scene, directory);
  return directory;
}

/** Always to the same place: an engine that was loaded from there stays loaded. */
function copied(scene: TamperScene): string {
  const directory = join(scene.folder, 'tampered');
  rmSync(directory, { recursive: true, force: true });
  copyStore(scene.directory, directory);
  return directory;
}

function foundIn(error: unknown): Found {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  const index = 'index' in error && typeof error.index === 'number' ? error.index : null;
  return { code: String(error.code), from: index, to: index === null ? null : index + 1 };
}
