import { setTimeout } from 'node:timers/promises';
import type { Base } from '../core/recover.ts';
import { recover } from '../core/recover.ts';
import type { Engine } from '../engine/load-engine.ts';
import type { Batch } from '../journal/journal.ts';
import { dropBytes } from '../journal/own-bytes.ts';
import type { ReadBatches } from './carried-state.ts';
import { type BasePlaces, loadBase } from './load-base.ts';
import { stateDigestOf } from './snapshot-file.ts';
import { keepSnapshots, writeSnapshot } from './snapshot-folder.ts';

export type SnapshotTaken = {
  readonly size: number;
  readonly state_digest: string;
  /** Of the file. */
  readonly bytes: number;
};

/** Of a slice: what is read is held until it is folded. */
const READ_BYTES: number = 1024 * 1024;
/** Between two slices of history, so that the folding of the past leaves the processor to the present. */
const PAUSE_MS = 5;

/**
 * Folds what is durable up to `size` and lays it down. Repeatable, and harmless wherever it stops: until a
 * record names the new file, the one that was used here stays and is used again.
 */
export async function takeSnapshot(
  engine: Engine,
  read: ReadBatches,
  places: BasePlaces,
  size: number,
): Promise<SnapshotTaken> {
  const { base } = await loadBase(engine, read, places, size);
  const from = base.frontier.size;
  const folded = await foldTo(engine, read, base, size);
  const state = engine.functions.printSnapshot(folded.state);
  const state_digest = stateDigestOf(state);
  const { frontier } = folded;
  const file = { size: frontier.size, engine: engine.digest, state_digest, frontier, state };
  const bytes = await writeSnapshot(places.folder, file);
  await keepSnapshots(places.folder, [from, file.size]);
  return { size: file.size, state_digest, bytes };
}

/** What came after `size` is not asked for: it may not be durable yet. Batches are never cut. */
async function foldTo(engine: Engine, read: ReadBatches, base: Base, size: number): Promise<Base> {
  let folded: readonly Batch[] = [];
  const journal = {
    async read(from: number, maxBytes: number) {
      // Asked for more, the fold is done with what it had.
      for (const { bytes } of folded) dropBytes(bytes);
      await setTimeout(PAUSE_MS);
      folded = read(from, Math.min(maxBytes, READ_BYTES)).filter((batch) => batch.from < size);
      return folded;
    },
  };
  return recover(journal, engine, base, size, () => Promise.resolve());
}
