import { type Cell, submit } from '@writ/cell';
import { CODES } from '@writ/contract';
import { printJson } from '@writ/proof';
import type { DeskBase, PersonDesk } from '../../desk/desk.ts';
import { openSealedAction } from '../../desk/sealed-action.ts';
import type { ShownTicket } from '../../desk/shown.ts';
import { CliFailure } from '../../program/failure.ts';
import type { Store } from '../store.ts';
import { freezeIn, thawIn } from './govern.ts';

type Ticket = NonNullable<ReturnType<Tickets['get']>>;
type Tickets = ReturnType<Cell['running']['state']>['tickets'];

export function answerIn(store: Store): Omit<PersonDesk, keyof DeskBase> {
  const { cell } = store;
  return {
    tickets: () => readTickets(cell),
    ticket: (id) => readTicket(cell, id),
    async answerTicket({ note, ...asked }) {
      const { proof_of_person } = asked;
      return { ...(await submit(cell, { ...asked, sealed: printJson({ note }) })), proof_of_person };
    },
    freeze: (scope) => freezeIn(store, scope),
    thaw: (scope, proof_of_person) => thawIn(store, scope, proof_of_person),
  };
}

function readTickets(cell: Cell): Promise<readonly ShownTicket[]> {
  const tickets = [...cell.running.state().tickets.values()];
  const waiting = tickets.filter(({ status }) => status === 'open' || status === 'approved');
  return Promise.all(waiting.map((ticket) => showTicket(cell, ticket)));
}

async function readTicket(cell: Cell, id: string): Promise<ShownTicket> {
  const ticket = cell.running.state().tickets.get(id);
  if (ticket !== undefined) return showTicket(cell, ticket);
  throw new CliFailure('TICKET_UNKNOWN', CODES.TICKET_UNKNOWN.operator, 1);
}

async function showTicket(cell: Cell, ticket: Ticket): Promise<ShownTicket> {
  const part = await cell.recorded.read(ticket.index, ticket.binding);
  const { id, by, status, binding, expires_at, approvals, lifts } = ticket;
  return {
    id,
    action_id: ticket.action,
    by,
    status,
    binding,
    expires_at,
    approvals: approvals.length,
    lifts: lifts.map(({ code, needs, quorum }) => ({ code, needs, quorum })),
    asked: part === null ? null : openSealedAction(part),
  };
}
