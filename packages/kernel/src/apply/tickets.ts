import type { Id } from '@writ/proof';
import type { State, Ticket, TicketStatus } from '../state/state.ts';
import { countInSession } from './activity.ts';

const WAITING: ReadonlySet<TicketStatus> = new Set<TicketStatus>(['open', 'approved']);

/** Puts a ticket as it now is, and keeps the index by action and the counts of waiting ones in step. */
export function putTicket(state: State, ticket: Ticket): void {
  const before = state.tickets.get(ticket.id);
  const waited = before !== undefined && WAITING.has(before.status);
  const waits = WAITING.has(ticket.status);
  state.tickets.set(ticket.id, ticket);
  if (waits) state.ticket_of.set(ticket.same, ticket.id);
  else if (state.ticket_of.get(ticket.same) === ticket.id) state.ticket_of.delete(ticket.same);
  if (waited !== waits) countWaiting(state, ticket, waits ? 1 : -1);
}

export function dropTicket(state: State, id: Id): void {
  const ticket = state.tickets.get(id);
  if (ticket === undefined) return;
  if (WAITING.has(ticket.status)) countWaiting(state, ticket, -1);
  if (state.ticket_of.get(ticket.same) === id) state.ticket_of.delete(ticket.same);
  state.tickets.delete(id);
}

function countWaiting(state: State, ticket: Ticket, change: number): void {
  const space = state.namespaces.get(ticket.ns);
  if (space !== undefined) {
    state.namespaces.set(ticket.ns, {
      ...space,
      pending_tickets: Math.max(0, space.pending_tickets + change),
    });
  }
  const pending = (state.pending.get(ticket.by) ?? 0) + change;
  if (pending > 0) state.pending.set(ticket.by, pending);
  else state.pending.delete(ticket.by);
  countInSession(state, ticket.ns, ticket.session, { pending: change });
}
