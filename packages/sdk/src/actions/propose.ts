import type { Code } from '@writ/contract';
import { type ProposalBody, sentAtOf, type WireProposed, type WireProven } from '@writ/contract/api';
import { type Id, printJson } from '@writ/proof';
import { textOfCode } from '../codes.ts';
import { ClientFailure } from '../failure.ts';
import { type ActionContext, checkLive, floorOf, orRefusal, plain, refuseProven } from './context.ts';
import { type BelievedDecision, judgeProposed } from './judge-proposed.ts';
import { knownCode, reasonsOf, type Refusal, refusal, type ShownReason } from './verdict.ts';

/** Without `claim`: a writ is spent by a call of its own, whose receipt is verified. */
export type Proposal = Omit<ProposalBody, 'claim'>;

export type Proposed =
  | {
      readonly verdict: 'ALLOW';
      readonly id: Id;
      /** The text of the writ (spec/09-writ.md). It holds the nonce: for those who may see the arguments. */
      readonly writ: string;
      readonly obligations: readonly string[];
      readonly expires_at: number | null;
    }
  | {
      /** It would be allowed, by a door that only observes: recorded, and no permission. */
      readonly verdict: 'OBSERVED';
      readonly id: Id;
      readonly code: Code;
      readonly text: string;
      readonly proven: WireProven;
    }
  | {
      readonly verdict: 'ESCALATE' | 'NEED_EVIDENCE';
      readonly id: Id;
      readonly code: Code;
      readonly text: string;
      /** What the server says; the rest is what the record says. */
      readonly reasons: readonly ShownReason[];
      readonly ticket: Id | null;
      /** The record, verified. */
      readonly proven: WireProven | null;
    }
  | Refusal;

/** Asks whether an action may be done. Only a proven record of this very request is anything but a BLOCK. */
export async function propose(
  context: ActionContext,
  proposal: Proposal,
  idempotency_key?: string,
): Promise<Proposed> {
  return orRefusal(context, async () => {
    const body = plain(proposal);
    const key = idempotency_key ?? context.newId();
    const sent_at = sentAtOf(key);
    if (sent_at === null) throw new ClientFailure('CLIENT_MISUSED', 'an id that is no UUIDv7');
    const floor = floorOf(context);
    const { wire, trust, origin, executor, tools, now_ms } = context;
    const called = await wire.call('proposeAction', { body, idempotency_key: key });
    if (called.kind === 'problem') return refuseProven(context, 'proposeAction', called.problem);
    const question = {
      origin,
      executor,
      tool: tools.get(body.tool) ?? null,
      args_text: printJson(body.args),
      obligations: body.obligations ?? [],
      sent_at,
    };
    const believed = judgeProposed(called.value, question, trust, floor, now_ms());
    await context.standing.accept(believed.checkpoint);
    return settle(context, believed, called.value, key);
  });
}

function settle(
  context: ActionContext,
  { head, writ }: BelievedDecision,
  { answer, proven }: WireProposed,
  key: string,
): Proposed {
  const { id, verdict, obligations, expires_at, ticket } = head;
  if (writ !== null) {
    const now_ms = context.now_ms();
    checkLive(expires_at, now_ms);
    if (context.answered.hold(id, key, expires_at ?? now_ms, now_ms) === null) {
      throw new ClientFailure('REPLAYED', 'this action answered another request');
    }
    return { verdict: 'ALLOW', id, writ, obligations, expires_at };
  }
  const code = knownCode(head.code);
  const reasons = reasonsOf(answer);
  const text = textOfCode(code);
  if (verdict === 'ALLOW' && proven !== null) return { verdict: 'OBSERVED', id, code, text, proven };
  if (verdict !== 'ESCALATE' && verdict !== 'NEED_EVIDENCE') return refusal(code, id, { reasons, proven });
  return { verdict, id, code, text, reasons, ticket, proven };
}
