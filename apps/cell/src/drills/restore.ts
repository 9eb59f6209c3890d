import { Buffer } from 'node:buffer';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseVerifierKey } from '@writ/proof';
import { openAnchor } from '../anchor/open-anchor.ts';
import { type Places, placesOf } from '../cell/places.ts';
import { type CellSettings, readSettings } from '../cell/settings.ts';
import type { Base } from '../core/recover.ts';
import { type Engine, loadCurrentEngine } from '../engine/load-engine.ts';
import { makePrivateDirectory, openHome } from '../home/private-directory.ts';
import { createPrivateFile } from '../home/private-file.ts';
import type { Home } from '../home/resolve-home.ts';
import { createReader } from '../journal/sqlite/read.ts';
import { openFileMasterKeys } from '../sealing/file-master-keys.ts';
import type { Keystore } from '../sealing/keystore.ts';
import { openKeystore } from '../sealing/open-keystore.ts';
import { checkNote } from '../scrub/check-batch.ts';
import type { ReadBatches } from '../snapshots/carried-state.ts';
import { headOf } from './backup.ts';
import { copyFile, exists, syncFolders } from './copy-files.ts';
import { DrillFailure, type OnProgress } from './failure.ts';
import { foldKept } from './fold-kept.ts';
import type { EpochBegan } from './intent.ts';
import { layEpoch } from './lay-epoch.ts';
import { MANIFEST_NAME, type Manifest, printManifest, readManifest } from './manifest.ts';
import { epochFilesOf, epochPlacesOf, isEmptyStore } from './store-layout.ts';
import { finishEpoch, switchEpoch } from './switch-epoch.ts';
import { verifiedPrefix } from './verified-prefix.ts';

export type RestoreOptions = {
  readonly now_ms: number;
  /**
   * The verifier key of the backup's log, for a home that does not know it: without a key from elsewhere a
   * backup would vouch for itself.
   */
  readonly vkey: string | null;
  readonly onProgress?: OnProgress;
};

/**
 * Begins a new epoch from a backup in a home whose store is empty and whose keystore is that of the cell. All
 * of the backup is verified first. The backup itself is only read. After a crash at any point the same call
 * begins anew or completes.
 */
export async function restore(source: string, home: Home, options: RestoreOptions): Promise<EpochBegan> {
  const finished = await finishEpoch(home);
  if (finished !== null) return finished;
  await openHome(home);
  const places = placesOf(home);
  if ((await exists(places.store)) && !(await isEmptyStore(places.store))) {
    throw new DrillFailure('STORE_NOT_EMPTY', `${places.store} holds a store: writ recover, or move it away`);
  }
  const manifest = await readManifest(join(source, MANIFEST_NAME));
  if (manifest === null) throw new DrillFailure('BACKUP_INVALID', `${source} holds no finished backup`);
  checkTrust(manifest.settings, await readSettings(places.settings), options.vkey);
  const keys = await openOwnKeystore(places, manifest.settings);
  try {
    return await restoreLocked({ source, home, places, manifest, keys, options });
  } finally {
    await keys.close();
  }
}

/** The log of the backup must be the one that this home knows, or one whose key was named. */
function checkTrust(from: CellSettings, here: CellSettings | null, vkey: string | null): void {
  if (here !== null && here.home !== from.home) {
    throw new DrillFailure('BACKUP_FOREIGN', 'the backup is of another cell than the one that lives here');
  }
  const pinned = vkey ?? (here?.origin === from.origin ? here.vkey : null);
  if (pinned === null) {
    throw new DrillFailure(
      'BACKUP_UNTRUSTED',
      `name the verifier key of ${from.origin}, from your own notes`,
    );
  }
  if (pinned !== from.vkey) throw new DrillFailure('BACKUP_FOREIGN', 'the backup is signed by another key');
}

async function openOwnKeystore(places: Places, settings: CellSettings): Promise<Keystore> {
  const keys = await openKeystore({ directory: places.keys, masters: openFileMasterKeys(places.keys) }).catch(
    (cause: unknown) => {
      const detail = 'the keystore does not open: restore the key directory from its own backup';
      throw new DrillFailure('KEYS_MISSING', detail, null, cause);
    },
  );
  if (keys.has(settings.home)) return keys;
  await keys.close();
  throw new DrillFailure('KEYS_MISSING', 'the keystore does not hold the keys of this cell');
}

