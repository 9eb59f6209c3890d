import { rename, rm, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openAnchor } from '../anchor/open-anchor.ts';
import { type Places, placesOf } from '../cell/places.ts';
import { lockStore } from '../home/lock-store.ts';
import { syncDirectory } from '../home/private-directory.ts';
import { destroyFile, replacePrivateFile } from '../home/private-file.ts';
import type { Home } from '../home/resolve-home.ts';
import { exists } from './copy-files.ts';
import { DrillFailure } from './failure.ts';
import { type EpochBegan, type Intent, readIntent } from './intent.ts';
import { type EpochPlaces, epochFilesOf, epochPlacesOf, isEmptyStore } from './store-layout.ts';

/**
 * Puts a new epoch in place that was laid whole before a crash; null when there is none. Called before a cell
 * is opened or made, so that nobody ever meets half of two epochs.
 */
export async function finishEpoch(home: Home): Promise<EpochBegan | null> {
  const { intent } = epochPlacesOf(home, placesOf(home));
  if ((await readIntent(intent)) === null) return null;
  // The lock that every opener of the keystore takes: nobody else is at work on this home.
  const lock = lockStore(home.keys);
  try {
    return await switchEpoch(home);
  } finally {
    lock.release();
  }
}

/**
 * INVARIANT: every step may be repeated, and each looks first whether it is done; the intent goes last. The
 * caller holds the lock of the key directory.
 */
export async function switchEpoch(home: Home): Promise<EpochBegan | null> {
  const places = placesOf(home);
  const epoch = epochPlacesOf(home, places);
  const intent = await readIntent(epoch.intent);
  if (intent === null) return null;
  await switchStore(intent, places, epoch);
  await switchKey(places, epoch);
  await switchAnchor(intent, places);
  const settings = Buffer.from(`${JSON.stringify(intent.settings, null, 2)}\n`, 'utf8');
  await replacePrivateFile(places.settings, settings);
  await unlink(epoch.intent);
  await syncDirectory(dirname(epoch.intent));
  return intent.began;
}

/** The old store becomes the predecessor within the new one, and that one takes its place. */
async function switchStore({ reason }: Intent, { store }: Places, { next }: EpochPlaces): Promise<void> {
  if (!(await exists(next))) return;
  if (await exists(store)) await makeRoom(reason, store, next);
  await rename(next, store);
  await syncDirectory(dirname(store));
}

async function makeRoom(reason: Intent['reason'], store: string, next: string): Promise<void> {
  if (reason === 'restore') {
    if (!(await isEmptyStore(store))) throw occupied(store);
    await rm(store, { recursive: true });
    return;
  }
  const { predecessor } = epochFilesOf(next);
  if (await exists(predecessor)) throw occupied(predecessor);
  await rename(store, predecessor);
  // Room that was kept for writing is of no use to a log that has ended.
  await rm(join(predecessor, 'journal.sqlite.reserve'), { force: true });
  await syncDirectory(next);
  await syncDirectory(dirname(store));
}

/** The key of a log that has ended never signs again: with it, records after the end could be forged. */
async function switchKey({ checkpointKey, keys }: Places, { nextKey }: EpochPlaces): Promise<void> {
  if (!(await exists(nextKey))) return;
  await destroyFile(checkpointKey);
  await rename(nextKey, checkpointKey);
  await syncDirectory(keys);
}

async function switchAnchor({ checkpoint: note }: Intent, { keys }: Places): Promise<void> {
  const [origin = '', size = '', root = ''] = note.split('\n');
  const anchor = await openAnchor(keys);
  await anchor.replace({ origin, size: Number(size), root, note });
}

function occupied(path: string): DrillFailure {
  return new DrillFailure('EPOCH_UNFINISHED', `${path} stands where the new epoch has to go: move it away`);
}
