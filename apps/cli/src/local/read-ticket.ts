import type { Cell } from '@writ/cell';
import { CODES } from '@writ/contract';
import { type JsonObject, type JsonValue, openPart, parseJson, printJson } from '@writ/proof';
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
  readonly asked: JsonObject | null;
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
    asked: part === null ? null : askedOf(part),
  };
}

/** The action as it was sealed, and the scene that it was judged in. */
function askedOf(part: string): JsonObject | null {
  const sealed = objectOf(parseJson(new TextEncoder().encode(openPart(part).json)));
  const input = objectOf(sealed?.['input']);
  if (input === null) return null;
  return { ...input, scene: objectOf(sealed?.['judged'])?.['scene'] ?? null };
}

function objectOf(value: JsonValue | undefined): JsonObject | null {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  // An object of JSON: arrays and null were just excluded, which the read-only array type hides.
  return isObject ? (value as JsonObject) : null;
}

/** One line for each member, as JSON: what is the agent's cannot pass for ours. */
function linesOfAsked(asked: JsonObject): readonly string[] {
  return Object.entries(asked).map(([name, value]) => {
    const text = printJson(value);
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
    ...(ticket.asked === null ? ['  erased'] : linesOfAsked(ticket.asked)),
  ];
}
