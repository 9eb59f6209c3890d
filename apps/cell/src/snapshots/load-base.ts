import { encodeBase64, type Frontier, parseCheckpoint, rootOf } from '@writ/proof';
import { decodeBatch } from '../core/batch.ts';
import { dropBytes } from '../journal/own-bytes.ts';
import type { Base } from '../core/recover.ts';
import type { Engine } from '../engine/load-engine.ts';
import { loadFirstBase, parseHeadLoosely, type ReadBatches } from './carried-state.ts';
import type { SnapshotFile } from './snapshot-file.ts';
import { listSnapshots, readSnapshot } from './snapshot-folder.ts';

export type BasePlaces = { readonly folder: string; readonly carried: string };

export type LoadedBase = {
  readonly base: Base;
  /** Snapshots that were there and could not be used: damaged, of another engine, or named by no record. */
  readonly ignored: number;
};

/** What is looked through at once for the record that names a snapshot. */
const READ_BYTES: number = 4 * 1024 * 1024;

/**
 * The newest snapshot that the log itself vouches for: a record after it names its size and its digest, and
 * the batch after it carries the signed root of its tree. INVARIANT: without both it is not used, for whoever
 * can write a file must not thereby write the state.
 */
export async function loadBase(
  engine: Engine,
  read: ReadBatches,
  places: BasePlaces,
  size: number,
): Promise<LoadedBase> {
  let ignored = 0;
  for (const candidate of await listSnapshots(places.folder)) {
    const file = candidate > size ? null : await readSnapshot(places.folder, candidate);
    const base = file === null ? null : openSnapshot(engine, read, file, size);
    if (base !== null) return { base, ignored };
    ignored += 1;
  }
  return { base: await loadFirstBase(engine, read, places.carried), ignored };
}

function openSnapshot(engine: Engine, read: ReadBatches, file: SnapshotFile, size: number): Base | null {
  if (file.engine !== engine.digest || !isNamed(read, file, size)) return null;
  try {
    const state = engine.functions.restoreSnapshot(file.state);
    return state.size === file.size ? { state, frontier: file.frontier } : null;
  } catch {
    return null;
  }
}

/**
 * The record is submitted as soon as the snapshot is written, so it stands near the beginning of the tail.
 */
function isNamed(read: ReadBatches, file: SnapshotFile, size: number): boolean {
  for (let next = file.size; next < size; ) {
    const batches = read(next, READ_BYTES);
    if (batches.length === 0) return false;
    for (const batch of batches) {
      if (batch.from !== next) return false;
      const { note, records } = decodeBatch(batch.bytes, batch.from, batch.count);
      dropBytes(batch.bytes);
      if (next === file.size && !isRootOf(note, file.frontier)) return false;
      if (records.some(({ head }) => namesSnapshot(head, file))) return true;
      next += batch.count;
    }
  }
  return false;
}

function isRootOf(note: string, frontier: Frontier): boolean {
  try {
    const { size, root } = parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1));
    return size === BigInt(frontier.size) && encodeBase64(root) === encodeBase64(rootOf(frontier));
  } catch {
    return false;
  }
}

function namesSnapshot(head: string, file: SnapshotFile): boolean {
  if (!head.includes(file.state_digest)) return false;
  const { kind, size, state_digest } = parseHeadLoosely(head);
  return kind === 'snapshot' && size === file.size && state_digest === file.state_digest;
}
