import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type AnchorKeeper, openAnchor } from '../anchor/open-anchor.ts';
import { openFileBlobStore } from '../blobs/file-blob-store.ts';
import type { CellEvent, CellPorts } from '../core/cell-ports.ts';
import { type Clock, type ClockSource, openClock } from '../core/clock.ts';
import { CoreFailure } from '../core/failure.ts';
import { runCell } from '../core/run-cell.ts';
import { whatWasAsked } from '../core/what-was-asked.ts';
import { finishEpoch } from '../drills/switch-epoch.ts';
import { type Engine, loadCurrentEngine } from '../engine/load-engine.ts';
import { lockStore } from '../home/lock-store.ts';
import { openHome } from '../home/private-directory.ts';
import type { Home } from '../home/resolve-home.ts';
import { openHashesByDomain } from '../intake/hashes-by-domain.ts';
import type { Batch } from '../journal/journal.ts';
import type { SqliteJournal, SqliteJournalOptions } from '../journal/sqlite/instance.ts';
import { openSqliteJournal } from '../journal/sqlite/open.ts';
import { openLastingPartStore } from '../parts/open-lasting-part-store.ts';
import { openPartStore } from '../parts/open-part-store.ts';
import type { PartStore } from '../parts/part-store.ts';
import { openFileMasterKeys } from '../sealing/file-master-keys.ts';
import type { Keystore } from '../sealing/keystore.ts';
import { openKeystore } from '../sealing/open-keystore.ts';
import { openFileSigner } from '../signer/file-signer.ts';
import type { Signer } from '../signer/signer.ts';
import { openTiles, type Tiles } from '../tiles/tiles.ts';
import { openUnderstanding } from '../understanding/open-understanding.ts';
import { type Background, backgroundOf } from './background.ts';
import type { CellContext } from './cell.ts';
import { type Definitions, openDefinitions } from './definitions.ts';
import { type DiskRoom, freeSpaceOf, openDiskRoom } from './disk-room.ts';
import { countFailures } from './failures.ts';
import { type FollowerPace, type Followers, openFollowers } from './followers.ts';
import { type Mint, openMint } from './mint.ts';
import { type Opening, openOpening } from './opening.ts';
import { journalPlace, type Places, placesOf } from './places.ts';
import { type Durability, openDurability } from './durability.ts';
import { openHeadReader } from './read-heads.ts';
import { openQuestions } from './questions.ts';
import { openRecordedParts } from './recorded-parts.ts';
import { type CellSettings, readSettings } from './settings.ts';
import { openTallies } from './tallies.ts';
import { openTileFollower, type TileFollower } from './tile-follower.ts';
import { startUpkeep, type Upkeep } from './upkeep.ts';

export type CellOptions = {
  readonly clock: ClockSource;
  /** A person said that the clock is right, however far it is after the last record. */
  readonly accept_clock?: boolean;
  /** Of what is read behind the cell's back; the defaults are for cells, tests want more. */
  readonly pace?: FollowerPace;
  /** Room that the journal keeps for the worst day; the default is for cells, tests take less. */
  readonly reserve_bytes?: number;
  report(event: CellEvent): void;
};

/** An open cell: what its use cases need, and how to end it. */
export type Cell = CellContext & {
  readonly settings: CellSettings;
  /** Snapshots, lists and scrub: what is read behind the cell's back. */
  readonly followers: Followers;
  /** For operators: what runs behind the answers, and what of it failed. */
  background(): Background;
  /** Where every engine that ever decided here is archived. */
  readonly engines: string;
  readBatches(from: number, max_bytes: number): Promise<readonly Batch[]>;
  close(): Promise<void>;
};

type Undo = () => Promise<void> | void;

/**
 * Wires one cell by hand. What was opened is closed again in reverse order, also when opening fails midway.
 */
export async function openCell(home: Home, options: CellOptions): Promise<Cell> {
  await openHome(home);
  await finishEpoch(home);
  const places = placesOf(home);
  const settings = await readSettings(places.settings);
  if (settings === null) throw new CoreFailure('STORE_EMPTY', 'no cell here: writ init');
  const undo: Undo[] = [];
  try {
    return await openLocked(places, settings, options, undo);
  } catch (error) {
    await unwind(undo).catch(() => {});
    throw error;
  }
}

