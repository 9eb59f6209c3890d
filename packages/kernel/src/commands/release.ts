import type { Code, Dependency, Judged, ReleaseCommand, TicketView } from '@writ/contract';
import { commitPart, makePart, printJson } from '@writ/proof';
import { answerOf, blindDefinitions, codesOf, decisionPart, residualOf } from '../judge/compose.ts';
import type { Context } from '../judge/context.ts';
import { type Judgement, judge } from '../judge/judge.ts';
import { openSealedDecision, printSealedDecision, type SealedDecision } from '../judge/sealed.ts';
import { dependenciesOf, hashState } from '../judge/state-hash.ts';
import { recallLive } from '../recall/live.ts';
import { recallScope } from '../recall/scope.ts';
import type { Recall } from '../recall/recall.ts';
import type { Draft } from '../record/record.ts';
import type { ReleasePart } from '../record/state-part.ts';
import { wallAt } from '../state/definition.ts';
import { WRIT_LIFE_MS } from '../state/limits.ts';
import type { Principal, Ticket } from '../state/state.ts';
import { findDrift } from './commit.ts';
import { findFold } from './propose.ts';
import { authorise, type Decided, recorded, refused, refusedUnrecorded, type Setting } from './decided.ts';

/** An approved ticket becomes a permission, once: all is judged again and only what it names is lifted. */
export function release(setting: Setting, command: ReleaseCommand): Decided {
  const authorised = authorise(setting, command.by, 'propose');
  if (authorised.kind === 'no') return authorised.decided;
  const { principal } = authorised;
  const ticket = setting.state.tickets.get(command.ticket);
  const on = command.ticket;
  if (ticket === undefined || ticket.by !== principal.id)
    return refused(setting, principal, 'TICKET_UNKNOWN', { on: null });
  const code = refusalOf(setting, ticket, command, principal);
  if (code !== null) return refused(setting, principal, code, { on });
  if (command.recorded === null) return refusedUnrecorded('UNAVAILABLE');
  const sealed = openSealedDecision(setting.library.hash, command.recorded, ticket.binding);
  // People answered for this scene; another one is another action. What else changed is judged again.
  const drift = findDrift(setting, sealed, sceneOf(sealed), command.scene);
  if (drift.length > 0) return refused(setting, principal, 'STATE_DRIFT', { on, drift });
  return judgeReleased(setting, principal, ticket, sealed, command);
}

/** The commit that follows a claimed release: same moment, same scene, the release's own sealed part. */
function claimOf({ by, claim, scene }: ReleaseCommand, { action, args }: Pick<Ticket, 'action' | 'args'>) {
  if (claim === null) return null;
  return { kind: 'commit', by, id: action, spend: claim, args, recorded: null, scene } as const;
}

function sceneOf({ judged }: SealedDecision): readonly Dependency[] {
  return dependenciesOf(judged, []);
}

function refusalOf(
  { state, now_ms }: Setting,
  ticket: Ticket,
  command: ReleaseCommand,
  { definition, id }: Principal,
): Code | null {
  if (command.claim !== null && (definition.executor ?? id) !== command.by) return 'EXECUTOR_DIFFERS';
  const { action } = ticket;
  const taken = state.permitted.has(action) || state.committed.has(action) || state.finished.has(action);
  if (taken && ticket.status !== 'released') return 'ALREADY_EXISTS';
  switch (ticket.status) {
    case 'released':
      return 'ALREADY_RELEASED';
    case 'denied':
      return 'TICKET_CLOSED';
    case 'open':
      return ticket.expires_at <= now_ms ? 'TICKET_EXPIRED' : 'TICKET_NOT_APPROVED';
    case 'approved':
      return ticket.expires_at <= now_ms ? 'TICKET_EXPIRED' : null;
    default:
      return ticket.status satisfies never;
  }
}

