import { Failure } from '../failure.ts';
import type { JsonValue } from '../json/value.ts';
import type { DecisionHead, Digest, Head, Id, ReleaseHead } from '../record/head.ts';
import type { Memory, Remember } from '../trust/memory.ts';
import type { Trust } from '../trust/trust.ts';
import { checkArgs, checkNotRolledBack, checkTime, checkTool, readNonce } from './bind.ts';
import { outcomeOf, type Refused } from './outcome.ts';
import { parseWrit } from './parse.ts';
import { type ProvenHead, proveHead, readProof } from './proven-head.ts';

/** What the reader knows of the action. What is left out is not asked; a door MUST ask all of it. */
export type WritQuestion = {
  readonly origin?: string;
  readonly action?: Id;
  readonly executor?: Id;
  /** Digest of the tool's definition, as the reader holds it. */
  readonly tool?: Digest;
  readonly args?: JsonValue;
};

export type PermissionHead = DecisionHead | ReleaseHead;

export type WritVerdict =
  | {
      readonly verdict: 'valid';
      readonly head: PermissionHead;
      readonly index: bigint;
      readonly remember: Remember;
    }
  | Refused;

/**
 * Whether these bytes are a writ for that action (spec/09-writ.md section 4). With `now_ms` null it is
 * asked as evidence: that it was permitted then, whatever the time is now. A writ alone permits nothing at a
 * target.
 */
export function verifyWrit(
  writ: Uint8Array,
  question: WritQuestion,
  trust: Trust,
  memory: Memory,
  now_ms: number | null,
): WritVerdict {
  return outcomeOf((): WritVerdict => {
    const { head: text, nonce, proof } = parseWrit(writ);
    const proven = proveHead(readProof(text, proof), question.origin ?? null, trust, now_ms);
    const head = asPermission(proven.head);
    if (question.action !== undefined && head.id !== question.action) {
      throw new Failure('ACTION_MISMATCH', 'a writ for another action');
    }
    if (question.executor !== undefined && head.executor !== question.executor) {
      throw new Failure('EXECUTOR_MISMATCH', 'a writ for another executor');
    }
    if (question.tool !== undefined) checkTool(head, question.tool);
    if (question.args !== undefined) checkArgs(head, readNonce(nonce), question.args);
    if (now_ms !== null) checkTime(head.time, head.expires_at, now_ms);
    checkNotRolledBack(proven.checkpoint, memory);
    return {
      verdict: 'valid',
      head,
      index: proven.index,
      remember: { checkpoint: proven.checkpoint, action: null },
    };
  });
}

/** A decision or a release that allows, and says until when. */
export function asPermission(head: Head): PermissionHead & { readonly expires_at: number } {
  if (head.kind !== 'decision' && head.kind !== 'release') {
    throw new Failure('KIND_MISMATCH', 'the record is no decision');
  }
  const { expires_at } = head;
  if (head.verdict !== 'ALLOW' || expires_at === null) {
    throw new Failure('NOT_ALLOWED', 'the record does not allow the action');
  }
  return { ...head, expires_at };
}

export type RecordVerdict =
  | ({ readonly verdict: 'valid'; readonly remember: Remember } & ProvenHead)
  | Refused;

/** Whether the log contains a record, of any kind: evidence of a refusal, an outcome, a freeze. */
export function verifyRecord(
  head: string,
  proof: string,
  origin: string | null,
  trust: Trust,
  memory: Memory,
): RecordVerdict {
  return outcomeOf((): RecordVerdict => {
    const proven = proveHead(readProof(head, proof), origin, trust, null);
    checkNotRolledBack(proven.checkpoint, memory);
    return { verdict: 'valid', ...proven, remember: { checkpoint: proven.checkpoint, action: null } };
  });
}
