import { emptyFrontier, encodeBase64, type Frontier, type LogTrust, rootOf } from '@writ/proof';
import type { Engine } from '../engine/load-engine.ts';
import type { Batch } from '../journal/journal.ts';
import { checkBatch, NoteMismatch } from '../scrub/check-batch.ts';
import type { ReadBatches } from '../snapshots/carried-state.ts';

/**
 * A size and root that were signed and are known from elsewhere: the anchor, or the checkpoint of a backup.
 */
export type KnownHead = { readonly size: number; readonly root: string };

export type Prefix = {
  /** The tree of what can be kept: whole batches, for only their ends were ever signed. */
  readonly frontier: Frontier;
  /** Why it ends there; null when everything up to `to` is sound. */
  readonly fault: { readonly index: number; readonly detail: string } | null;
};

const READ_BYTES: number = 4 * 1024 * 1024;

/**
 * The longest run of whole batches from the first, of at most `to` records, that nothing contradicts. A batch
 * is contradicted by its own bytes, by the signed note in the row after it, or by a signed head that is known
 * from elsewhere; with the last two it is not certain which record is wrong, so all since the last
 * confirmation are left out.
 */
export async function verifiedPrefix(
  engine: Engine,
  read: ReadBatches,
  trust: LogTrust,
  to: number,
  known: readonly KnownHead[],
  onBatch: (batch: Batch, frontier: Frontier) => Promise<void>,
): Promise<Prefix> {
  let frontier = emptyFrontier();
  let confirmed = frontier;
  const stop = (index: number, detail: string): Prefix => ({ frontier, fault: { index, detail } });
  while (frontier.size < to) {
    const { batches, failure } = readSafely(read, frontier.size);
    if (failure !== null) return stop(failure.index ?? frontier.size, failure.message);
    if (batches.length === 0) return stop(frontier.size, 'the journal ends here');
    for (const batch of batches) {
      if (batch.from + batch.count > to) return { frontier, fault: null };
      try {
        const checked = checkBatch(engine, batch, frontier, trust);
        if (checked.is_noted) confirmed = frontier;
        const { after } = checked.tree;
        const contradicts = known.some((head) => head.size === after.size && !isHead(head, after));
        if (contradicts) throw new NoteMismatch(after.size, `another root was signed at ${after.size}`, {});
        frontier = after;
      } catch (thrown) {
        if (!(thrown instanceof NoteMismatch))
          return stop(indexOf(thrown) ?? frontier.size, messageOf(thrown));
        frontier = confirmed;
        return stop(confirmed.size, thrown.message);
      }
      await onBatch(batch, frontier);
    }
  }
  return { frontier, fault: null };
}

export function isHead(head: KnownHead, frontier: Frontier): boolean {
  return head.size === frontier.size && head.root === encodeBase64(rootOf(frontier));
}

type Read = {
  readonly batches: readonly Batch[];
  readonly failure: { readonly index: number | null; readonly message: string } | null;
};

function readSafely(read: ReadBatches, from: number): Read {
  try {
    return { batches: readBeforeDamage(read, from, READ_BYTES), failure: null };
  } catch (thrown) {
    return { batches: [], failure: { index: indexOf(thrown), message: messageOf(thrown) } };
  }
}

/** A read fails for its first bad batch, though those before it are good: then they are taken one by one. */
export function readBeforeDamage(read: ReadBatches, from: number, maxBytes: number): readonly Batch[] {
  try {
    return read(from, maxBytes);
  } catch {
    return read(from, 1);
  }
}

function indexOf(thrown: unknown): number | null {
  if (!(thrown instanceof Error) || !('index' in thrown)) return null;
  return typeof thrown.index === 'number' ? thrown.index : null;
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : 'it cannot be read';
}
