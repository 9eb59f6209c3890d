import type { DecisionHead, ReleaseHead } from '@writ/proof';
import type { Code } from '@writ/contract';
import type { DecisionPart, ReleasePart } from '../record/state-part.ts';
import type { StandingLift, State, TicketLift } from '../state/state.ts';
import { countAction, countInSession, countLoop } from './activity.ts';
import { countPast } from './past.ts';
import { reserve } from './budgets.ts';
import { touch } from './evict.ts';
import { putTicket } from './tickets.ts';
import { openWrit } from './writs.ts';

export function applyDecision(state: State, head: DecisionHead, part: DecisionPart, index: number): void {
  countJudged(state, head, part, index);
  if (head.verdict === 'ALLOW') permit(state, head, part, index);
  if (head.ticket !== null && part.opens !== null && head.parts.sealed !== null) {
    putTicket(state, {
      id: head.ticket,
      action: head.id,
      ns: head.ns,
      by: part.by,
      root: part.root,
      session: part.session,
      same: part.same,
      index,
      args: head.args,
      binding: head.parts.sealed,
      expires_at: part.opens.expires_at,
      round: 0,
      lifts: standing(part.opens.lifts, 0),
      approvals: [],
      status: 'open',
    });
  }
  if (part.idempotency !== null) {
    state.idempotency.set(`${part.by}/${part.idempotency.key}`, {
      body: part.idempotency.body,
      index,
      id: head.id,
      code: head.code as Code, // a head made by this kernel carries one of the listed codes
      at: state.now_ms,
    });
  }
}

export function applyRelease(state: State, head: ReleaseHead, part: ReleasePart, index: number): void {
  countJudged(state, head, part, index);
  if (head.verdict === 'ALLOW') permit(state, head, part, index);
  const ticket = head.ticket === null ? undefined : state.tickets.get(head.ticket);
  if (ticket === undefined) return;
  const reopened = part.ticket_status === 'open';
  const round = reopened ? ticket.round + 1 : ticket.round;
  const asked = new Set(part.residual.map(nameOf));
  putTicket(state, {
    ...ticket,
    status: part.ticket_status,
    round,
    lifts: [...ticket.lifts.filter((lift) => !asked.has(nameOf(lift))), ...standing(part.residual, round)],
    // People who are asked again answer to the newer judgment.
    binding: reopened && head.parts.sealed !== null ? head.parts.sealed : ticket.binding,
    index: reopened ? index : ticket.index,
  });
}

/** Members in RFC 8785 order: recall seals them as they stand. */
function standing(lifts: readonly TicketLift[], round: number): readonly StandingLift[] {
  return lifts.map(({ code, needs, quorum, rule }) => ({ code, needs, quorum, round, rule }));
}

function nameOf({ code, rule }: TicketLift): string {
  return `${code} ${rule ?? ''}`;
}

function countJudged(
  state: State,
  head: DecisionHead | ReleaseHead,
  part: DecisionPart,
  index: number,
): void {
  const allowed = head.verdict === 'ALLOW';
  const refused = head.verdict === 'BLOCK';
  countAction(state, part.root, allowed ? part.effects : []);
  countInSession(state, head.ns, part.session, { allowed: allowed ? 1 : 0, refused: refused ? 1 : 0 });
  if (refused) countLoop(state, part.shape, true);
  countPast(state, head, part);
  if (part.fold !== null) touch(state.folds, part.fold, { index, at: state.now_ms });
}

function permit(state: State, head: DecisionHead | ReleaseHead, part: DecisionPart, index: number): void {
  const { expires_at, state_hash } = head;
  const sealed = head.parts.sealed;
  // An observing door (wall 0) gets a verdict and no permission.
  if (expires_at === null || state_hash === null || sealed === null) return;
  const space = state.namespaces.get(head.ns);
  if (space !== undefined) reserve(space, part.root, part.reserved, state.now_ms);
  openWrit(state, {
    id: head.id,
    ns: head.ns,
    by: part.by,
    root: part.root,
    executor: head.executor,
    session: part.session,
    shape: part.shape,
    tool: part.tool,
    index,
    args: head.args,
    state_hash,
    sealed,
    expires_at,
    reserved: part.reserved,
    ticket: head.ticket,
  });
}
