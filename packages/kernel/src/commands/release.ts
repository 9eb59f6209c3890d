import type { Code, Judged, ReleaseCommand, TicketView } from '@writ/contract';
import { commitPart, makePart, printJson } from '@writ/proof';
import { answerOf, blindDefinitions, decisionPart, residualOf } from '../judge/compose.ts';
import type { Context } from '../judge/context.ts';
import { type Judgement, judge } from '../judge/judge.ts';
import { openSealedDecision, printSealedDecision, type SealedDecision } from '../judge/sealed.ts';
import { dependenciesOf, hashState } from '../judge/state-hash.ts';
import { recallLive } from '../recall/live.ts';
import type { Recall } from '../recall/recall.ts';
import type { Draft } from '../record/record.ts';
import type { ReleasePart } from '../record/state-part.ts';
import { WRIT_LIFE_MS } from '../state/limits.ts';
import type { Principal, Ticket } from '../state/state.ts';
import { findDrift } from './commit.ts';
import { authorise, type Decided, recorded, refused, refusedUnrecorded, type Setting } from './decided.ts';

/** An approved ticket becomes a permission, once: all is judged again and only what it names is lifted. */
export function release(setting: Setting, command: ReleaseCommand): Decided {
  const authorised = authorise(setting, command.by, 'propose', command.ticket);
  if (authorised.kind === 'no') return authorised.decided;
  const { principal } = authorised;
  const ticket = setting.state.tickets.get(command.ticket);
  const on = command.ticket;
  if (ticket === undefined || ticket.by !== principal.id)
    return refused(setting, principal, 'TICKET_UNKNOWN', { on });
  const code = refusalOf(setting, ticket);
  if (code !== null) return refused(setting, principal, code, { on });
  if (command.recorded === null) return refusedUnrecorded('UNAVAILABLE');
  const sealed = openSealedDecision(setting.library.hash, command.recorded, ticket.binding);
  // People answered for this scene; another one is another action. What else changed is judged again.
  const drift = findDrift(setting, { dependencies: sceneOf(sealed) }, command.scene, ticket);
  if (drift.length > 0) return refused(setting, principal, 'STATE_DRIFT', { on, drift });
  return judgeReleased(setting, principal, ticket, sealed);
}

function sceneOf(sealed: SealedDecision): SealedDecision['dependencies'] {
  return sealed.dependencies.filter((dependency) => dependency.kind === 'scene');
}

function refusalOf({ now_ms }: Setting, ticket: Ticket): Code | null {
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
    term: state.term,
    ticket: ticket.id,
    wall: state.principals.get(executor)?.definition.wall ?? 0,
  };
  const recall = recallLive(state, { ns: context.ns, root: context.root, now_ms });
  recall.read('principal', executor);
  const judgement = judge({ context, judged: sealed.judged, recall, library });
  const draft = composeRelease(setting, ticket, { context, sealed, judgement, recall });
  const { verdict, code } = judgement;
  const expires_at = verdict === 'ALLOW' && context.wall > 0 ? now_ms + WRIT_LIFE_MS : null;
  const view = verdict === 'ESCALATE' ? reopenedView(setting, ticket, draft, judgement) : null;
  const index = state.size;
  return recorded(draft, answerOf(judgement, { verdict, code, index, expires_at, ticket: view, context }));
}

function reopenedView(setting: Setting, ticket: Ticket, draft: Draft, judgement: Judgement): TicketView {
  const part = makePart(setting.salts.sealed, draft.sealed ?? '');
  const lifts = residualOf(judgement.reasons).map((lift) => lift.code);
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
  const { verdict, code, reasons } = judgement;
  const readSet = recall.readSet();
  const dependencies = dependenciesOf(judged, readSet);
  const permits = verdict === 'ALLOW' && context.wall > 0;
  const part: ReleasePart = {
    ...decisionPart(context, judged, verdict, code, null),
    residual: verdict === 'ESCALATE' ? residualOf(reasons) : [],
    ticket_status: verdict === 'ALLOW' ? 'released' : verdict === 'ESCALATE' ? 'open' : 'approved',
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
      { context, dependencies, reasons, readSet },
      printJson(sealed.input as Parameters<typeof printJson>[0]), // parsed from canonical JSON
      printJson(sealed.judged as unknown as Parameters<typeof printJson>[0]),
    ),
  };
}
