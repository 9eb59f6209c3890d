import type { CandidateBody } from '@writ/contract/api';
import type { Id } from '@writ/proof';
import { explainProposal } from '../../../cell/act.ts';
import { explainRecord } from '../../../cell/explain-record.ts';
import type { Cell } from '../../../cell/open-cell.ts';
import { showExplanation } from '../../../cell/show-explanation.ts';
import { type Caller, namespaceOf } from '../caller.ts';
import { type Asked, type Handlers, valueOf } from '../handler.ts';
import { recordsOf } from '../lists.ts';
import type { Reply } from '../reply.ts';
import { DoorRefusal } from '../refusal.ts';
import { toRequest } from './actions.ts';

export const EXPLAIN_HANDLERS: Handlers<'explainAction'> = {
  async explainAction(asked) {
    const { cell, caller, body } = asked;
    // Whatever comes of it: a question that fails tells something, too.
    await cell.questions.take(caller.principal, 'explained', 1);
    return 'id' in body ? ofRecord(asked, body.id) : ofCandidate(asked, body.candidate, body.as ?? null);
  },
};

type Explaining = Asked<'explainAction'>;

async function ofCandidate(asked: Explaining, candidate: CandidateBody, as: Id | null): Promise<Reply> {
  const { cell, caller, view } = asked;
  const principal = as === null ? caller.principal : whomOf(asked, as);
  const request = toRequest({ ...caller, principal }, candidate, null);
  const { explanation, index } = await explainProposal(cell, request);
  return valueOf('explainAction', showExplanation(explanation, view, null), index);
}

/** Operators ask for others of a namespace that is theirs; of another one there is nobody. */
function whomOf({ cell, caller, view }: Explaining, as: Id): Id {
  if (view !== 'operator') throw new DoorRefusal('INSUFFICIENT_AUTHORITY');
  const ns = cell.running.state().principals.get(as)?.ns;
  if (ns === undefined || (ns !== caller.ns && caller.ns !== cell.settings.home)) {
    throw new DoorRefusal('NOT_FOUND');
  }
  return as;
}

async function ofRecord(asked: Explaining, id: Id): Promise<Reply> {
  const { cell, view } = asked;
  const last = await lastJudgment(cell, { ...asked.caller, ns: namespaceOf(asked) }, id);
  const told = await explainRecord(cell, last.index);
  if ('kind' in told) throw new DoorRefusal('NOT_FOUND', 'erased');
  const recorded = { id, index: last.index, time: last.time };
  return valueOf('explainAction', showExplanation(told, view, recorded), cell.running.durableSize());
}

async function lastJudgment(cell: Cell, caller: Caller, id: Id) {
  const { rows, decision } = await recordsOf(cell, caller, id);
  return rows.find(({ kind }) => kind === 'release') ?? decision;
}
