import { createHash, randomUUID } from 'node:crypto';
import type { JsonObject, Scene } from '@writ/contract';
import { printJson } from '@writ/proof';
import type { Proposed } from '@writ/sdk';
import { headOf } from '../../remote/answers.ts';
import { newId } from '../../remote/new-id.ts';
import { releaseTo } from '../../remote/release.ts';
import { sceneOf } from '../../remote/scene.ts';
import type { MappedCall } from '../host/map-call.ts';
import { mapCall } from '../host/map-call.ts';
import type { HookAnswer } from '../host/print-answer.ts';
import type { HostCall } from '../host/read-event.ts';
import { type DoorContext, obligationsOf } from './context.ts';
import { execLine } from './exec-line.ts';
import { holdsAlways, wasObserved, type Weighed } from './guarded.ts';
import { observePaths, observeText } from './observe-call.ts';
import { snapshotFirst } from './snapshots.ts';
import { nextAfterBlock, nextAfterTicket, textOf } from './texts.ts';

/** A permission that is proven: by a decision, or by the release of a ticket. */
type Allowed = { readonly id: string; readonly writ: string; readonly obligations: readonly string[] };

/** One call of an agent's tool, before it runs. Whoever calls this counts what it throws as a refusal. */
export async function judgeCall(context: DoorContext, call: HostCall): Promise<HookAnswer> {
  const { permits, standing } = context;
  permits.see(call.use);
  standing.count('calls');
  const mapped = mapCall(call);
  const scene = await observeCall(context, call, mapped);
  const same = sameOf(call, mapped);
  const ticket = permits.waiting(same);
  if (ticket !== null) {
    const released = await releaseWaiting(context, { same, ticket, scene });
    if (released === 'waits') return refuseUntil(context, ticket);
    if (released !== null) return allow(context, call, { mapped, scene, allowed: released });
  }
  const proposed = await propose(context, { call, mapped, scene });
  if (proposed.verdict === 'ALLOW') return allow(context, call, { mapped, scene, allowed: proposed });
  if (proposed.verdict === 'OBSERVED') {
    standing.count('allowed');
    return { kind: 'host' };
  }
  return refuse(context, call, { mapped, same, proposed });
}

type Situation = { readonly call: HostCall; readonly mapped: MappedCall; readonly scene: Scene | null };

/** Where nothing can be observed there is no scene, and rules can ask for one. */
async function observeCall(
  context: DoorContext,
  { directory }: HostCall,
  mapped: MappedCall,
): Promise<Scene | null> {
  const { command } = mapped;
  try {
    if (command === null) return await observePaths(context, mapped, directory);
    return await observeText(context, command, directory);
  } catch {
    return null;
  }
}

export async function propose(context: DoorContext, { call, mapped, scene }: Situation): Promise<Proposed> {
  const { tool, args, command } = mapped;
  const obligations = [...obligationsOf(context, command !== null)];
  const key = newId();
  const body = { tool, args, session: call.session, scene: sceneOf(scene), obligations };
  return context.link.ask(async ({ agent, learnTools }) => {
    const proposed = await agent.propose(body, key);
    if (!('code' in proposed) || proposed.code !== 'TOOL_NOT_PINNED') return proposed;
    // Declared since this door looked: the same request under the same key has the same answer.
    await learnTools();
    return agent.propose(body, key);
  });
}

/** The very same call of one session: what a person answers about is that and no other. */
function sameOf({ session, directory }: HostCall, { tool, args }: MappedCall): string {
  return createHash('sha256').update(printJson({ session, directory, tool, args })).digest('base64url');
}

async function releaseWaiting(
  { link, permits }: DoorContext,
  { same, ticket, scene }: { readonly same: string; readonly ticket: string; readonly scene: Scene | null },
): Promise<Allowed | 'waits' | null> {
  const released = await link.ask(async ({ agent, door }) => {
    const { answer, writ } = await releaseTo(agent, async () => door.executor, { ticket, scene });
    return { answer, writ, ...('code' in answer ? { code: answer.code } : {}), verdict: '' };
  });
  const { answer, writ } = released;
  if (answer.kind === 'refused' && answer.code === 'TICKET_NOT_APPROVED') return 'waits';
  permits.release(same);
  if (writ === null || answer.kind !== 'judged') return null;
  return { id: answer.id, writ, obligations: answer.obligations };
}

