import type { OutcomeCommand } from '@writ/contract';
import { encodeBase64url, type Id, printJson, type Tag } from '@writ/proof';
import { CoreFailure } from '../core/failure.ts';
import type { DomainHashes } from '../intake/domain-hashes.ts';
import { type Proposal, prepareProposal } from '../intake/prepare-proposal.ts';
import type { KnownTool } from '../intake/known-tool.ts';
import { sessionTag } from '../intake/session-tag.ts';
import type { Answered, CellContext, CommitRequest, ReleaseRequest } from './cell.ts';
import { deliver, observed, submit } from './submit.ts';

export type Proposed = Answered & {
  readonly id: Id;
  /** Opens the commitment to the arguments: part of the writ. */
  readonly nonce: string;
};

/** An action from a door: prepared, judged, recorded, answered with proof. */
export async function propose(context: CellContext, proposal: Proposal): Promise<Proposed> {
  const { ns, root } = accountOf(context, proposal.by);
  const hashes = context.hashes(ns);
  const tool = await toolOf(context, hashes, proposal);
  const added = { id: context.mint.id('act'), ticket: context.mint.id('tkt'), root };
  const { command, nonce } = prepareProposal(hashes, tool, proposal, added);
  // Just made, of ids, tags and texts of what the door checked: looking again took 3 % of a decision.
  const answered = await deliver(context, command, command.input.length + command.judged.length);
  return { ...answered, id: added.id, nonce: encodeBase64url(nonce) };
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
  hashes: DomainHashes,
  { by, action }: Proposal,
): Promise<KnownTool | null> {
  const state = context.running.state();
  const ns = state.principals.get(by)?.ns ?? '';
  const tool = state.namespaces.get(ns)?.tools.get(hashes.tag('tool', action.tool));
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

/** Where a principal is and on whose account it acts: whoever is not known has neither. */
function accountOf(context: CellContext, by: Id): { readonly ns: Id; readonly root: Id } {
  const principal = context.running.state().principals.get(by);
  if (principal === undefined) throw new CoreFailure('UNAUTHENTICATED', 'no such principal');
  return { ns: principal.ns, root: principal.definition.root ?? principal.id };
}
