import type { Run } from '../program/command.ts';
import { plain } from '../terminal/line.ts';
import { linesOfTicket, readTickets } from './read-ticket.ts';
import { withStore } from './store.ts';

export const run: Run = (call) =>
  withStore(call, async ({ cell, book }) => {
    const tickets = await readTickets(cell);
    const names = new Map(book.principals.map(({ id, name }) => [id, name]));
    const lines = tickets.flatMap((ticket) => linesOfTicket(ticket, names.get(ticket.by) ?? null).map(plain));
    return {
      exit: 0,
      lines: lines.length === 0 ? [plain('nothing waits for a person')] : lines,
      json: { exit: 0, tickets },
    };
  });
