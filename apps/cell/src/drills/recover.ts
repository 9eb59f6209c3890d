import { parseVerifierKey } from '@writ/proof';
import { openAnchor } from '../anchor/open-anchor.ts';
import { type Places, placesOf } from '../cell/places.ts';
import { type CellSettings, readSettings } from '../cell/settings.ts';
import { type Engine, loadCurrentEngine } from '../engine/load-engine.ts';
import { lockStore } from '../home/lock-store.ts';
import type { Home } from '../home/resolve-home.ts';
import { createReader, type Reader } from '../journal/sqlite/read.ts';
import { openFileMasterKeys } from '../sealing/file-master-keys.ts';
import type { Keystore } from '../sealing/keystore.ts';
import { openKeystore } from '../sealing/open-keystore.ts';
import { exists } from './copy-files.ts';
import { DrillFailure, type OnProgress } from './failure.ts';
import { foldKept } from './fold-kept.ts';
import type { EpochBegan } from './intent.ts';
import { layEpoch } from './lay-epoch.ts';
import { epochFilesOf } from './store-layout.ts';
import { finishEpoch, switchEpoch } from './switch-epoch.ts';
import { type KnownHead, type Prefix, verifiedPrefix } from './verified-prefix.ts';

export type RecoverOptions = {
  /** Keep at most so many records; null keeps all that can be verified. */
  readonly to: number | null;
  readonly now_ms: number;
  readonly onProgress?: OnProgress;
};

export type Recovered = EpochBegan & {
  /** What the old log could not be kept beyond, and why; null when all that was asked for was sound. */
  readonly fault: Prefix['fault'];
};

/**
 * For a store that does not start because it is damaged or was rolled back: keeps the longest verified run of
 * whole batches of at most `to` records, and begins a new epoch, frozen and with nothing open. The old store
 * stays beside it as it was. After a crash at any point the same call begins anew or completes.
 */
export async function recover(home: Home, options: RecoverOptions): Promise<Recovered> {
  const finished = await finishEpoch(home);
  if (finished !== null) return { ...finished, fault: null };
  const places = placesOf(home);
  const settings = await readSettings(places.settings);
  if (settings === null || !(await exists(places.journal))) {
    throw new DrillFailure('STORE_MISSING', `there is no cell in ${places.store}`);
  }
  const lock = lockStore(places.store);
  try {
    const keys = await openKeystore({ directory: places.keys, masters: openFileMasterKeys(places.keys) });
    try {
      return await recoverLocked({ home, places, settings, keys, options });
    } finally {
      await keys.close();
    }
  } finally {
    lock.release();
  }
}

type Locked = {
  readonly home: Home;
  readonly places: Places;
  readonly settings: CellSettings;
  readonly keys: Keystore;
  readonly options: RecoverOptions;
};

async function recoverLocked({ home, places, settings, keys, options }: Locked): Promise<Recovered> {
  if (!keys.has(settings.home)) throw new DrillFailure('KEYS_MISSING', 'the keystore is of another cell');
  const engine = await loadCurrentEngine(places.engines);
  const anchor = (await openAnchor(places.keys)).durable();
  const known = anchor?.origin === settings.origin ? [anchor] : [];
  const onProgress = options.onProgress ?? ((): void => {});
  const reader = openDamaged(places.journal);
  try {
    const to = options.to ?? Number.MAX_SAFE_INTEGER;
    const prefix = await keepable(engine, reader, settings, to, known, onProgress);
    const { size } = prefix.frontier;
    const { carried } = epochFilesOf(places.store);
    const { state, frontier } = await foldKept(engine, reader.read, carried, size, onProgress);
    const lost = known[0] === undefined ? null : Math.max(0, known[0].size - size);
    const plan = { home, engine, settings, state, frontier, lost, now_ms: options.now_ms };
    await layEpoch({
      ...plan,
      reason: 'recover',
      definitions: places.store,
      hasKeys: keys.has,
      layPredecessor: () => Promise.resolve(),
    });
    reader.close();
    const began = await switchEpoch(home);
    if (began === null)
      throw new DrillFailure('EPOCH_UNFINISHED', 'the new epoch was put away by someone else');
    return { ...began, fault: prefix.fault };
  } catch (error) {
    reader.close();
    throw error;
  }
}

/** SQLite may refuse the file before the first row can be asked for. */
function openDamaged(journal: string): Reader {
  try {
    const reader = createReader(journal, 'FULL');
    let isOpen = true;
    return {
      read: reader.read,
      close() {
        if (isOpen) reader.close();
        isOpen = false;
      },
    };
  } catch (cause) {
    throw new DrillFailure('NOTHING_TO_KEEP', 'the journal cannot be opened: restore a backup', 0, cause);
  }
}

async function keepable(
  engine: Engine,
  { read }: Reader,
  { origin, vkey }: CellSettings,
  to: number,
  known: readonly KnownHead[],
  onProgress: OnProgress,
): Promise<Prefix> {
  const trust = { origin, keys: [parseVerifierKey(vkey)] };
  const prefix = await verifiedPrefix(engine, read, trust, to, known, (batch) => {
    onProgress({ step: 'verify', done: batch.from, of: to });
    return Promise.resolve();
  });
  if (prefix.frontier.size > 0) return prefix;
  const { index, detail } = prefix.fault ?? { index: 0, detail: 'no whole batch ends before that record' };
  throw new DrillFailure('NOTHING_TO_KEEP', `${detail}: restore a backup`, index);
}
