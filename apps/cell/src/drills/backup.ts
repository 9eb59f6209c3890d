import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { openAnchor } from '../anchor/open-anchor.ts';
import { type Places, placesOf } from '../cell/places.ts';
import { type CellSettings, readSettings } from '../cell/settings.ts';
import { signCheckpoint } from '../core/checkpoint.ts';
import { type Engine, loadCurrentEngine } from '../engine/load-engine.ts';
import { lockStore } from '../home/lock-store.ts';
import { checkPrivateDirectory, syncDirectory } from '../home/private-directory.ts';
import { createPrivateFile } from '../home/private-file.ts';
import type { Home } from '../home/resolve-home.ts';
import { openFileSigner } from '../signer/file-signer.ts';
import { entryBeside, startThread } from '../threads/start-thread.ts';
import { decodeBase64 } from '@writ/proof';
import { copyFile, digestFile, exists, type FileEntry, listFiles, syncFolders } from './copy-files.ts';
import type { JournalCopied } from './copy-journal.ts';
import { DrillFailure, type OnProgress } from './failure.ts';
import { journalSize } from './journal-size.ts';
import { MANIFEST_NAME, type Manifest, printManifest } from './manifest.ts';
import { isKept, SEGMENT } from './store-layout.ts';
import type { KnownHead } from './verified-prefix.ts';
import type { DrillProtocol } from './worker.ts';

/** What is needed of an open cell to copy it while it runs. */
export type BackupCell = {
  readonly settings: CellSettings;
  readonly ports: { readonly engine: Engine };
  readonly running: { head(): { readonly frontier: { readonly size: number }; readonly note: string } };
};

const UNFINISHED_NAME = 'unfinished';
/** What a crash leaves that comes before even that file has its name. */
const UNFINISHED_TORN = /^unfinished\.[0-9a-f]{16}\.tmp$/;
/** How often a segment is copied again because an erasure wrote into it meanwhile. */
const COPIES_MAX = 3;

/** Copies a running cell as it is at its newest signed checkpoint. Commands go on meanwhile. */
export async function backupCell(
  home: Home,
  cell: BackupCell,
  target: string,
  onProgress: OnProgress = () => {},
): Promise<Manifest> {
  const { frontier, note } = cell.running.head();
  const source = { places: placesOf(home), settings: cell.settings, engine: cell.ports.engine };
  const checkpoint = (): Promise<string> => Promise.resolve(note);
  return copyStore({ ...source, size: frontier.size, known: [headOf(note)], checkpoint }, target, onProgress);
}

/** Copies a cell that does not run. It is locked meanwhile. */
export async function backup(
  home: Home,
  target: string,
  onProgress: OnProgress = () => {},
): Promise<Manifest> {
  const places = placesOf(home);
  const settings = await readSettings(places.settings);
  if (settings === null || !(await exists(places.journal))) {
    throw new DrillFailure('STORE_MISSING', `there is no cell in ${places.store}`);
  }
  const lock = lockStore(places.store);
  try {
    const anchor = (await openAnchor(places.keys)).durable();
    const known = anchor?.origin === settings.origin ? [anchor] : [];
    const size = journalSize(places.journal);
    // A head is signed below: never one that leaves out what was signed before.
    if (size < (known[0]?.size ?? 0)) {
      throw new DrillFailure('STORE_DAMAGED', `the store was rolled back to ${size}: writ recover`, size);
    }
    const signer = await openFileSigner(places.checkpointKey, { purpose: 'checkpoint', vkey: settings.vkey });
    const checkpoint = ({ size: at, root }: JournalCopied): Promise<string> =>
      signCheckpoint(signer, { origin: settings.origin, size: at, root: decodeBase64(root) });
    const engine = await loadCurrentEngine(places.engines);
    return await copyStore({ places, settings, engine, size, known, checkpoint }, target, onProgress);
  } finally {
    lock.release();
  }
}

export function headOf(note: string): KnownHead {
  const [, size = '', root = ''] = note.split('\n');
  return { size: Number(size), root };
}

type Source = {
  readonly places: Places;
  readonly settings: CellSettings;
  readonly engine: Engine;
  readonly size: number;
  readonly known: readonly KnownHead[];
  checkpoint(copied: JournalCopied): Promise<string>;
};

/**
 * The journal up to a size that is durable, then everything that its records name: what came later does no
 * harm. INVARIANT: the manifest is written when all else is durable, so a backup that has one is whole.
 */
