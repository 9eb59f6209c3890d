import type { Action, Declared, Obligation, Scene, Understanding } from '@writ/contract';
import { type Id, type JsonValue, printJson } from '@writ/proof';
import type { ProposalText } from '../understanding/protocol.ts';
import type { KnownTool } from './known-tool.ts';

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

/** With what it means, as a caller says that is trusted with it. */
export type Proposal = Proposing & { readonly understanding: Understanding };
/** Of a caller that is not believed: what it declares can only make it stricter. */
export type ProposalToUnderstand = Proposing & { readonly declared: Declared | null };

/** The texts of a proposal, each printed once: they are committed to, understood, judged and sealed. */
export type PrintedProposal = {
  readonly args: string;
  readonly scene: string;
  /** The original action, and from what beside it and the scene it was understood. */
  readonly input: string;
  readonly given: string | null;
};

export function printProposal(
  proposal: Proposal | ProposalToUnderstand,
  ownPlaces: readonly string[],
): PrintedProposal {
  const { action, scene } = proposal;
  const args = printJson(action.args);
  const isGiven = 'understanding' in proposal;
  const said = isGiven
    ? 'null'
    : `{"declared":${printJson(declaredOf(proposal))},"protected":${printJson(ownPlaces)}}`;
  return {
    args,
    scene: scene === null ? 'null' : printJson(scene),
    input: inputText(action, args, said),
    given: isGiven ? printJson(proposal.understanding) : null,
  };
}

/** What crosses to a thread. */
export function textOf({ input, scene, given }: PrintedProposal, tool: KnownTool | null): ProposalText {
  return { input, scene, given, tool: tool?.digest ?? null };
}

/** Members that were left out are none of JSON's, and stay out. */
function declaredOf({ declared }: ProposalToUnderstand): JsonValue {
  if (declared === null) return null;
  const members = Object.entries(declared).filter(([, value]) => value !== undefined);
  return Object.fromEntries(members);
}

/** Canonical JSON: members in RFC 8785 order, each printed once. */
function inputText({ claims, evidence, tool, why }: Action, args: string, said: string): string {
  return (
    `{"args":${args},"claims":${listText(claims)},"evidence":${listText(evidence)},` +
    `"said":${said},"tool":${printJson(tool)},"why":${printJson(why)}}`
  );
}

export function listText(list: readonly JsonValue[]): string {
  return list.length === 0 ? '[]' : printJson(list);
}
