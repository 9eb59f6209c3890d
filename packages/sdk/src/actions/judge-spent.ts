import type { WireAnswered } from '@writ/contract/api';
import {
  blindReference,
  type CommitHead,
  decodeBase64url,
  type Digest,
  emptyMemory,
  encodeUtf8,
  type Id,
  type JsonValue,
  type Memory,
  parseWrit,
  printReceipt,
  type RememberedCheckpoint,
  sha256Base64url,
  type Trust,
  verifySpend,
  verifyWrit,
} from '@writ/proof';
import { ClientFailure, inClientTerms } from '../failure.ts';
import { asFailure, checkFresh, checkObligations } from './judge-proposed.ts';

/** A writ that this executor may spend on these arguments. */
export type OpenWrit = {
  readonly id: Id;
  readonly index: bigint;
  readonly nonce: Uint8Array;
  readonly obligations: readonly string[];
  readonly expires_at: number;
};

export type SpendGround = {
  readonly origin: string;
  readonly executor: Id;
  readonly tool: Digest;
  readonly args: JsonValue;
};

/** Looked at before it is sent: what is not for us, or for other arguments, nobody needs to hear of. */
export function openWrit(writ: string, ground: SpendGround, trust: Trust, now_ms: number): OpenWrit {
  // A writ is older than what was seen since, so it is held against no memory; its receipt is.
  const verdict = verifyWrit(encodeUtf8(writ), ground, trust, emptyMemory(), now_ms);
  if (verdict.verdict !== 'valid') throw asFailure(verdict);
  const { nonce } = inClientTerms(() => parseWrit(encodeUtf8(writ)));
  const { id, obligations, expires_at } = verdict.head;
  const { index } = verdict;
  return {
    id,
    index,
    nonce: inClientTerms(() => decodeBase64url(nonce)),
    obligations,
    expires_at: expires_at ?? 0,
  };
}

export type SpendQuestion = SpendGround & {
  readonly writ: OpenWrit;
  readonly target: string | null;
  /** When this attempt was first sent. */
  readonly sent_at: number;
};

export type BelievedSpend = {
  readonly head: CommitHead;
  readonly receipt: string;
  readonly checkpoint: RememberedCheckpoint;
};

/** Throws the ClientFailure that says why an answer is no receipt for this spend. */
export function judgeSpent(
  { proven }: WireAnswered,
  question: SpendQuestion,
  trust: Trust,
  floor: Memory,
  now_ms: number,
): BelievedSpend {
  if (proven === null) throw new ClientFailure('ANSWER_UNPROVEN', 'nothing is proved');
  const { writ, origin, executor, tool, args } = question;
  const receipt = inClientTerms(() => printReceipt({ head: proven.head, proof: proven.proof }));
  const me = { kind: 'executor', executor, origin } as const;
  const action = { tool, args, nonce: writ.nonce };
  const verdict = verifySpend(encodeUtf8(receipt), action, me, null, trust, floor, now_ms);
  if (verdict.verdict === 'unspent') throw new ClientFailure('NOT_COMMITTED', 'a decision, no commit');
  if (verdict.verdict !== 'valid') throw asFailure(verdict);
  const { head, remember } = verdict;
  if (head.id !== writ.id || BigInt(head.decided_at) !== writ.index) {
    throw new ClientFailure('ACTION_MISMATCH', 'a receipt for another writ');
  }
  if (head.target !== blindTarget(head.salt, question.target)) {
    throw new ClientFailure('TARGET_MISMATCH', 'a receipt for another target');
  }
  checkFresh(head.time, question.sent_at);
  checkObligations(head.obligations, writ.obligations);
  return { head, receipt, checkpoint: remember.checkpoint };
}

function blindTarget(salt: string, target: string | null): Digest | null {
  return target === null ? null : blindReference(sha256Base64url, salt, 'target', target);
}