/** Every step is taken, whatever the others meet: a lock that stays would keep the next start out. */
async function unwind(undo: Undo[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of undo.splice(0).reverse()) {
    try {
      await step();
    } catch (failure) {
      failures.push(failure);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function openLocked(
  places: Places,
  settings: CellSettings,
  options: CellOptions,
  undo: Undo[],
): Promise<Cell> {
  const lock = lockStore(places.store);
  undo.push(() => lock.release());
  const keys = await openKeystore({ directory: places.keys, masters: openFileMasterKeys(places.keys) });
  undo.push(() => keys.close());
  const signer = await openFileSigner(places.checkpointKey, { purpose: 'checkpoint', vkey: settings.vkey });
  const anchor = await openAnchor(places.keys);
  const engine = await loadCurrentEngine(places.engines);
  const definitions = openDefinitions(await openFileBlobStore(places.blobs), engine);
  const parts = await openLastingPartStore(() => openPartStore({ directory: places.parts, keys }));
  undo.push(() => parts.close());
  const tiles = await openTiles(places.tiles);
  undo.push(() => tiles.close());
  const follower = openTileFollower(tiles);
  // Tiles that were not written come again from the journal: that must not keep a cell from closing.
  undo.push(() => follower.finish().catch(() => {}));
  const stores = {
    places,
    settings,
    options,
    keys,
    signer,
    anchor,
    engine,
    definitions,
    parts,
    tiles,
    follower,
    // Each start judges the wall anew, once it knows the time of the last record.
    clock: openClock(options.clock, 0),
  };
  return runStores(stores, undo);
}

type Stores = {
  readonly places: Places;
  readonly settings: CellSettings;
  readonly options: CellOptions;
  readonly keys: Keystore;
  readonly signer: Signer;
  readonly anchor: AnchorKeeper;
  readonly engine: Engine;
  readonly definitions: Definitions;
  readonly parts: PartStore;
  readonly tiles: Tiles;
  readonly follower: TileFollower;
  readonly clock: Clock;
};

async function runStores(stores: Stores, undo: Undo[]): Promise<Cell> {
  const { places, settings, options, definitions, parts, tiles, follower } = stores;
  const [mint, hashes] = [openMint(), openHashesByDomain(stores.keys)];
  const journals = openJournals(journalPlace(places, options.reserve_bytes));
  const isRoomLow = openDiskRoom(() => freeSpaceOf(places.store), journals.current);
  // Before anything is written: a disk that is full keeps room for a start, too.
  await isRoomLow();
  const behind = openBehind(stores, isRoomLow, mint, undo);
  const { upkeep, followers, background } = behind;
  const durability = openDurability(() => running.durableSize());
  const ports = portsOf(stores, { ...behind, mint, journals, durability });
  const running = await runCell(ports);
  undo.push(() => running.close());
  const tallies = openTallies();
  const questions = openQuestions({ running, mint, clock: stores.clock });
  // What is not counted up at the end is closed by the next start, without a count.
  undo.push(() => questions.close('all').catch(() => {}));
  upkeep.attach(running, mint, { tallies, questions });
  followers.attach(running);
  const { engines } = places;
  const understanding = openUnderstanding({ engines, engine: stores.engine.digest }, options.clock);
  // The first to close: what it still answers is judged before the writer ends.
  undo.push(() => understanding.close());
  return {
    settings,
    followers,
    background,
    engines,
    understanding,
    readBatches: (from, max_bytes) => journals.current().read(from, max_bytes),
    running,
    ports,
    definitions,
    keys: stores.keys,
    hashes: hashes.of,
    forgetHashes: hashes.forget,
    mint,
    recorded: openRecordedParts(parts),
    tallies,
    questions,
    tiles,
    ownPlaces: places.roots,
    tilesUpTo: (size) => follower.upTo(size),
    ...openHeadReader(journals.current),
    durability,
    now_ms: () => options.clock.wall_ms(),
    close: () => unwind(undo),
  };
}

type Behind = {
  readonly upkeep: Upkeep;
  readonly opening: Opening;
  readonly followers: Followers;
  background(): Background;
};

/** What goes on behind the answers; what fails of it is counted. */
function openBehind(stores: Stores, isRoomLow: DiskRoom, mint: Mint, undo: Undo[]): Behind {
  const { options } = stores;
  const upkeep = startUpkeep({ ...stores, isRoomLow });
  undo.push(() => upkeep.stop());
  const erasures = countFailures();
  const onErasureFailed = (cause: unknown): void => {
    erasures.add(cause);
    options.report({ kind: 'erasure_failed', cause });
  };
  const opening = openOpening({ ...stores, onErasureFailed });
  const followers = openFollowers({ ...stores, mint, pace: options.pace ?? {} });
  undo.push(() => followers.close());
  return { upkeep, opening, followers, background: () => backgroundOf(upkeep, followers, erasures) };
}

/** The instance of the moment: a reopening takes a fresh one. */
type Journals = { readonly current: () => SqliteJournal; readonly fresh: () => SqliteJournal };

function openJournals(place: SqliteJournalOptions): Journals {
  let journal = openSqliteJournal(place);
  return {
    current: () => journal,
    fresh() {
      journal = openSqliteJournal(place);
      return journal;
    },
  };
}

type Beside = Behind & {
  readonly mint: Mint;
  readonly journals: Journals;
  readonly durability: Durability;
};

function portsOf(stores: Stores, beside: Beside): CellPorts {
  const { settings, options, engine, definitions, parts, signer, follower } = stores;
  const { mint, journals, upkeep, opening, followers, durability } = beside;
  return {
    engine,
    library: definitions.library,
    parts,
    signer,
    clock: stores.clock,
    accept_clock: options.accept_clock ?? false,
    origin: settings.origin,
    freshJournal: journals.fresh,
    loadBase: followers.loadBase,
    onRecovered: opening.onRecovered,
    checkRecovered: opening.checkRecovered,
    onDurable: (batch) => {
      follower.durable(batch.from, batch.leaf_hashes);
      upkeep.signed(batch.note);
      followers.durable(batch);
      durability.reached(batch.tree.after.size);
    },
    salts: mint.salts,
    id: mint.id,
    digestOf,
    isDiskLow: upkeep.isDiskLow,
    ...PACE,
    report: durability.watching(options.report),
  };
}

/** Between tries at a disk or a signer that does not answer. */
const PAUSE_MS = 200;

const PACE: Pick<CellPorts, 'defer' | 'pause'> = {
  defer: (work) => void setImmediate(work),
  pause: () => setTimeout(PAUSE_MS),
};

const digestOf: CellPorts['digestOf'] = (command) =>
  createHash('sha256').update(whatWasAsked(command)).digest('base64url');