function judgeReleased(
  setting: Setting,
  principal: Principal,
  ticket: Ticket,
  sealed: SealedDecision,
  command: ReleaseCommand,
): Decided {
  const { state, now_ms, library } = setting;
  const executor = principal.definition.executor ?? principal.id;
  const context: Context = {
    ...sealed.context,
    engine: state.engine,
    executor,
    idempotency: null,
    lifting: ticket.id,
    now_ms,
    purpose: 'release',
    root: principal.definition.root ?? principal.id,
    term: state.term,
    ticket: ticket.id,
    wall: wallAt(state.principals.get(executor)?.definition, now_ms),
  };
  const recall = recallLive(state, recallScope(context, sealed.judged, library));
  recall.read('principal', executor);
  const judgement = judge({ context, judged: sealed.judged, recall, library });
  const { verdict, code } = judgement;
  // The ticket stays approved: who asks again and again must not fill the log with one refusal.
  const folded = verdict === 'BLOCK' ? findFold(setting, context, code) : null;
  if (folded !== null) return folded;
  const draft = composeRelease(setting, ticket, { context, sealed, judgement, recall });
  const expires_at = verdict === 'ALLOW' && context.wall > 0 ? now_ms + WRIT_LIFE_MS : null;
  const view = verdict === 'ESCALATE' ? reopenedView(setting, ticket, draft, judgement) : null;
  const index = state.size;
  const answer = answerOf(judgement, { verdict, code, index, expires_at, ticket: view, context });
  return recorded(draft, answer, expires_at === null ? null : claimOf(command, ticket));
}

function reopenedView(setting: Setting, ticket: Ticket, draft: Draft, judgement: Judgement): TicketView {
  const part = makePart(setting.salts.sealed, draft.sealed ?? '');
  const lifts = codesOf(residualOf(setting.library.hash, judgement.reasons));
  const binding = commitPart(setting.library.hash, 'sealed', part);
  return { id: ticket.id, action: ticket.action, binding, expires_at: ticket.expires_at, lifts };
}

type Released = {
  readonly context: Context;
  readonly sealed: SealedDecision;
  readonly judgement: Judgement;
  readonly recall: Recall;
};

function composeRelease(setting: Setting, ticket: Ticket, released: Released): Draft {
  const { library, salts } = setting;
  const { context, sealed, judgement, recall } = released;
  const judged: Judged = sealed.judged;
  const { verdict, code, reasons, shadow } = judgement;
  const readSet = recall.readSet();
  const dependencies = dependenciesOf(judged, readSet);
  const permits = verdict === 'ALLOW' && context.wall > 0;
  const { root, same, session, shape, tool, touched, ...before } = decisionPart(
    context,
    judged,
    verdict,
    code,
    null,
  );
  // Members in RFC 8785 order: this is printed as it is.
  const part: ReleasePart = {
    ...before,
    residual: verdict === 'ESCALATE' ? residualOf(library.hash, reasons) : [],
    root,
    same,
    session,
    shape,
    ticket_status: verdict === 'ALLOW' ? 'released' : verdict === 'ESCALATE' ? 'open' : 'approved',
    tool,
    touched,
  };
  return {
    head: {
      kind: 'release',
      v: 1,
      id: ticket.action,
      ns: context.ns,
      time: context.now_ms,
      term: context.term,
      verdict,
      code,
      args: context.args,
      executor: context.executor,
      expires_at: permits ? context.now_ms + WRIT_LIFE_MS : null,
      obligations: verdict === 'ALLOW' ? judgement.obligations : [],
      reasons: reasons.length,
      state_hash: hashState(library.hash, context, dependencies),
      ticket: ticket.id,
      ...blindDefinitions({ library, salts }, readSet),
      engine: context.engine,
      wall: context.wall,
    },
    state: part,
    sealed: printSealedDecision(
      { context, reasons, readSet, shadow },
      printJson(sealed.input as Parameters<typeof printJson>[0]), // parsed from canonical JSON
      printJson(sealed.judged),
    ),
  };
}
