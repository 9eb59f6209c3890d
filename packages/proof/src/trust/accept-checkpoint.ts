import { encodeUtf8 } from '../bytes/utf8.ts';
import { type Checkpoint, parseCheckpoint } from '../checkpoint/checkpoint.ts';
import { Failure } from '../failure.ts';
import { type Note, parseNote } from '../note/note.ts';
import { openNote } from '../note/open.ts';
import { checkWitnesses } from './cosignature.ts';
import type { Trust, TrustedKey, TrustedLog } from './trust.ts';

/** A checkpoint taken apart and nothing believed of it yet. */
export type ReadCheckpoint = {
  readonly checkpoint: Checkpoint;
  readonly note: Note;
  /** The signed note, verbatim. */
  readonly text: string;
};

export function readCheckpoint(text: string): ReadCheckpoint {
  const note = parseNote(encodeUtf8(text));
  const checkpoint = parseCheckpoint(note.text);
  // Extension lines are signed but nobody could audit what they say: a log of Writ has none.
  if (checkpoint.extensions.length > 0) throw new Failure('CHECKPOINT_EXTENSION', 'a log of Writ has none');
  return { checkpoint, note, text };
}

/**
 * Returns if the reader's trust covers the checkpoint, in this order: the origin, a key of this log that is
 * valid at this tree size, the witness policy. `origin` null takes any log that is trusted; `now_ms` null
 * asks about evidence and so leaves the keys' windows in time aside.
 */
export function checkCheckpoint(
  read: ReadCheckpoint,
  origin: string | null,
  trust: Trust,
  now_ms: number | null,
): void {
  const log = logOf(read.checkpoint.origin, origin, trust);
  checkLogKey(read, log, now_ms);
  if (log.witnesses !== null) checkWitnesses(read.note, log.witnesses);
}

/** A signed checkpoint that the reader's trust covers: the two steps above in one. */
export function openTrustedCheckpoint(text: string, trust: Trust, now_ms: number | null = null): Checkpoint {
  const read = readCheckpoint(text);
  checkCheckpoint(read, null, trust, now_ms);
  return read.checkpoint;
}

export function logOf(stated: string, wanted: string | null, trust: Trust): TrustedLog {
  if (wanted !== null && stated !== wanted) {
    throw new Failure('CHECKPOINT_WRONG_ORIGIN', 'a checkpoint of another log');
  }
  const log = trust.logs.get(stated);
  if (log === undefined) throw new Failure('NO_TRUST', 'nothing is known of this log');
  return log;
}

/** Returns if a key of the log that is valid at this tree size (and time, where one is given) signed it. */
export function checkLogKey(read: ReadCheckpoint, log: TrustedLog, now_ms: number | null): void {
  const opened = openNote(
    encodeUtf8(read.text),
    log.keys.map(({ key }) => key),
  );
  const signers = log.keys.filter(({ key }) => opened.signedBy.includes(key));
  const inRange = signers.filter((signer) => coversSize(signer, read.checkpoint.size));
  if (inRange.length === 0) throw new Failure('KEY_OUT_OF_RANGE', 'the key is not for this tree size');
  if (now_ms !== null && !inRange.some((signer) => coversTime(signer, now_ms))) {
    throw new Failure('KEY_OUT_OF_WINDOW', 'the key is not for this time');
  }
}

function coversSize({ use }: TrustedKey, size: bigint): boolean {
  return size >= use.from_size && (use.until_size === null || size < use.until_size);
}

// Written so that a clock that is no number is within no window.
function coversTime({ use }: TrustedKey, now_ms: number): boolean {
  if (!Number.isSafeInteger(now_ms)) return false;
  const begun = use.not_before_ms === null || now_ms >= use.not_before_ms;
  return begun && (use.not_after_ms === null || now_ms <= use.not_after_ms);
}
