import { sha256Base64url } from '../digest/sha256.ts';
import { Failure } from '../failure.ts';
import type { JsonValue } from '../json/value.ts';
import type { CommitHead, Digest, Head, Id } from '../record/head.ts';
import { blindReference } from '../record/part.ts';
import type { Memory, Remember } from '../trust/memory.ts';
import type { Trust } from '../trust/trust.ts';
import { checkArgs, checkNotRolledBack, checkTime, checkTool, sameText, SKEW_MS } from '../writ/bind.ts';
import { outcomeOf, type Refused } from '../writ/outcome.ts';
import { parseWrit } from '../writ/parse.ts';
import { type ProvenHead, proveHead, readProof } from '../writ/proven-head.ts';
import { asPermission, type PermissionHead } from '../writ/verify.ts';
import { parseReceipt } from './parse.ts';
import { checkPossession, type Possession } from './possession.ts';

/** What is about to run, as the checker itself has it. The nonce is presented beside the receipt. */
export type SpendAction = {
  /** Digest of the tool's definition. */
  readonly tool: Digest;
  readonly args: JsonValue;
  readonly nonce: Uint8Array;
};

/**
 * Who checks. A target is named by the receipt's `target` and asks for possession of its key; it may also
 * know which executor it expects. The executor itself checks its own receipt before it runs; it holds the
 * key.
 */
export type SpendAudience =
  | {
      readonly kind: 'target';
      readonly target: string;
      readonly executor: Id | null;
      readonly origin: string | null;
    }
  | { readonly kind: 'executor'; readonly executor: Id; readonly origin: string | null };

export type SpendVerdict =
  | {
      readonly verdict: 'valid';
      readonly head: CommitHead;
      readonly index: bigint;
      readonly remember: Remember;
    }
  /** A good writ, but nobody has committed it: the presenter must spend it first. */
  | { readonly verdict: 'unspent'; readonly head: PermissionHead }
  | Refused;

/**
 * Whether this receipt lets the action run here and now. INVARIANT: the order of the checks is that of
 * spec/10-spend-receipt.md section 4; of several faults the first in it is reported.
 */
export function verifySpend(
  receipt: Uint8Array,
  action: SpendAction,
  me: SpendAudience,
  possession: Possession | null,
  trust: Trust,
  memory: Memory,
  now_ms: number,
): SpendVerdict {
  return outcomeOf((): SpendVerdict => {
    const presented = readPresented(receipt);
    const proven = proveHead(readProof(presented.head, presented.proof), me.origin, trust, now_ms);
    if (presented.kind === 'writ' || isJudged(proven.head)) {
      return { verdict: 'unspent', head: asPermission(proven.head) };
    }
    if (proven.head.kind !== 'commit') throw new Failure('KIND_MISMATCH', 'the record is no commit');
    const { head } = proven;
    checkAudience(head, me);
    if (me.kind === 'target') checkPossession(head, presented.head, me.target, possession);
    checkTool(head, action.tool);
    checkArgs(head, action.nonce, action.args);
    checkFresh(proven, head, memory, now_ms);
    const until_ms = head.expires_at + SKEW_MS;
    const remember: Remember = { checkpoint: proven.checkpoint, action: { id: head.id, until_ms } };
    return { verdict: 'valid', head, index: proven.index, remember };
  });
}

type Presented = { readonly kind: 'receipt' | 'writ'; readonly head: string; readonly proof: string };

/** A receipt; or a writ, which is a common mistake that deserves an answer of its own. */
function readPresented(bytes: Uint8Array): Presented {
  try {
    return { kind: 'receipt', ...parseReceipt(bytes) };
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'FORMAT_UNKNOWN') throw error;
    const { head, proof } = parseWrit(bytes);
    return { kind: 'writ', head, proof };
  }
}

function isJudged(head: Head): boolean {
  return head.kind === 'decision' || head.kind === 'release';
}

function checkAudience(head: CommitHead, me: SpendAudience): void {
  if (me.executor !== null && head.executor !== me.executor) {
    throw new Failure('EXECUTOR_MISMATCH', 'a receipt of another executor');
  }
  if (me.kind === 'executor') return;
  const expected = blindReference(sha256Base64url, head.salt, 'target', me.target);
  if (head.target === null || !sameText(head.target, expected)) {
    throw new Failure('TARGET_MISMATCH', 'a receipt for another target');
  }
}

function checkFresh(proven: ProvenHead, head: CommitHead, memory: Memory, now_ms: number): void {
  checkTime(head.time, head.expires_at, now_ms);
  // What was let go from the memory stays expired, even if the clock was set back since.
  if (head.expires_at + SKEW_MS < memory.forgotten_before_ms) {
    throw new Failure('EXPIRED', 'its time is over');
  }
  checkNotRolledBack(proven.checkpoint, memory);
  if (memory.actions.has(head.id)) throw new Failure('ALREADY_SPENT', 'this action was accepted before');
}
