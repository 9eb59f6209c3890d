import type { Answer, JsonObject, Judged, OutcomeCommand, ProposeCommand, Stamp } from '@writ/contract';
import type { Explanation, State } from '@writ/kernel';
import { encodeBase64url, type Id, printJson, type Tag } from '@writ/proof';
import { CoreFailure } from '../core/failure.ts';
import type { DomainHashes } from '../intake/domain-hashes.ts';
import type { KnownTool } from '../intake/known-tool.ts';
import { type Prepared, prepareProposal, type UnderstoodProposal } from '../intake/prepare-proposal.ts';
import {
  printProposal,
  type Proposal,
  type ProposalToUnderstand,
  type Proposing,
  textOf,
} from '../intake/print-proposal.ts';
import { sessionTag } from '../intake/session-tag.ts';
import type { Answered, CellContext, CommitRequest, ReleaseRequest } from './cell.ts';
import { deliver, observed, submit } from './submit.ts';

export type Proposed = Answered & {
  readonly id: Id;
  /** Opens the commitment to the arguments: part of the writ. */
  readonly nonce: string;
};

/** An action with what it means, from a caller that is trusted to say so. */
export async function propose(context: CellContext, proposal: Proposal): Promise<Proposed> {
  return judge(context, await understand(context, proposal));
}

/** An action from a caller that is not: the cell understands it by itself. */
export async function proposeUnderstood(
  context: CellContext,
  proposal: ProposalToUnderstand,
): Promise<Proposed> {
  return judge(context, await understand(context, proposal));
}

/**
 * Several, judged in this order: each sees what those before it reserved. Each has an answer of its own, and
 * what cannot be asked at all is the failure of that one.
 */
export async function proposeInOrder(
  context: CellContext,
  proposals: readonly ProposalToUnderstand[],
): Promise<readonly PromiseSettledResult<Proposed>[]> {
  // Understood in any order, since none of that depends on another; one that fails is met in its turn.
  const understood = await Promise.allSettled(proposals.map((proposal) => understand(context, proposal)));
  // Each takes its place in the queue before the next one is prepared.
  return Promise.allSettled(
    understood.map((one) =>
      one.status === 'fulfilled' ? judge(context, one.value) : Promise.reject(one.reason),
    ),
  );
}

/**
 * What each would be answered now: nothing is recorded and nothing is permitted, and none sees another. The
 * answer stands on the state of that moment, which is durable when it leaves.
 */
export async function wouldAllow(
  context: CellContext,
  proposals: readonly ProposalToUnderstand[],
): Promise<{ readonly answers: readonly Answer[]; readonly index: number }> {
  const understood = await Promise.all(proposals.map((proposal) => understand(context, proposal)));
  const commands: readonly ProposeCommand[] = understood.map((one) => prepare(context, one).command);
  const { state, stamp, index } = momentOf(context);
  const { engine, library } = context.ports;
  const answers = commands.map((command) => engine.functions.wouldAnswer(state, command, stamp, library));
  await context.durability.upTo(index);
  return { answers, index };
}

export type ExplainedProposal = {
  readonly explanation: Explanation;
  readonly index: number;
  /** The arguments as they may be shown: tokens stand for personal data and secrets. */
  readonly shown: JsonObject;
};

/** The same of one, with all that a person wants to see of it; with what it means from who may say so. */
export async function explainProposal(
  context: CellContext,
  proposal: ProposalToUnderstand | Proposal,
): Promise<ExplainedProposal> {
  const { command } = prepare(context, await understand(context, proposal));
  const { state, stamp, index } = momentOf(context);
  const { engine, library } = context.ports;
  const explanation = engine.functions.explain(state, command, stamp, library);
  await context.durability.upTo(index);
  const { args: shown } = JSON.parse(command.judged) as Judged; // canonical text of one, just printed
  return { explanation, index, shown };
}

type Moment = { readonly state: State; readonly stamp: Stamp; readonly index: number };

/** The state as it is now, and the stamp that a decision on it would get. */
function momentOf({ running, ports: { clock }, mint }: CellContext): Moment {
  // Of a cell that stopped nothing may be built on; its state is still there to be looked at.
  if (running.phase() !== 'open') throw new CoreFailure('UNAVAILABLE', 'the cell does not decide');
  const reading = clock.read();
  if (reading.kind !== 'sound') throw new CoreFailure('CLOCK_SUSPECT', 'the clock cannot be trusted now');
  const state = running.state();
  const stamp = { now_ms: Math.max(reading.now_ms, state.now_ms), salts: mint.salts() };
  return { state, stamp, index: state.size };
}

