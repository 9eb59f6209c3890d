import type { WireAnswer, WireProposed } from '@writ/contract/api';
import {
  commitArgsText,
  type DecisionHead,
  decodeBase64url,
  type Digest,
  encodeUtf8,
  type Head,
  type Id,
  type JsonValue,
  type Memory,
  parseHead,
  parseJson,
  printWrit,
  type Refused,
  type RememberedCheckpoint,
  SKEW_MS,
  type Trust,
  verifyRecord,
  verifyWrit,
} from '@writ/proof';
import { ClientFailure, inClientTerms } from '../failure.ts';

/** What was asked, as the client knows it without the answer. */
export type ProposalQuestion = {
  readonly origin: string;
  readonly executor: Id;
  readonly tool: Digest | null;
  /** The canonical text that was sent. */
  readonly args_text: string;
  readonly obligations: readonly string[];
  /** When the request was first sent. */
  readonly sent_at: number;
};

/** A decision that the log contains and that is about this request. `writ` is null unless it allows. */
export type BelievedDecision = {
  readonly head: DecisionHead;
  readonly index: bigint;
  readonly writ: string | null;
  readonly checkpoint: RememberedCheckpoint;
};

/** Throws the ClientFailure that says why an answer is not one to this request. */
export function judgeProposed(
  proposed: WireProposed,
  question: ProposalQuestion,
  trust: Trust,
  floor: Memory,
  now_ms: number,
): BelievedDecision {
  const { answer, proven, nonce } = proposed;
  if (proven === null) throw new ClientFailure('ANSWER_UNPROVEN', 'nothing is proved');
  if (!saysAllowed(answer) || saysObserved(proven.head)) return judgeOther(proposed, question, trust, floor);
  const { tool, origin, executor, args_text } = question;
  if (tool === null) throw new ClientFailure('TOOL_NOT_PINNED', 'the digest of this tool was not passed in');
  const writ = inClientTerms(() => printWrit({ head: proven.head, nonce, proof: proven.proof }));
  const asked = { origin, action: proposed.id, executor, tool, args: jsonOf(args_text) };
  const verdict = verifyWrit(encodeUtf8(writ), asked, trust, floor, now_ms);
  if (verdict.verdict !== 'valid') throw asFailure(verdict);
  const { head, index, remember } = verdict;
  if (head.kind !== 'decision') throw new ClientFailure('KIND_MISMATCH', 'a release answers a ticket');
  checkFresh(head.time, question.sent_at);
  checkObligations(head.obligations, question.obligations);
  return { head, index, writ, checkpoint: remember.checkpoint };
}

function saysAllowed(answer: WireAnswer): boolean {
  if (answer.kind === 'judged') return answer.verdict === 'ALLOW';
  return answer.kind === 'repeat' && answer.code === 'ALLOWED';
}

/** An ALLOW for a door at wall 0 is no permission, and is not held against what makes one. */
function saysObserved(head_text: string): boolean {
  return isObserved(inClientTerms(() => parseHead(encodeUtf8(head_text))));
}

function isObserved(head: Head): boolean {
  return head.kind === 'decision' && head.wall === 0 && head.expires_at === null;
}

/** What permits nothing is still not shown as something that it is not: a ticket that nobody opened, say. */
function judgeOther(
  { id, answer, proven, nonce }: WireProposed,
  question: ProposalQuestion,
  trust: Trust,
  floor: Memory,
): BelievedDecision {
  const verdict = verifyRecord(proven?.head ?? '', proven?.proof ?? '', question.origin, trust, floor);
  if (verdict.verdict !== 'valid') throw asFailure(verdict);
  const { head, index, checkpoint } = verdict;
  if (head.kind !== 'decision') throw new ClientFailure('KIND_MISMATCH', 'the record is no decision');
  if (head.id !== id) throw new ClientFailure('ACTION_MISMATCH', 'another action');
  if (head.executor !== question.executor) throw new ClientFailure('EXECUTOR_MISMATCH', 'another executor');
  const args = inClientTerms(() => commitArgsText(decodeBase64url(nonce), question.args_text));
  if (head.args !== args) throw new ClientFailure('ARGS_MISMATCH', 'other arguments');
  const says = answer.kind === 'judged' ? answer.verdict : head.verdict;
  if ((head.verdict === 'ALLOW' && !isObserved(head)) || head.verdict !== says) {
    throw new ClientFailure('ANSWER_CONTRADICTS', 'the record has another verdict than the answer');
  }
  checkFresh(head.time, question.sent_at);
  return { head, index, writ: null, checkpoint };
}

/** A record from before the request was sent answers another one. */
export function checkFresh(time_ms: number, sent_at: number): void {
  if (!(time_ms >= sent_at - SKEW_MS)) throw new ClientFailure('REPLAYED', 'made before this was asked');
}

/** What must be met and was not offered cannot be met. */
export function checkObligations(wanted: readonly string[], offered: readonly string[]): void {
  if (!wanted.every((obligation) => offered.includes(obligation))) {
    throw new ClientFailure('OBLIGATION_UNMET', 'an obligation that was not offered');
  }
}

export function asFailure({ code, detail }: Refused): ClientFailure {
  return new ClientFailure(code, detail);
}

/** The value of a canonical text of our own. */
export function jsonOf(text: string): JsonValue {
  return inClientTerms(() => parseJson(encodeUtf8(text)));
}
