import { encodeBase64 } from '../bytes/base64.ts';
import { equalBytes } from '../bytes/equal.ts';
import { Failure } from '../failure.ts';
import { appendLeaves, type Frontier, rootOf } from '../tree/frontier.ts';
import { HASH_BYTES } from '../tree/hash.ts';
import { checkLogKey } from '../trust/accept-checkpoint.ts';
import { diagnose } from './diagnose.ts';
import { atIndex, Finding, inRange } from './finding.ts';
import type { OpenBatch, Pass } from './pass.ts';
import { hashPending } from './take-record.ts';

/** Compares a batch that has all its lines: heads with listed hashes, both with the checkpoint's root. */
export function closeBatch(pass: Pass, batch: OpenBatch): void {
  hashPending(pass, batch);
  const whole = batch.seen === batch.count && encodeBase64(batch.computed) === batch.listed;
  const after = whole ? appendLeaves(pass.frontier, batch.computed) : pass.frontier;
  if (!whole || !equalBytes(rootOf(after), batch.signed.checkpoint.root)) throw diagnose(pass, batch);
  if (pass.options.checkpoints === 'every') checkSignature(pass, batch);
  if (batch.fault !== null) {
    throw new Finding(batch.fault.code, atIndex(batch.fault.index), batch.fault.detail);
  }
  compareHeld(pass, batch, after);
  pass.frontier = after;
  pass.previous = batch.signed;
  pass.batch = null;
}

function checkSignature(pass: Pass, batch: OpenBatch): void {
  try {
    if (pass.log !== null) checkLogKey(batch.signed, pass.log, null);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const place = inRange(batch.from, batch.from + batch.count);
    throw new Finding(error.code, place, 'the log has not signed the tree up to here');
  }
}

/** Held checkpoints that end within the batch. A tree that they do not fit is another history. */
function compareHeld(pass: Pass, batch: OpenBatch, after: Frontier): void {
  for (let next = pass.held[0]; next !== undefined && next.size <= BigInt(after.size); next = pass.held[0]) {
    const within = Number(next.size) - batch.from;
    const tree = appendLeaves(pass.frontier, batch.computed.subarray(0, within * HASH_BYTES));
    if (!equalBytes(rootOf(tree), next.root)) pass.contradicted ??= next;
    pass.held.shift();
  }
}
