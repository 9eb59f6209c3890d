import type { OutcomeBody, WireProven } from '@writ/contract/api';
import { type Id, verifyRecord } from '@writ/proof';
import { ClientFailure } from '../failure.ts';
import { type ActionContext, floorOf, orRefusal, plain, refuseProven } from './context.ts';
import { asFailure } from './judge-proposed.ts';
import type { Refusal } from './verdict.ts';

export type Reported =
  | { readonly verdict: 'RECORDED'; readonly id: Id; readonly proven: WireProven }
  | Refusal;

/** Says what a run did. The first report stands; the same one again is recorded already. */
export async function reportOutcome(context: ActionContext, id: Id, outcome: OutcomeBody): Promise<Reported> {
  return orRefusal(context, async () => {
    const body = plain(outcome);
    const floor = floorOf(context);
    const { wire, trust, origin } = context;
    const called = await wire.call('reportOutcome', { path: { id }, body });
    if (called.kind === 'problem') return refuseProven(context, 'reportOutcome', called.problem);
    const { proven } = called.value;
    if (proven === null) throw new ClientFailure('ANSWER_UNPROVEN', 'nothing is proved');
    const verdict = verifyRecord(proven.head, proven.proof, origin, trust, floor);
    if (verdict.verdict !== 'valid') throw asFailure(verdict);
    const { head, checkpoint } = verdict;
    if (head.kind !== 'outcome') throw new ClientFailure('KIND_MISMATCH', 'the record is no outcome');
    if (head.id !== id) throw new ClientFailure('ACTION_MISMATCH', 'the outcome of another action');
    if (head.status !== body.status || head.attested_by !== body.attested_by) {
      throw new ClientFailure('ANSWER_CONTRADICTS', 'another outcome is recorded');
    }
    await context.standing.accept(checkpoint);
    return { verdict: 'RECORDED', id, proven };
  });
}
