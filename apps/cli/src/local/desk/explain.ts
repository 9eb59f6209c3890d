import { explainProposal, explainRecord, showExplanation } from '@writ/cell';
import { CODES } from '@writ/contract';
import type { Explained } from '@writ/contract/api';
import type { Explaining } from '../../desk/desk.ts';
import { CliFailure } from '../../program/failure.ts';
import type { Store } from '../store.ts';
import { judgmentsOf } from './why.ts';

/** As at a door: counted first, on the account of whoever's view it is. */
export async function explainIn({ cell }: Store, asked: Explaining): Promise<Explained> {
  const { operator } = cell.settings;
  const by = asked.view === 'agent' ? asked.by : operator;
  await cell.questions.take(by ?? operator, 'explained', 1);
  if (asked.kind === 'candidate') {
    const { kind: _kind, view, understanding, ...rest } = asked;
    const proposal = { ...rest, idempotency: null, claim: null };
    const { explanation } = await explainProposal(
      cell,
      understanding === null
        ? { ...proposal, declared: null, met_obligations: [] }
        : { ...proposal, understanding, met_obligations: null },
    );
    return showExplanation(explanation, view, null);
  }
  const { last } = await judgmentsOf(cell, asked.id);
  const told = await explainRecord(cell, last.index);
  if ('kind' in told) throw new CliFailure('NOT_FOUND', `${CODES.NOT_FOUND.operator}: it was erased`, 1);
  return showExplanation(told, asked.view, { id: asked.id, index: last.index, time: last.time });
}
