import {
  ACTION_LIMITS,
  type Action,
  type Judged,
  type Obligation,
  type ProposeCommand,
  type Scene,
  type Understanding,
} from '@writ/contract';
import { type Id, printJson } from '@writ/proof';
import { type DetectionFinding, tokenise } from '@writ/understand';
import type { DomainHashes } from './domain-hashes.ts';
import type { KnownTool } from './known-tool.ts';

/** An action as a door hands it in: who asks comes from the credential, the rest from outside. */
export type Proposal = {
  readonly by: Id;
  readonly session: string;
  readonly action: Action;
  readonly scene: Scene | null;
  readonly understanding: Understanding;
  readonly idempotency: { readonly key: string; readonly sent_at: number } | null;
  readonly claim: { readonly attempt: string; readonly target: string | null } | null;
  readonly met_obligations: readonly Obligation[] | null;
};

export type Minted = { readonly id: Id; readonly ticket: Id };

export type Prepared = {
  readonly command: ProposeCommand;
  readonly nonce: Uint8Array;
  readonly args_text: string;
};

/**
 * Turns a proposal into a command: arguments checked and committed to, values from outside replaced by tags,
 * personal data and secrets in what is judged by typed tokens. A function of its arguments alone.
 */
export function prepareProposal(
  hashes: DomainHashes,
  tool: KnownTool | null,
  proposal: Proposal,
  minted: Minted,
): Prepared {
  const { action, by, scene } = proposal;
  const args_text = printJson(action.args);
  const nonce = hashes.nonce(minted.id);
  const judged = judgedOf(tool, proposal);
  const call = `${by}\n${action.tool}\n${args_text}`;
  const scene_text = scene === null ? '' : printJson(scene);
  const command: ProposeCommand = {
    kind: 'propose',
    id: minted.id,
    by,
    session: hashes.tag('session', proposal.session),
    shape: hashes.tag('shape', shapeOf(call)),
    same: hashes.tag('same', `${call}\n${scene_text}`),
    tool: hashes.tag('tool', action.tool),
    args: hashes.argsCommitment(nonce, args_text),
    costs: proposal.understanding.costs.map(({ unit, amount }) => ({
      unit: hashes.tag('unit', unit),
      amount,
    })),
    idempotency: idempotencyOf(hashes, proposal, call),
    ticket: minted.ticket,
    claim: claimOf(hashes, proposal),
    met_obligations: proposal.met_obligations,
    input: printJson({ action, scene }),
    judged: printJson(judged),
  };
  return { command, nonce, args_text };
}

function judgedOf(tool: KnownTool | null, { action, scene, understanding }: Proposal): Judged {
  const tokenised = tokenise(action.args);
  const findings = [...understanding.findings, ...tokenised.findings.map(toFinding)];
  return {
    tool: action.tool,
    tool_digest: tool?.digest ?? null,
    check:
      tool === null || action.tool.length > ACTION_LIMITS.tool_characters_max
        ? 'undeclared'
        : tool.check(action.args),
    args: tokenised.args,
    scene,
    understanding: { ...understanding, findings },
    claims: action.claims,
    evidence: action.evidence,
  };
}

function toFinding({ code, where }: DetectionFinding): Understanding['findings'][number] {
  return { code, where };
}

/** Calls that differ in numbers and spacing alone have one shape: that is how loops look. */
function shapeOf(call: string): string {
  return call.replace(/[0-9]+/g, '0').replace(/\s+/g, ' ');
}

function idempotencyOf(
  hashes: DomainHashes,
  proposal: Proposal,
  call: string,
): ProposeCommand['idempotency'] {
  if (proposal.idempotency === null) return null;
  const { key, sent_at } = proposal.idempotency;
  return { key: hashes.tag('idempotency', key), body: hashes.tag('body', call), sent_at };
}

function claimOf(hashes: DomainHashes, { claim }: Proposal): ProposeCommand['claim'] {
  return claim === null ? null : { attempt: hashes.tag('attempt', claim.attempt), target: claim.target };
}
