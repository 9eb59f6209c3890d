import {
  appendLeaves,
  checkpointAdvances,
  emptyMemory,
  equalBytes,
  Failure,
  type Frontier,
  HASH_BYTES,
  hashLeaves,
  type LogBatch,
  openTrustedCheckpoint,
  type RememberedCheckpoint,
  rootOf,
  type Trust,
} from '@writ/proof';
import { checkAdvance, contradiction, keepCheckpoint, readMemory } from '../../client/memory.ts';
import { pinnedTrust } from '../../client/trust.ts';
import { CliFailure } from '../../program/failure.ts';
import type { LogDesk, LogPage } from '../desk.ts';

/**
 * Reads the log in order and believes nothing of it: each root is computed from the heads themselves, each
 * checkpoint is one that the pinned key has signed over that root, and it continues the largest one that this
 * client remembers, or leads to it. What is larger is remembered, durably, before it is handed out.
 */
export type LogReader = {
  /** The next batches, proven; none when the log has no more now. */
  next(): Promise<readonly LogBatch[]>;
  /** Records that were read up to. */
  size(): number;
};

/** What reading takes of a desk. */
export type LogSource = Pick<LogDesk, 'batches' | 'consistency' | 'client' | 'origin' | 'vkey'>;

type Reading = { readonly desk: LogSource; readonly trust: Trust };

export async function readLogFrom(desk: LogSource, from: number): Promise<LogReader> {
  const reading: Reading = { desk, trust: await pinnedTrust(desk.client, desk.origin, desk.vkey) };
  let tree: Frontier | null = null;
  return {
    size: () => tree?.size ?? from,
    async next() {
      const page = await desk.batches(tree?.size ?? from);
      // The tree that the first page begins with is proven by where it leads.
      const before: Frontier = tree ?? page.before;
      if (before.size !== from && tree === null) throw unproven('another page than was asked for');
      const proven = provePage(reading, before, page.batches);
      const last = proven.at(-1);
      if (last === undefined) return [];
      await hold(reading, before, proven);
      tree = last.after;
      return proven.map(({ batch }) => batch);
    },
  };
}

type Proven = {
  readonly batch: LogBatch;
  readonly after: Frontier;
  readonly checkpoint: RememberedCheckpoint;
};

function provePage(reading: Reading, before: Frontier, batches: LogPage['batches']): readonly Proven[] {
  const proven: Proven[] = [];
  let tree = before;
  for (const { heads, note } of batches) {
    const hashes = hashLeaves(heads);
    const from = tree.size;
    tree = appendLeaves(tree, hashes);
    const checkpoint = openNote(reading, note);
    if (checkpoint.size !== BigInt(tree.size) || !equalBytes(checkpoint.root, rootOf(tree))) {
      throw unproven(`records ${from} to ${tree.size - 1} are not those that were signed`);
    }
    const entries = heads.map((head) => ({ head, state: null, sealed: null }));
    proven.push({ batch: { from, note, hashes, entries }, after: tree, checkpoint });
  }
  return proven;
}

function openNote({ desk, trust }: Reading, note: string): RememberedCheckpoint {
  try {
    const { origin, size, root } = openTrustedCheckpoint(note, trust);
    if (origin === desk.origin) return { origin, size, root, note };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw unproven(error.code);
  }
  throw unproven('a checkpoint of another log');
}

/**
 * Held against what is remembered: before, within or after this page. Then the newest is remembered itself.
 */
async function hold(reading: Reading, before: Frontier, proven: readonly Proven[]): Promise<void> {
  const { desk } = reading;
  const newest = proven.at(-1)?.checkpoint;
  if (newest === undefined) return;
  const seen = (await readMemory(desk.client)).checkpoints.get(desk.origin);
  if (seen !== undefined) {
    if (seen.size > newest.size) await holdBelow(reading, newest, seen);
    else if (!leadsThrough(before, proven, seen)) throw contradiction('FORKED', seen, newest);
  }
  await keepCheckpoint(desk.client, newest);
}

/** Is the tree of what is remembered one that this page goes through? */
function leadsThrough(before: Frontier, proven: readonly Proven[], seen: RememberedCheckpoint): boolean {
  const size = Number(seen.size);
  let tree = before;
  for (const { batch, after } of proven) {
    if (tree.size <= size && size <= after.size) {
      const more = batch.hashes.subarray(0, (size - tree.size) * HASH_BYTES);
      return equalBytes(rootOf(appendLeaves(tree, more)), seen.root);
    }
    tree = after;
  }
  return false;
}

/** So many times the log may have grown between two questions. */
const TRIES = 16;

/**
 * A page that ends before what is remembered: the newest checkpoint continues both, so it is one history.
 */
async function holdBelow(
  reading: Reading,
  page: RememberedCheckpoint,
  seen: RememberedCheckpoint,
): Promise<void> {
  const { desk } = reading;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const [mine, theirs] = [
      await desk.consistency(Number(page.size)),
      await desk.consistency(Number(seen.size)),
    ];
    const newest = openNote(reading, mine.checkpoint);
    const again = openNote(reading, theirs.checkpoint);
    checkAdvance(memoryOf(page), newest, mine.hashes);
    checkAdvance(memoryOf(seen), again, theirs.hashes);
    if (newest.size !== again.size) continue;
    // Two trees of one size, both signed: equal, or a fork.
    const { verdict } = checkpointAdvances(memoryOf(newest), again);
    if (verdict === 'ok') return;
    throw contradiction('FORKED', newest, again);
  }
  throw new CliFailure('OVERLOADED', 'the log grows faster than it can be proven; try again');
}

function memoryOf(checkpoint: RememberedCheckpoint) {
  return { ...emptyMemory(), checkpoints: new Map([[checkpoint.origin, checkpoint]]) };
}

function unproven(detail: string): CliFailure {
  return new CliFailure('LOG_UNPROVEN', `${detail}: nothing of it is shown`, 1);
}
