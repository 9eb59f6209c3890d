import type { ProposeCommand } from '@writ/contract';
import { type Id, printJson } from '@writ/proof';
import type { Understood } from '../understanding/bind-told.ts';
import type { DomainHashes } from './domain-hashes.ts';
import type { KnownTool } from './known-tool.ts';
import { touchedTags } from './name-tag.ts';
import {
  listText,
  type PrintedProposal,
  type Proposal,
  type ProposalToUnderstand,
} from './print-proposal.ts';
import { sessionTag } from './session-tag.ts';

/** What the cell adds: fresh ids, and the root of the proposer's delegation. */
export type Added = { readonly id: Id; readonly ticket: Id; readonly root: Id };

export type Prepared = {
  readonly command: ProposeCommand;
  readonly nonce: Uint8Array;
};

/** A proposal that was printed and understood, with the tool that both stand on. */
export type UnderstoodProposal = {
  readonly proposal: Proposal | ProposalToUnderstand;
  readonly tool: KnownTool | null;
  readonly printed: PrintedProposal;
  readonly understood: Understood;
};

/**
 * Turns a proposal into a command: arguments committed to, values from outside replaced by tags, and what is
 * judged as it was understood. A function of its arguments alone.
 */
export function prepareProposal(
  hashes: DomainHashes,
  ready: UnderstoodProposal,
  { id, ticket, root }: Added,
): Prepared {
  const { proposal, printed, understood } = ready;
  const { action, by } = proposal;
  const nonce = hashes.nonce(id);
  const call = `${by}\n${action.tool}\n${printed.args}`;
  const command: ProposeCommand = {
    kind: 'propose',
    id,
    by,
    session: sessionTag(hashes, root, proposal.session),
    shape: hashes.tag('shape', shapeOf(call)),
    same: hashes.tag('same', `${call}\n${printed.scene}`),
    tool: hashes.tag('tool', action.tool),
    args: hashes.argsCommitment(nonce, printed.args),
    costs: understood.costs.map(({ unit, amount }) => ({ unit: hashes.tag('unit', unit), amount })),
    touched: touchedTags(hashes, understood.resources),
    idempotency: idempotencyOf(hashes, ready),
    ticket,
    claim: claimOf(hashes, ready),
    met_obligations: proposal.met_obligations,
    input: printed.input,
    judged: judgedText(ready),
  };
  return { command, nonce };
}

/** A `Judged` as canonical JSON. The scene stands here only: it is what understanding began with, too. */
function judgedText({ proposal: { action }, tool, printed, understood }: UnderstoodProposal): string {
  return (
    `{"args":${understood.tokens ?? printed.args},"check":"${understood.check}",` +
    `"claims":${listText(action.claims)},"evidence":${listText(action.evidence)},` +
    `"scene":${printed.scene},"tool":${printJson(action.tool)},` +
    `"tool_digest":${tool === null ? 'null' : `"${tool.digest}"`},` +
    `"understanding":${understood.understanding}}`
  );
}

/** Calls that differ in numbers and spacing alone have one shape: that is how loops look. */
function shapeOf(call: string): string {
  return call.replace(/[0-9]+/g, '0').replace(/\s+/g, ' ');
}

/** The body under a key is the whole request: all that the caller chose, and nothing that the cell knows. */
function idempotencyOf(
  hashes: DomainHashes,
  { proposal, printed }: UnderstoodProposal,
): ProposeCommand['idempotency'] {
  const { action, by, claim, idempotency, met_obligations, session } = proposal;
  if (idempotency === null) return null;
  const { key, sent_at } = idempotency;
  const { claims, evidence, tool, why } = action;
  const said =
    'declared' in proposal ? { declared: proposal.declared } : { understanding: proposal.understanding };
  const rest = printJson({ by, claim, claims, evidence, met_obligations, session, tool, why, ...said });
  const body = hashes.tag('body', `${printed.args}\n${printed.scene}\n${rest}`);
  return { key: hashes.tag('idempotency', key), body, sent_at };
}

function claimOf(hashes: DomainHashes, { proposal: { claim } }: UnderstoodProposal): ProposeCommand['claim'] {
  return claim === null ? null : { attempt: hashes.tag('attempt', claim.attempt), target: claim.target };
}
