import type { Cell } from '@writ/cell';
import { CODES } from '@writ/contract';
import { openPart, parseJson } from '@writ/proof';
import { CliFailure } from '../program/failure.ts';
import { printTime } from '../terminal/print-time.ts';

/** A ticket with what it asks about: the action as it was proposed, opened from its sealed part. */
export type ShownTicket = {
  readonly id: string;
  readonly action_id: string;
  readonly by: string;
  readonly status: string;
  readonly binding: string;
  readonly expires_at: number;
  readonly approvals: number;
  readonly lifts: readonly { readonly code: string; readonly needs: string; readonly quorum: number }[];
  /** Null when it was erased. */
  readonly input: unknown;
};

type Ticket = NonNullable<ReturnType<Tickets['get']>>;
type Tickets = ReturnType<Cell['running']['state']>['tickets'];

/** Text of arguments beyond this is cut in lists; `--json` has all of it. */
const SHOWN_CHARACTERS_MAX = 2_000;

export async function readTickets(cell: Cell): Promise<readonly ShownTicket[]> {
  const tickets = [...cell.running.state().tickets.values()];
  const waiting = tickets.filter(({ status }) => status === 'open' || status === 'approved');
  return Promise.all(waiting.map((ticket) => showTicket(cell, ticket)));
}

export async function readTicket(cell: Cell, id: string): Promise<ShownTicket> {
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
    input: part === null ? null : inputOf(part),
  };
}

function inputOf(part: string): unknown {
  const sealed = parseJson(new TextEncoder().encode(openPart(part).json));
  return typeof sealed === 'object' && sealed !== null && 'input' in sealed ? sealed['input'] : null;
}

/** One line for each member of the action and the scene, as JSON: what is the agent's cannot pass for ours. */
function membersOf(input: unknown): readonly string[] {
  const { action, scene } = input as { readonly action: object; readonly scene: unknown }; // as it was sealed
  return Object.entries({ ...action, scene }).map(([name, value]) => {
    const text = JSON.stringify(value);
    const cut = text.length > SHOWN_CHARACTERS_MAX ? ` (cut, ${text.length} characters in all)` : '';
    return `  ${name.padEnd(9)} ${text.slice(0, SHOWN_CHARACTERS_MAX)}${cut}`;
  });
}

/** What a person sees before answering. */
export function linesOfTicket(ticket: ShownTicket, name: string | null): readonly string[] {
  const lifts = ticket.lifts.map(({ code, needs, quorum }) => `${code} (${needs} from ${quorum})`);
  return [
    `${ticket.id}  ${ticket.status}, until ${printTime(ticket.expires_at)}, ${ticket.approvals} approvals`,
    `  from      ${name ?? ticket.by}`,
    `  to lift   ${lifts.join(', ')}`,
    ...(ticket.input === null ? ['  erased'] : membersOf(ticket.input)),
  ];
}