type Restoring = {
  readonly source: string;
  readonly home: Home;
  readonly places: Places;
  readonly manifest: Manifest;
  readonly keys: Keystore;
  readonly options: RestoreOptions;
};

async function restoreLocked(restoring: Restoring): Promise<EpochBegan> {
  const { source, home, places, manifest, keys, options } = restoring;
  const { settings, size } = manifest;
  const onProgress = options.onProgress ?? ((): void => {});
  // The copy is verified, not the original: SQLite would write beside what it opens.
  const copy = `${places.store}.restored`;
  await copyBackup(source, manifest, copy, onProgress);
  const engine = await loadCurrentEngine(join(copy, 'engines'));
  const { state, frontier } = await foldCopy(engine, copy, manifest, onProgress);
  const anchor = (await openAnchor(places.keys)).durable();
  const lost = anchor?.origin === settings.origin ? Math.max(0, anchor.size - size) : null;
  const plan = { home, engine, settings, state, frontier, lost, now_ms: options.now_ms };
  await layEpoch({
    ...plan,
    reason: 'restore',
    definitions: epochFilesOf(epochPlacesOf(home, places).next).predecessor,
    hasKeys: keys.has,
    layPredecessor: (predecessor) => rename(copy, predecessor),
  });
  const began = await switchEpoch(home);
  if (began === null)
    throw new DrillFailure('EPOCH_UNFINISHED', 'the new epoch was put away by someone else');
  return began;
}

/** Every file must be the one that the manifest names; what it does not name is not looked at. */
async function copyBackup(
  source: string,
  manifest: Manifest,
  copy: string,
  onProgress: OnProgress,
): Promise<void> {
  await rm(copy, { recursive: true, force: true });
  await makePrivateDirectory(copy);
  for (const [done, { path, bytes, sha256 }] of manifest.files.entries()) {
    onProgress({ step: 'files', done, of: manifest.files.length });
    const digest = await copyFile(join(source, path), join(copy, path), bytes).catch((cause: unknown) => {
      throw new DrillFailure('BACKUP_INVALID', `${path} cannot be copied whole`, null, cause);
    });
    if (digest !== sha256) throw new DrillFailure('BACKUP_INVALID', `${path} is not what the manifest names`);
  }
  await createPrivateFile(join(copy, MANIFEST_NAME), Buffer.from(printManifest(manifest), 'utf8'));
  await syncFolders(copy);
}

async function foldCopy(
  engine: Engine,
  copy: string,
  manifest: Manifest,
  onProgress: OnProgress,
): Promise<Base> {
  const reader = createReader(join(copy, 'journal.sqlite'), 'FULL');
  try {
    await checkJournal(engine, reader.read, manifest, onProgress);
    return await foldKept(engine, reader.read, epochFilesOf(copy).carried, manifest.size, onProgress);
  } finally {
    reader.close();
  }
}

/** The records are those that the checkpoint was signed over, down to the last. */
async function checkJournal(
  engine: Engine,
  read: ReadBatches,
  { settings, size, checkpoint }: Manifest,
  onProgress: OnProgress,
): Promise<void> {
  const trust = { origin: settings.origin, keys: [parseVerifierKey(settings.vkey)] };
  const { frontier, fault } = await verifiedPrefix(
    engine,
    read,
    trust,
    size,
    [headOf(checkpoint)],
    (batch) => {
      onProgress({ step: 'verify', done: batch.from, of: size });
      return Promise.resolve();
    },
  );
  if (fault !== null || frontier.size !== size) {
    const { index, detail } = fault ?? { index: frontier.size, detail: 'the journal ends within a batch' };
    throw new DrillFailure('BACKUP_INVALID', detail, index);
  }
  try {
    checkNote(checkpoint, frontier, trust);
  } catch (cause) {
    throw new DrillFailure('BACKUP_INVALID', 'the checkpoint is not that of the journal', null, cause);
  }
}