/** Printed once, and understood in a thread of its own: nothing of the state is read by that. */
async function understand(
  context: CellContext,
  proposal: Proposal | ProposalToUnderstand,
): Promise<UnderstoodProposal> {
  const tool = await toolOf(context, accountOf(context, proposal.by), proposal);
  const printed = printProposal(proposal, context.ownPlaces);
  const asked = { by: proposal.by, text: textOf(printed, tool), tool };
  return { proposal, tool, printed, understood: await context.understanding.understand(asked) };
}

/**
 * The one lane: prepared, judged, recorded, answered with proof. In the queue before anything is waited for.
 */
async function judge(context: CellContext, ready: UnderstoodProposal): Promise<Proposed> {
  const { command, nonce } = prepare(context, ready);
  const { ns } = accountOf(context, ready.proposal.by);
  // Just made, of ids, tags and texts of what the door checked: looking again took 3 % of a decision.
  const answered = await deliver(context, command, command.input.length + command.judged.length);
  const { answer } = answered;
  // A repeat stands on the record of the action that was minted first: its id, and the nonce that opens it.
  if (answer.kind === 'repeat' && answer.id !== null) {
    const first = context.hashes(ns).nonce(answer.id);
    return { ...answered, id: answer.id, nonce: encodeBase64url(first) };
  }
  return { ...answered, id: command.id, nonce: encodeBase64url(nonce) };
}

/** Whose account it is, and whether its keys are there, is asked now: it may have changed meanwhile. */
function prepare(context: CellContext, ready: UnderstoodProposal): Prepared {
  const { ns, root } = accountOf(context, ready.proposal.by);
  const added = { id: context.mint.id('act'), ticket: context.mint.id('tkt'), root };
  return prepareProposal(context.hashes(ns), ready, added);
}

/** The executor spends a writ on exact arguments; the answer's head with its proof is the spend receipt. */
export async function commit(context: CellContext, request: CommitRequest): Promise<Answered> {
  const hashes = hashesOf(context, request.by);
  const writ = context.running.state().permitted.get(request.id);
  const recorded = writ === undefined ? null : await context.recorded.read(writ.index, writ.sealed);
  const attempt = hashes.tag('attempt', request.attempt);
  return submit(context, {
    kind: 'commit',
    by: request.by,
    id: request.id,
    spend: { attempt, target: request.target },
    args: hashes.argsCommitment(hashes.nonce(request.id), request.args_text),
    recorded,
    scene: observed(request.scene),
  });
}

export async function release(context: CellContext, request: ReleaseRequest): Promise<Answered> {
  const hashes = hashesOf(context, request.by);
  const ticket = context.running.state().tickets.get(request.ticket);
  const recorded = ticket === undefined ? null : await context.recorded.read(ticket.index, ticket.binding);
  const { claim } = request;
  return submit(context, {
    kind: 'release',
    by: request.by,
    ticket: request.ticket,
    recorded,
    scene: observed(request.scene),
    claim: claim === null ? null : { attempt: hashes.tag('attempt', claim.attempt), target: claim.target },
  });
}

export type OutcomeRequest = Omit<OutcomeCommand, 'kind' | 'spent' | 'sealed'> & {
  readonly spent: readonly { readonly unit: string; readonly amount: number }[];
  /** What the runner reports; sealed. */
  readonly report: Parameters<typeof printJson>[0];
};

export async function reportOutcome(context: CellContext, request: OutcomeRequest): Promise<Answered> {
  const { report, spent, ...rest } = request;
  const hashes = hashesOf(context, request.by);
  const amounts = spent.map(({ unit, amount }) => ({ unit: hashes.tag('unit', unit), amount }));
  const sealed = printJson(report);
  return submit(context, { kind: 'outcome', ...rest, spent: amounts, sealed }, sealed.length);
}

async function toolOf(
  context: CellContext,
  { ns }: Account,
  { action }: Proposing,
): Promise<KnownTool | null> {
  const tag = context.hashes(ns).tag('tool', action.tool);
  const tool = context.running.state().namespaces.get(ns)?.tools.get(tag);
  return tool === undefined ? null : context.definitions.tool(tool.definition);
}

/** The tag of a principal's session, as for a freeze of it. */
export function sessionOf(context: CellContext, by: Id, label: string): Tag {
  const { ns, root } = accountOf(context, by);
  return sessionTag(context.hashes(ns), root, label);
}

function hashesOf(context: CellContext, by: Id): DomainHashes {
  return context.hashes(accountOf(context, by).ns);
}

type Account = { readonly ns: Id; readonly root: Id };

/** Where a principal is and on whose account it acts: whoever is not known has neither. */
function accountOf(context: CellContext, by: Id): Account {
  const principal = context.running.state().principals.get(by);
  if (principal === undefined) throw new CoreFailure('UNAUTHENTICATED', 'no such principal');
  return { ns: principal.ns, root: principal.definition.root ?? principal.id };
}
