import { isCode, PROOFS_OF_PERSON } from '@writ/contract';
import { API_LIMITS, type BodyOf } from '@writ/contract/api';
import { encodeBase64url, printJson } from '@writ/proof';
import { release } from '../../../cell/act.ts';
import { proveRecord } from '../../../cell/prove.ts';
import { submit } from '../../../cell/submit.ts';
import type { TicketRow } from '../../../projections/query.ts';
import { checkClaim } from '../caller.ts';
import { type Asked, type Handlers, replyOf, valueOf } from '../handler.ts';
import { HTTP_LIMITS } from '../limits.ts';
import { DoorRefusal } from '../refusal.ts';
import type { Reply } from '../reply.ts';
import { settled } from '../settled.ts';

export const TICKET_HANDLERS: Handlers<
  'listTickets' | 'getTicket' | 'approveTicket' | 'denyTicket' | 'releaseTicket'
> = {
  async listTickets({ cell, caller, query }) {
    const limit = query.limit ?? API_LIMITS.page_rows_default;
    const { rows, as_of } = await cell.followers.projections.query(
      { kind: 'tickets', ns: caller.ns, status: query.status ?? null, before: query.before ?? null, limit },
      { min_index: query.min_index ?? -1, wait_ms: HTTP_LIMITS.min_index_wait_ms },
    );
    const next = rows.length < limit ? null : (rows.at(-1)?.opened ?? null);
    return valueOf('listTickets', { tickets: rows.map(viewOfRow), as_of, next }, as_of);
  },

  async getTicket({ cell, caller, parts }) {
    const { value: ticket } = await settled(cell, (state) => state.tickets.get(parts['id'] ?? ''));
    if (ticket?.ns !== caller.ns) throw new DoorRefusal('TICKET_UNKNOWN');
    const { id, action, by, status, binding, index: opened, expires_at, approvals } = ticket;
    const sealed = await cell.recorded.read(ticket.index, binding);
    const proven = await proveRecord(cell, ticket.index);
    const lifts = ticket.lifts.map(({ code, needs, quorum }) => ({ code, needs, quorum }));
    const shown = { id, action, by, status, binding, opened, expires_at, lifts };
    const value = { ticket: shown, approvals: approvals.length, sealed, proven };
    return valueOf('getTicket', value, cell.running.durableSize());
  },

  approveTicket: (asked) => answer(asked, 'approve'),
  denyTicket: (asked) => answer(asked, 'deny'),

  async releaseTicket(asked) {
    const { cell, caller, body, parts } = asked;
    checkClaim(caller, body.claim);
    const answered = await release(cell, {
      by: caller.principal,
      ticket: parts['id'] ?? '',
      scene: body.scene ?? null,
      claim: body.claim ?? null,
    });
    return replyOf(asked, answered, { nonce: nonceOf(asked, answered) });
  },
};

/** A key alone shows that somebody holds it, and no more: the weakest proof of a person. */
const PROOF_OF_KEY = PROOFS_OF_PERSON[0];

async function answer(
  asked: Pick<Asked<'approveTicket'>, 'cell' | 'caller' | 'view' | 'parts'> & {
    readonly body: BodyOf<'approveTicket'>;
  },
  kind: 'approve' | 'deny',
): Promise<Reply> {
  const { cell, caller, body, parts } = asked;
  const command = {
    kind,
    by: caller.principal,
    ticket: parts['id'] ?? '',
    binding: body.binding,
    proof_of_person: PROOF_OF_KEY,
    sealed: printJson({ note: body.note ?? '' }),
  } as const;
  return replyOf(asked, await submit(cell, command, command.sealed.length));
}

/** What opens the commitment of the released action: its executor gets it as with a decision. */
function nonceOf(
  { cell, caller }: Pick<Asked<'releaseTicket'>, 'cell' | 'caller'>,
  { answer: given }: Awaited<ReturnType<typeof release>>,
): string | null {
  if (given.kind !== 'judged' && given.kind !== 'spent') return null;
  return encodeBase64url(cell.hashes(caller.ns).nonce(given.id));
}

function viewOfRow(row: TicketRow) {
  const { ticket, action, by, status, binding, opened, expires_at } = row;
  return { id: ticket, action, by, status, binding, opened, expires_at, lifts: liftsOf(row.lifts) };
}

type Lift = { readonly code: string; readonly needs: string; readonly quorum: number };

function liftsOf(text: string) {
  const lifts = JSON.parse(text) as readonly Lift[]; // what the projection printed of a state part
  return lifts.flatMap(({ code, needs, quorum }) => {
    const proof = PROOFS_OF_PERSON.find((one) => one === needs);
    return proof !== undefined && isCode(code) ? [{ code, needs: proof, quorum }] : [];
  });
}
