import { encodeBase64 } from '../bytes/base64.ts';
import { equalBytes } from '../bytes/equal.ts';
import { Failure } from '../failure.ts';
import { checkLogKey, readCheckpoint } from '../trust/accept-checkpoint.ts';
import { diagnose } from './diagnose.ts';
import { atIndex, Finding, inRange } from './finding.ts';
import { grow, rootOfGrowing } from './growing-tree.ts';
import type { OpenBatch, Pass } from './pass.ts';
import { hashPending } from './take-record.ts';

/** Compares a batch that has all its lines: heads with listed hashes, both with the checkpoint's root. */
export function closeBatch(pass: Pass, batch: OpenBatch): void {
  hashPending(pass, batch);
  const whole = batch.seen === batch.count && encodeBase64(batch.computed) === batch.listed;
  if (!whole) throw diagnose(pass, batch);
  growWith(pass, batch);
  if (!states(pass, batch.note)) throw diagnose(pass, batch);
  if (pass.options.checkpoints === 'every') checkSignature(pass, batch);
  if (batch.fault !== null) {
    throw new Finding(batch.fault.code, atIndex(batch.fault.index), batch.fault.detail);
  }
  pass.lastNote = batch.note;
  pass.batch = null;
}

/**
 * Adds the batch to the tree, with a stop at each held checkpoint: a tree that does not fit it is another.
 */
function growWith(pass: Pass, batch: OpenBatch): void {
  const { from, count, computed } = batch;
  let at = 0;
  for (
    let next = pass.held[0];
    next !== undefined && next.size <= BigInt(from + count);
    next = pass.held[0]
  ) {
    const within = Number(next.size) - from;
    grow(pass.tree, computed, at, within);
    at = within;
    if (!equalBytes(rootOfGrowing(pass.tree), next.root)) pass.contradicted ??= next;
    pass.held.shift();
  }
  grow(pass.tree, computed, at, count);
}

/**
 * Whether the text of a signed checkpoint is that of the tree as it is now. Only the text: taking every note
 * apart would cost more than hashing a small batch, and only the signature of the last one matters.
 */
function states(pass: Pass, note: string): boolean {
  const root = encodeBase64(rootOfGrowing(pass.tree));
  return note.startsWith(`${pass.log?.origin}\n${pass.tree.size}\n${root}\n\n\u2014 `);
}

function checkSignature(pass: Pass, batch: OpenBatch): void {
  try {
    if (pass.log !== null) checkLogKey(readCheckpoint(batch.note), pass.log, null);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const place = inRange(batch.from, batch.from + batch.count);
    throw new Finding(error.code, place, 'the log has not signed the tree up to here');
  }
}
