import { newId } from '../../remote/new-id.ts';
import { type HookAnswer, printAnswer } from '../host/print-answer.ts';
import { type HookEvent, type HostCall, readEvent } from '../host/read-event.ts';
import { describeFailure } from '../../program/failure.ts';
import { CANARY_TOOL, canaryReason, tryCanary } from './canary.ts';
import type { DoorContext } from './context.ts';
import { finishCall } from './finish-call.ts';
import { wasObserved } from './guarded.ts';
import { judgeCall } from './judge-call.ts';
import { dayOf, lineOfDay } from './standing.ts';
import { NEXT_AFTER_FAILURE, nextAfterBlock, textOf } from './texts.ts';

/**
 * What the host gets for one event, as JSON text. INVARIANT: whatever is wrong with a call, or with Writ, the
 * call is refused.
 */
export async function answerEvent(context: DoorContext, bytes: Uint8Array): Promise<string> {
  const read = readEvent(bytes);
  if (read.kind === 'malformed') {
    context.standing.count('calls', 'blocked');
    return printAnswer({ kind: 'deny', reason: textOf('MALFORMED', nextAfterBlock('MALFORMED', null)) });
  }
  return printAnswer(await answer(context, read.event));
}

async function answer(context: DoorContext, event: HookEvent): Promise<HookAnswer> {
  switch (event.kind) {
    case 'before':
      return orDeny(context, () =>
        event.tool === CANARY_TOOL ? answerCanary(context, event) : judgeCall(context, event),
      );
    case 'after':
      return finishCall(context, event, { status: 'succeeded', response: event.response });
    case 'failed':
      return finishCall(context, event, { status: 'failed', response: event.error });
    case 'session':
      return beginSession(context, event);
    case 'other':
      return { kind: 'host' };
    default:
      return event satisfies never;
  }
}

async function orDeny(context: DoorContext, act: () => Promise<HookAnswer>): Promise<HookAnswer> {
  try {
    return await act();
  } catch (error) {
    context.standing.count('blocked');
    return { kind: 'deny', reason: textOf(describeFailure(error).code, NEXT_AFTER_FAILURE) };
  }
}

/** A step that does nothing, judged by the real cell: its record stands in the log. */
async function answerCanary({ link }: DoorContext, { session, input }: HostCall): Promise<HookAnswer> {
  const body = { tool: 'host.step', args: { name: 'canary' }, session };
  const key = newId();
  const proposed = await link.ask(({ agent }) => agent.propose(body, key));
  const { nonce } = input;
  const isJudged = proposed.verdict === 'ALLOW' || proposed.proven !== null;
  if (isJudged && typeof nonce === 'string') return { kind: 'deny', reason: canaryReason(nonce) };
  const code = proposed.verdict === 'ALLOW' ? 'MALFORMED' : proposed.code;
  return { kind: 'deny', reason: textOf(code, NEXT_AFTER_FAILURE) };
}

/** Tells the person how this door stands. A session is never stopped for it: its calls are. */
async function beginSession(
  context: DoorContext,
  base: { readonly session: string; readonly directory: string },
): Promise<HookAnswer> {
  const { sessions, standing } = context;
  sessions.add(base.session);
  const why = await tryCanary(context, base);
  standing.canary(why === null, why ?? '');
  await standing.flush().catch(() => {});
  if (why !== null) {
    return { kind: 'tell', message: `Writ: calls are NOT judged here: ${why}. writ status says more` };
  }
  const mode = await modeOf(context).catch(() => 'answers');
  const day = lineOfDay(standing.now(), dayOf(Date.now()));
  return { kind: 'tell', message: `Writ ${mode}${day === null ? '' : `; today ${day}`}` };
}

/** By a record of its own, since a mode is nothing that a door knows of itself. */
async function modeOf({ link }: DoorContext): Promise<string> {
  const key = newId();
  const body = { tool: 'host.step', args: { name: 'session' }, session: 'session' };
  const proposed = await link.ask(({ agent }) => agent.propose(body, key));
  const observes =
    proposed.verdict === 'OBSERVED' || (proposed.verdict !== 'ALLOW' && wasObserved(proposed.proven));
  return observes ? 'observes: only final rules hold (writ enforce)' : 'enforces';
}