async function allow(
  context: DoorContext,
  call: HostCall,
  { mapped, scene, allowed }: Omit<Situation, 'call'> & { readonly allowed: Allowed },
): Promise<HookAnswer> {
  const { permits, standing, places } = context;
  const { id, writ, obligations } = allowed;
  const { tool, args, command } = mapped;
  if (command !== null) {
    const { session, directory } = call;
    permits.hold({ id, tool, args, session, directory, writ, ticket: null });
    permits.begin(call.use, { id, obligations, by_host: false });
    standing.count('allowed');
    return { kind: 'allow', input: { ...call.input, command: execLine(places, id) } };
  }
  const keeps = snapshotFirst(context, { id, session: call.session, obligations }, scene);
  const spent = keeps ? await spend(context, { tool, args, writ, scene }) : 'OBLIGATION_UNMET';
  if (typeof spent === 'string') {
    standing.count('blocked');
    return { kind: 'deny', reason: textOf(spent, nextAfterBlock(spent, id)) };
  }
  permits.begin(call.use, { id, obligations, by_host: true });
  standing.count('allowed');
  return { kind: 'allow', input: null };
}

export type ToSpend = {
  readonly tool: string;
  readonly args: JsonObject;
  readonly writ: string;
  readonly scene: Scene | null;
};

/** What the spent writ obliges to, else the code for why it is not spent. */
export async function spend(
  { link }: DoorContext,
  { tool, args, writ, scene }: ToSpend,
): Promise<{ readonly obligations: readonly string[] } | string> {
  const attempt = randomUUID();
  const spent = await link.ask(({ door }) => door.commit(writ, { tool, args, attempt, scene }));
  return spent.verdict === 'SPENT' ? { obligations: spent.obligations } : spent.code;
}

type Refused = Exclude<Proposed, { readonly verdict: 'ALLOW' | 'OBSERVED' }>;

/** The same refusal a moment later is answered with the record of the first, and without its reasons. */
async function reasonsOf({ link }: DoorContext, { reasons, proven }: Refused): Promise<readonly Weighed[]> {
  if (reasons.length > 0 || proven === null) return reasons;
  const { id } = headOf(proven);
  const asked = await link.ask(async ({ agent }) => {
    const called = await agent.call('getDecision', { path: { id } });
    return { verdict: '', reasons: called.kind === 'answer' ? called.value.reasons : null };
  });
  return asked.reasons ?? UNKNOWN;
}

/** What nobody can tell is what holds always. */
const UNKNOWN: readonly Weighed[] = [{ verdict: 'BLOCK', code: 'FORBIDDEN', class: 'final' }];

async function refuse(
  context: DoorContext,
  call: HostCall,
  {
    mapped,
    same,
    proposed,
  }: { readonly mapped: MappedCall; readonly same: string; readonly proposed: Refused },
): Promise<HookAnswer> {
  const { permits, standing, places } = context;
  const { code, id, proven, verdict } = proposed;
  const asks = verdict === 'ESCALATE';
  if (wasObserved(proven) && !holdsAlways(code, await reasonsOf(context, proposed))) {
    standing.count(asks ? 'would_ask' : 'would_block');
    return { kind: 'host' };
  }
  const ticket = verdict === 'BLOCK' ? null : proposed.ticket;
  if (ticket === null || id === null) {
    standing.count(wasObserved(proven) ? 'held' : 'blocked');
    // A repeat has the record of the first.
    const shown = proven === null ? id : headOf(proven).id;
    return { kind: 'deny', reason: textOf(code, nextAfterBlock(code, shown)) };
  }
  permits.wait(same, ticket);
  const { command, tool, args } = mapped;
  if (command === null) return refuseUntil(context, ticket, code);
  // The host shows its own prompt meanwhile; what it starts then waits for the person's answer here.
  const { session, directory, input } = call;
  permits.hold({ id, tool, args, session, directory, writ: null, ticket });
  permits.begin(call.use, { id, obligations: obligationsOf(context, true), by_host: false });
  standing.count('asked');
  const reason = textOf(code, nextAfterTicket(ticket));
  return { kind: 'ask', input: { ...input, command: execLine(places, id) }, reason };
}

function refuseUntil({ standing }: DoorContext, ticket: string, code = 'TICKET_NOT_APPROVED'): HookAnswer {
  standing.count('asked');
  return { kind: 'deny', reason: textOf(code, nextAfterTicket(ticket)) };
}
