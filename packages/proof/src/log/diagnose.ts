import { decodeBase64 } from '../bytes/base64.ts';
import { equalBytes } from '../bytes/equal.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { Failure } from '../failure.ts';
import { appendLeaves, type Frontier, rootOf } from '../tree/frontier.ts';
import { HASH_BYTES } from '../tree/hash.ts';
import { checkLogKey, readCheckpoint } from '../trust/accept-checkpoint.ts';
import { atIndex, Finding, inRange } from './finding.ts';
import type { OpenBatch, Pass } from './pass.ts';

/**
 * The slow path: a batch does not fit together, and the question is where. The listed hashes name the record
 * exactly, but only when the log's signature vouches for them; else only the batch can be named. `cause` is a
 * line that could not be read, if that is what showed it.
 */
export function diagnose(pass: Pass, batch: OpenBatch, cause: Failure | null = null): Finding {
  const { from, count, before } = batch;
  const range = inRange(from, from + count);
  if (pass.lastNote !== null && signedBy(pass, pass.lastNote) === null) {
    return new Finding(
      'LOG_BATCH_CHANGED',
      inRange(0, from + count),
      'an earlier batch is not signed',
      false,
    );
  }
  const signed = signedBy(pass, batch.note);
  if (signed === null) {
    return new Finding(
      'LOG_BATCH_CHANGED',
      range,
      'the checkpoint of the batch is not signed by the log either',
    );
  }
  if (signed.origin !== pass.log?.origin || signed.size !== BigInt(from + count)) {
    return new Finding('LOG_SYNTAX', range, 'the checkpoint of the batch is not about its end');
  }
  const listed = decodeHashes(batch);
  if (listed !== null && leadsTo(before, listed, signed.root)) return nameRecord(batch, listed, cause);
  if (batch.seen === count && leadsTo(before, batch.computed, signed.root)) {
    const index = from + firstDifference(batch.computed, listed ?? new Uint8Array(0), count);
    return new Finding('LOG_HASHES_CHANGED', atIndex(index), 'the records are right, a listed hash is not');
  }
  return new Finding('LOG_BATCH_CHANGED', range, 'neither records nor listed hashes lead to the signed root');
}

/**
 * INVARIANT: `listed` is what the log has signed, so the first line that differs is the first that is wrong.
 */
function nameRecord(batch: OpenBatch, listed: Uint8Array, cause: Failure | null): Finding {
  const { from, count, computed, hashed, seen } = batch;
  const at = firstDifference(computed, listed, hashed);
  if (at < hashed)
    return new Finding('LOG_RECORD_CHANGED', atIndex(from + at), howChanged(batch, listed, at));
  if (seen > count) return new Finding('LOG_RECORD_CHANGED', atIndex(from + count), 'a record was inserted');
  if (cause !== null)
    return new Finding(cause.code, atIndex(from + Math.min(hashed, count - 1)), cause.detail);
  return new Finding('LOG_RECORD_CHANGED', atIndex(from + hashed), 'a record is missing');
}

function howChanged(batch: OpenBatch, listed: Uint8Array, at: number): string {
  const { computed, count, hashed } = batch;
  const found = hashAt(computed, at);
  const place = placeOf(listed, found, count);
  if (place < 0) {
    const next = at + 1 < hashed ? hashAt(computed, at + 1) : found;
    return equalBytes(next, hashAt(listed, at)) ? 'a record was inserted' : 'the record was edited';
  }
  if (place < at) return `the record is a copy of ${batch.from + place}`;
  const displaced = placeOf(computed, hashAt(listed, at), hashed);
  return displaced < 0 ? 'a record was removed' : `the record belongs at ${batch.from + place}`;
}

/** What a checkpoint states, if the log has signed it. */
function signedBy(pass: Pass, note: string): Checkpoint | null {
  try {
    const read = readCheckpoint(note);
    if (pass.log !== null) checkLogKey(read, pass.log, null);
    return read.checkpoint;
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

function decodeHashes(batch: OpenBatch): Uint8Array | null {
  try {
    const hashes = decodeBase64(batch.listed);
    return hashes.length === batch.count * HASH_BYTES ? hashes : null;
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

function leadsTo(before: Frontier, hashes: Uint8Array, root: Uint8Array): boolean {
  return equalBytes(rootOf(appendLeaves(before, hashes)), root);
}

function firstDifference(left: Uint8Array, right: Uint8Array, count: number): number {
  let at = 0;
  while (at < count && equalBytes(hashAt(left, at), hashAt(right, at))) at += 1;
  return at;
}

function placeOf(hashes: Uint8Array, hash: Uint8Array, count: number): number {
  for (let at = 0; at < count; at++) if (equalBytes(hashAt(hashes, at), hash)) return at;
  return -1;
}

function hashAt(hashes: Uint8Array, at: number): Uint8Array {
  return hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);
}
