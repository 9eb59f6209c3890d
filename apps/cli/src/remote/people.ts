import type { ProofOfPerson } from '@writ/contract';
import type { OperationId } from '@writ/contract/api';
import { commitPart, parseCheckpoint, sha256Base64url } from '@writ/proof';
import type { Client, ValueOf } from '@writ/sdk';
import type { DeskBase, NamedScope, PersonDesk } from '../desk/desk.ts';
import { openSealedAction } from '../desk/sealed-action.ts';
import type { Acted, ShownTicket } from '../desk/shown.ts';
import { actedFrom, contradicts, headOf, valueOf } from './answers.ts';
import { clientOf, operatorClient, personClient, type Session } from './session.ts';

/** All that a key shows of a person (spec/50-http.md). */
const PROOF_OF_KEY: ProofOfPerson = 'p0';
const PAGE_ROWS = 1_000;

export function peopleAt(session: Session): Omit<PersonDesk, keyof DeskBase> {
  return {
    async tickets() {
      const client = await personClient(session);
      const min_index = (await sizeOf(client)) - 1;
      const waiting: { readonly id: string; readonly opened: number }[] = [];
      for (const status of ['open', 'approved'] as const) {
        const page = await client.call('listTickets', { query: { status, min_index, limit: PAGE_ROWS } });
        waiting.push(...valueOf(page).tickets);
      }
      const shown: ShownTicket[] = [];
      waiting.sort((one, other) => one.opened - other.opened);
      for (const { id } of waiting) shown.push(await ticketAt(client, id));
      return shown;
    },
    ticket: async (id, by) => ticketAt(await clientOf(session, by), id),
    answerTicket: (asked) => answerAt(session, asked),
    freeze: (scope) => changeAt(session, 'freeze', scope),
    thaw: (scope) => changeAt(session, 'thaw', scope),
  };
}

export async function sizeOf(client: Client): Promise<number> {
  const note = valueOf(await client.call('getCheckpoint', {}));
  return Number(parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1)).size);
}

/** What a person is shown is what the binding stands for, and the log has a decision that says so. */
async function ticketAt(client: Client, id: string): Promise<ShownTicket> {
  const value = valueOf(await client.call('getTicket', { path: { id } }));
  const { ticket, approvals, sealed } = value;
  checkTicket(value, id);
  const { action: action_id, by, status, binding, expires_at, lifts } = ticket;
  const asked = sealed === null ? null : openSealedAction(sealed);
  return { id, action_id, by, status, binding, expires_at, approvals, lifts, asked };
}

function checkTicket({ ticket, sealed, proven }: ValueOf<'getTicket' & OperationId>, id: string): void {
  const head = headOf(proven);
  const isOfTicket = head.kind === 'decision' && head.ticket === id && head.id === ticket.action;
  if (!isOfTicket || ticket.id !== id || head.parts.sealed !== ticket.binding) throw contradicts();
  if (sealed !== null && commitPart(sha256Base64url, 'sealed', sealed) !== ticket.binding)
    throw contradicts();
}

async function answerAt(
  session: Session,
  { kind, by, ticket, binding, note }: Parameters<PersonDesk['answerTicket']>[0],
): Promise<Acted & { readonly proof_of_person: ProofOfPerson }> {
  const client = await clientOf(session, by);
  const asking = { path: { id: ticket }, body: { binding, note } };
  const called =
    kind === 'approve' ? await client.call('approveTicket', asking) : await client.call('denyTicket', asking);
  const acted = actedFrom(called, [kind === 'approve' ? 'approval' : 'denial']);
  if (acted.answer.kind === 'done' && acted.proven !== null) {
    const head = headOf(acted.proven);
    const isOfTicket = (head.kind === 'approval' || head.kind === 'denial') && head.binding === binding;
    if (!isOfTicket) throw contradicts();
  }
  return { ...acted, proof_of_person: PROOF_OF_KEY };
}

async function changeAt(session: Session, kind: 'freeze' | 'thaw', scope: NamedScope): Promise<Acted> {
  const client = await operatorClient(session);
  const asking = { query: { ns: session.book.ns }, body: { scope: wireScope(scope) } };
  const called = kind === 'freeze' ? await client.call('freeze', asking) : await client.call('thaw', asking);
  return actedFrom(called, [kind]);
}

/** One of the union's own members, which its first member's two words hide. */
function wireScope(scope: NamedScope) {
  switch (scope.scope) {
    case 'all':
      return { scope: 'all' } as const;
    case 'namespace':
      return { scope: 'namespace' } as const;
    case 'session':
    case 'principal':
    case 'effect':
      return scope;
    default:
      return scope satisfies never;
  }
}