async function copyStore(source: Source, target: string, onProgress: OnProgress): Promise<Manifest> {
  await prepareTarget(source.places, target);
  const { settings, engine } = source;
  onProgress({ step: 'journal', done: 0, of: source.size });
  const copied = await copyJournalInThread(source, join(target, 'journal.sqlite'));
  if (copied.fault !== null || copied.size !== source.size) {
    const { index, detail } = copied.fault ?? { index: copied.size, detail: 'the journal ends early' };
    throw new DrillFailure('STORE_DAMAGED', `${detail}: writ recover`, index);
  }
  const checkpoint = await source.checkpoint(copied);
  const files = [
    await entryOf(target, 'journal.sqlite'),
    ...(await copyParts(source.places.parts, target, onProgress)),
    ...(await copyKept(source.places.store, target, onProgress)),
  ];
  const { size } = copied;
  const manifest: Manifest = {
    format: 'writ-backup/v1',
    settings,
    engine: engine.digest,
    size,
    checkpoint,
    files,
  };
  await syncFolders(target);
  await createPrivateFile(join(target, MANIFEST_NAME), Buffer.from(printManifest(manifest), 'utf8'));
  await rm(join(target, UNFINISHED_NAME));
  await syncDirectory(target);
  return manifest;
}

async function copyJournalInThread(source: Source, target: string): Promise<JournalCopied> {
  const { places, settings, engine, size, known } = source;
  const thread = startThread<DrillProtocol>(entryBeside(import.meta.url, 'worker'), {});
  try {
    const { origin, vkey } = settings;
    const question = { journal: places.journal, target, engines: places.engines, engine: engine.digest };
    return await thread.ask('copy', { ...question, origin, vkey, size, known });
  } finally {
    await thread.end();
  }
}

/**
 * Sealed parts are durable before the record that names them: segments as long as they are now have them all.
 */
async function copyParts(
  parts: string,
  target: string,
  onProgress: OnProgress,
): Promise<readonly FileEntry[]> {
  const segments = await listFiles(parts, (path) => SEGMENT.test(path));
  const entries: FileEntry[] = [];
  for (const [done, { path, bytes }] of segments.entries()) {
    onProgress({ step: 'parts', done, of: segments.length });
    const to = `parts/${path}`;
    entries.push({ path: to, bytes, sha256: await copySteady(join(parts, path), join(target, to), bytes) });
  }
  return entries;
}

/** An erasure overwrites frames in place: a copy that it ran into is made again. */
async function copySteady(source: string, target: string, bytes: number): Promise<string> {
  for (let copies = 1; ; copies += 1) {
    const digest = await copyFile(source, target, bytes);
    if (copies === COPIES_MAX || digest === (await digestFile(source, bytes))) return digest;
    await rm(target);
  }
}

async function copyKept(
  store: string,
  target: string,
  onProgress: OnProgress,
): Promise<readonly FileEntry[]> {
  const files = await listFiles(store, isKept);
  const entries: FileEntry[] = [];
  for (const [done, { path, bytes }] of files.entries()) {
    onProgress({ step: 'files', done, of: files.length });
    entries.push({ path, bytes, sha256: await copyFile(join(store, path), join(target, path), bytes) });
  }
  return entries;
}

async function entryOf(root: string, path: string): Promise<FileEntry> {
  const { size: bytes } = await stat(join(root, path));
  return { path, bytes, sha256: await digestFile(join(root, path), bytes) };
}

/** An empty folder, a new one, or what a backup that stopped on its way left behind: that is begun anew. */
async function prepareTarget(places: Places, target: string): Promise<void> {
  const [to, store] = [resolve(target), resolve(places.store)];
  if (`${to}${sep}`.startsWith(`${store}${sep}`) || `${store}${sep}`.startsWith(`${to}${sep}`)) {
    throw new DrillFailure('TARGET_UNUSABLE', 'a backup lies outside of the store that it is of');
  }
  await mkdir(target, { recursive: true, mode: 0o700 });
  await checkPrivateDirectory(target);
  const names = await readdir(target);
  if (names.includes(MANIFEST_NAME))
    throw new DrillFailure('BACKUP_EXISTS', `${target} holds a backup already`);
  if (names.includes(UNFINISHED_NAME)) {
    for (const name of names) if (name !== UNFINISHED_NAME) await rm(join(target, name), { recursive: true });
    return;
  }
  if (!names.every((name) => UNFINISHED_TORN.test(name)))
    throw new DrillFailure('TARGET_UNUSABLE', `${target} is not empty`);
  for (const name of names) await rm(join(target, name));
  await createPrivateFile(join(target, UNFINISHED_NAME), Buffer.from('writ-backup/v1\n', 'utf8'));
}
