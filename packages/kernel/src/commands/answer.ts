import { atLeast, type AnswerCommand } from '@writ/contract';
import { isAnswered } from '../judge/lift.ts';
import type { Principal, Ticket } from '../state/state.ts';
import { authorise, type Decided, done, headBase, refused, type Setting } from './decided.ts';

/** A person approves or denies exactly what they were shown. */
export function answerTicket(setting: Setting, command: AnswerCommand): Decided {
  const authorised = authorise(setting, command.by, 'approve');
  if (authorised.kind === 'no') return authorised.decided;
  const { principal } = authorised;
  const ticket = setting.state.tickets.get(command.ticket);
  const on = command.ticket;
  if (ticket === undefined || ticket.ns !== principal.ns)
    return refused(setting, principal, 'TICKET_UNKNOWN', { on: null });
  const code = refusalOf(setting, command, principal, ticket);
  if (code !== null) return refused(setting, principal, code, { on });
  return done(setting, draftAnswer(setting, command, ticket), on);
}

function refusalOf(
  { now_ms }: Setting,
  command: AnswerCommand,
  principal: Principal,
  ticket: Ticket,
):
  | 'SEPARATION_OF_DUTIES'
  | 'TICKET_EXPIRED'
  | 'TICKET_CLOSED'
  | 'BINDING_DIFFERS'
  | 'ALREADY_ANSWERED'
  | 'PROOF_OF_PERSON_TOO_WEAK'
  | null {
  const { kind } = principal.definition;
  // Registration refuses the scope to other kinds; asked again here, because this must never fail open.
  if (kind !== 'human' && kind !== 'admin') return 'SEPARATION_OF_DUTIES';
  if (principal.id === ticket.by) return 'SEPARATION_OF_DUTIES';
  if (ticket.expires_at <= now_ms) return 'TICKET_EXPIRED';
  const deniable = command.kind === 'deny' && ticket.status === 'approved';
  if (ticket.status !== 'open' && !deniable) return 'TICKET_CLOSED';
  if (command.binding !== ticket.binding) return 'BINDING_DIFFERS';
  if (command.kind === 'deny') return null;
  const { approvals, lifts, round } = ticket;
  if (approvals.some((approval) => approval.by === principal.id && approval.round === round)) {
    return 'ALREADY_ANSWERED';
  }
  const strong = lifts.some((lift) => lift.round === round && atLeast(command.proof_of_person, lift.needs));
  return strong ? null : 'PROOF_OF_PERSON_TOO_WEAK';
}

function draftAnswer(
  setting: Setting,
  command: AnswerCommand,
  ticket: Ticket,
): NonNullable<Decided['draft']> {
  const approves = command.kind === 'approve';
  return {
    head: {
      ...headBase(setting, ticket.ns, ticket.id),
      kind: approves ? 'approval' : 'denial',
      binding: ticket.binding,
      proof_of_person: command.proof_of_person,
      state: approves ? (isComplete(command, ticket) ? 'approved' : 'open') : 'denied',
    },
    state: { by: command.by },
    sealed: command.sealed,
  };
}

/** With this answer, has everything that was asked enough people with strong enough proof? */
function isComplete({ by, proof_of_person }: AnswerCommand, { approvals, lifts, round }: Ticket): boolean {
  const given = [...approvals, { by, proof_of_person, round }];
  return lifts.every((lift) => isAnswered(lift, given));
}
