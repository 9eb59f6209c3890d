import type { Run } from '../program/command.ts';
import { plain } from '../terminal/line.ts';
import { linesOfTicket } from './ticket-lines.ts';
import { withDesk } from './with-desk.ts';

export const run: Run = (call) =>
  withDesk(call, async (desk) => {
    const tickets = await desk.tickets();
    const names = new Map(desk.book.principals.map(({ id, name }) => [id, name]));
    const lines = tickets.flatMap((ticket) => linesOfTicket(ticket, names.get(ticket.by) ?? null).map(plain));
    return {
      exit: 0,
      lines: lines.length === 0 ? [plain('nothing waits for a person')] : lines,
      json: { exit: 0, tickets },
    };
  });
