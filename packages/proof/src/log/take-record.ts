import { Failure } from '../failure.ts';
import { HEAD_BYTES_MAX } from '../record/head.ts';
import { parseHead } from '../record/parse-head.ts';
import { HASH_BYTES, hashLeavesInto } from '../tree/hash.ts';
import { noteFault, type OpenBatch, type Pass } from './pass.ts';

const SPACE = 0x20;
const DIGIT_ZERO = 0x30;
// 2^53 has 16 digits.
const DIGITS_MAX = 16;

/** `<index> <head>`. What is wrong with a line is noted, so that the whole batch can be compared first. */
export function takeRecord(pass: Pass, bytes: Uint8Array, from: number, to: number): void {
  const { batch } = pass;
  if (batch === null) throw new Failure('LOG_SYNTAX', 'a record outside of any batch');
  const index = batch.from + batch.seen;
  if (batch.seen >= batch.count) {
    noteFault(batch, 'LOG_SYNTAX', index, 'more records than the batch has');
    batch.seen = batch.count + 1;
    return;
  }
  const space = spaceIn(bytes, from, to);
  const head = bytes.subarray(Math.min(space + 1, to), to);
  if (!isNumbered(bytes, from, space, index)) {
    noteFault(batch, 'LOG_SYNTAX', index, 'the line is not numbered as its place');
  }
  if (head.length === 0 || head.length > HEAD_BYTES_MAX) {
    noteFault(batch, 'RECORD_TOO_LARGE', index, 'a head has 1 to 1,024 bytes');
  }
  batch.pending.push(head);
  batch.seen += 1;
  batch.lastPart = 'none';
}

/** Hashes what is pending. To be called before the chunk goes, and before the hashes are needed. */
export function hashPending(pass: Pass, batch: OpenBatch): void {
  const { pending } = batch;
  const last = pending.at(-1);
  if (last === undefined) return;
  hashLeavesInto(pending, batch.computed.subarray(batch.hashed * HASH_BYTES));
  if (pass.options.heads === 'parsed') {
    for (const [at, head] of pending.entries()) parse(batch, head, batch.from + batch.hashed + at);
  }
  batch.hashed += pending.length;
  batch.lastHead = last.slice();
  batch.pending = [];
}

function parse(batch: OpenBatch, head: Uint8Array, index: number): void {
  try {
    parseHead(head);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    noteFault(batch, error.code, index, 'not a head of this version');
  }
}

/**
 * Where the first space of a line is, if it is where the one after an index can be; else some place there.
 */
function spaceIn(bytes: Uint8Array, from: number, to: number): number {
  const end = Math.min(to, from + DIGITS_MAX);
  let at = from;
  while (at < end && bytes[at] !== SPACE) at++;
  return at;
}

/** Whether the line is numbered `index`, in its one spelling, and a space follows. */
function isNumbered(bytes: Uint8Array, from: number, space: number, index: number): boolean {
  let number = 0;
  for (let at = from; at < space; at++) {
    const digit = (bytes[at] ?? 0) - DIGIT_ZERO;
    // Beyond 2^53 the sum is rounded, but never down to an index.
    number = digit >= 0 && digit <= 9 ? number * 10 + digit : Number.NaN;
  }
  const spelledOnce = bytes[from] !== DIGIT_ZERO || space === from + 1;
  return number === index && spelledOnce && bytes[space] === SPACE;
}
