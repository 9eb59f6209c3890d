import type { ApprovalHead } from '@writ/proof';
import type { AnswerPart } from '../record/state-part.ts';
import type { State } from '../state/state.ts';
import { putTicket } from './tickets.ts';

export function applyAnswer(state: State, head: ApprovalHead, part: AnswerPart): void {
  const ticket = state.tickets.get(head.id);
  if (ticket === undefined) return;
  const approvals =
    head.kind === 'approval'
      ? [...ticket.approvals, { by: part.by, proof_of_person: head.proof_of_person, round: ticket.round }]
      : ticket.approvals;
  putTicket(state, { ...ticket, approvals, status: head.state });
}
