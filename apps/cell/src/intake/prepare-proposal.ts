import {
  ACTION_LIMITS,
  type Action,
  type ArgumentCheck,
  type Declared,
  type Obligation,
  type ProposeCommand,
  type Scene,
  type Understanding,
} from '@writ/contract';
import { type Id, type JsonValue, printJson } from '@writ/proof';
import { type DetectionFinding, type Tokenised, tokenise, UnderstandFailure } from '@writ/understand';
import type { DomainHashes } from './domain-hashes.ts';
import type { KnownTool } from './known-tool.ts';
import { sessionTag } from './session-tag.ts';

/** An action as a door hands it in: who asks comes from the credential, the rest from outside. */
export type Proposing = {
  readonly by: Id;
  readonly session: string;
  readonly action: Action;
  readonly scene: Scene | null;
  readonly idempotency: { readonly key: string; readonly sent_at: number } | null;
  readonly claim: { readonly attempt: string; readonly target: string | null } | null;
  readonly met_obligations: readonly Obligation[] | null;
};

/** With what it means: as a caller says that is trusted with it, or as the cell understood it. */
export type Proposal = Proposing & { readonly understanding: Understanding };
export type UnderstoodProposal = Proposal & { readonly declared: Declared | null };

/** What the cell adds: fresh ids, and the root of the proposer's delegation. */
export type Added = { readonly id: Id; readonly ticket: Id; readonly root: Id };

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
  proposal: Proposal | UnderstoodProposal,
  added: Added,
): Prepared {
  const { action, by, scene } = proposal;
  const args_text = printJson(action.args);
  const scene_text = scene === null ? 'null' : printJson(scene);
  const nonce = hashes.nonce(added.id);
  const call = `${by}\n${action.tool}\n${args_text}`;
  const input = inputText(action, args_text);
  const command: ProposeCommand = {
    kind: 'propose',
    id: added.id,
    by,
    session: sessionTag(hashes, added.root, proposal.session),
    shape: hashes.tag('shape', shapeOf(call)),
    same: hashes.tag('same', `${call}\n${scene_text}`),
    tool: hashes.tag('tool', action.tool),
    args: hashes.argsCommitment(nonce, args_text),
    costs: proposal.understanding.costs.map(({ unit, amount }) => ({
      unit: hashes.tag('unit', unit),
      amount,
    })),
    idempotency: idempotencyOf(hashes, proposal, `${input}\n${scene_text}`),
    ticket: added.ticket,
    claim: claimOf(hashes, proposal),
    met_obligations: proposal.met_obligations,
    input,
    judged: judgedText(tool, proposal, { args_text, scene_text }),
  };
  return { command, nonce, args_text };
}

/** The original action as canonical JSON: members in RFC 8785 order, each printed once. */
function inputText({ claims, evidence, tool, why }: Action, args_text: string): string {
  return (
    `{"args":${args_text},"claims":${listText(claims)},"evidence":${listText(evidence)},` +
    `"tool":${printJson(tool)},"why":${printJson(why)}}`
  );
}

/** A `Judged` as canonical JSON. The scene stands here only: it is what understanding began with, too. */
function judgedText(
  tool: KnownTool | null,
  { action, understanding }: Proposal,
  texts: { readonly args_text: string; readonly scene_text: string },
): string {
  const tokenised = tokeniseOrNothing(action.args);
  const clean = tokenised !== null && tokenised.findings.length === 0;
  const args = clean ? texts.args_text : printJson(tokenised?.args ?? {});
  const findings = joinFindings(understanding.findings, tokenised?.findings ?? []);
  const check: ArgumentCheck = tokenised === null ? 'malformed' : checkArguments(tool, action);
  return (
    `{"args":${args},"check":"${check}","claims":${listText(action.claims)},` +
    `"evidence":${listText(action.evidence)},"scene":${texts.scene_text},"tool":${printJson(action.tool)},` +
    `"tool_digest":${tool === null ? 'null' : `"${tool.digest}"`},` +
    `"understanding":${printJson(clean ? understanding : { ...understanding, findings })}}`
  );
}

/** What cannot be searched for personal data within its bounds is not judged: it is malformed. */
function tokeniseOrNothing(args: Action['args']): Tokenised | null {
  try {
    return tokenise(args);
  } catch (error) {
    if (error instanceof UnderstandFailure) return null;
    throw error;
  }
}

function checkArguments(tool: KnownTool | null, action: Action): ArgumentCheck {
  return tool === null || isTooLong(action) ? 'undeclared' : tool.check(action.args);
}

function isTooLong({ tool, why }: Action): boolean {
  return tool.length > ACTION_LIMITS.tool_characters_max || why.length > ACTION_LIMITS.why_characters_max;
}

function listText(list: readonly JsonValue[]): string {
  return list.length === 0 ? '[]' : printJson(list);
}

/** Those of detection behind the others, which may hold them already. */
function joinFindings(
  understood: Understanding['findings'],
  detected: readonly DetectionFinding[],
): Understanding['findings'] {
  const known = new Set(understood.map(({ code, where }) => `${code} ${where}`));
  const added = detected.filter(({ code, where }) => !known.has(`${code} ${where}`));
  return [...understood, ...added.map(({ code, where }) => ({ code, where }))];
}

/** Calls that differ in numbers and spacing alone have one shape: that is how loops look. */
function shapeOf(call: string): string {
  return call.replace(/[0-9]+/g, '0').replace(/\s+/g, ' ');
}

/** The body under a key is the whole request: all that the caller chose, and nothing that the cell knows. */
function idempotencyOf(
  hashes: DomainHashes,
  proposal: Proposal | UnderstoodProposal,
  texts: string,
): ProposeCommand['idempotency'] {
  const { by, claim, idempotency, met_obligations, session } = proposal;
  if (idempotency === null) return null;
  const { key, sent_at } = idempotency;
  const chosen = { by, claim, met_obligations, session };
  const said =
    'declared' in proposal ? { declared: proposal.declared } : { understanding: proposal.understanding };
  const rest = printJson({ ...chosen, ...said });
  return { key: hashes.tag('idempotency', key), body: hashes.tag('body', `${texts}\n${rest}`), sent_at };
}

function claimOf(hashes: DomainHashes, { claim }: Proposal): ProposeCommand['claim'] {
  return claim === null ? null : { attempt: hashes.tag('attempt', claim.attempt), target: claim.target };
}
