import { decodeBase64url } from '../bytes/base64.ts';
import { equalBytes } from '../bytes/equal.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { sha256Base64url } from '../digest/sha256.ts';
import { Failure } from '../failure.ts';
import type { JsonValue } from '../json/value.ts';
import type { Digest } from '../record/head.ts';
import { blindReference } from '../record/part.ts';
import type { Memory, RememberedCheckpoint } from '../trust/memory.ts';
import { commitArgs } from './args.ts';

/** Clocks of a cell and a target may differ by this much. */
export const SKEW_MS = 5_000;

type Salted = { readonly salt: string; readonly tool: Digest | null };

export function checkTool(head: Salted, toolDigest: Digest): void {
  const expected = blindReference(sha256Base64url, head.salt, 'tool', toolDigest);
  if (head.tool === null || !sameText(head.tool, expected)) {
    throw new Failure('TOOL_MISMATCH', 'the record is about another tool definition');
  }
}

export function checkArgs(head: { readonly args: Digest }, nonce: Uint8Array, args: JsonValue): void {
  if (!sameText(head.args, commitArgs(nonce, args))) {
    throw new Failure('ARGS_MISMATCH', 'the record is about other arguments');
  }
}

/** The nonce out of its text; refused unless it is 32 bytes spelled canonically. */
export function readNonce(nonce: string): Uint8Array {
  return decodeBase64url(nonce);
}

// Written so that a clock that is no number lies within no span.
export function checkTime(time_ms: number, expires_at: number, now_ms: number): void {
  if (!(now_ms >= time_ms - SKEW_MS)) throw new Failure('NOT_YET_VALID', 'the record is from the future');
  if (!(now_ms <= expires_at + SKEW_MS)) throw new Failure('EXPIRED', 'its time is over');
}

/** A log only grows: a smaller tree than one seen before is an old or a cut one. */
export function checkNotRolledBack(checkpoint: RememberedCheckpoint, memory: Memory): void {
  const seen = memory.checkpoints.get(checkpoint.origin);
  if (seen === undefined) return;
  if (checkpoint.size < seen.size) throw new Failure('ROLLED_BACK', 'a larger tree of this log was seen');
  if (checkpoint.size === seen.size && !equalBytes(checkpoint.root, seen.root)) {
    throw new Failure('FORKED', 'another tree of this size was seen');
  }
}

export function sameText(left: string, right: string): boolean {
  return equalBytes(encodeUtf8(left), encodeUtf8(right));
}
