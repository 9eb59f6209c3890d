import {
  ACTION_LIMITS,
  type Action,
  type ArgumentCheck,
  type Declared,
  type JsonObject,
  type Scene,
  type ToolDefinition,
  UNDERSTANDING_LIMITS,
  type Understanding,
} from '@writ/contract';
import { UnderstandFailure } from './failure.ts';
import { boundLists, keyOfFinding } from './meaning/bound.ts';
import { type DetectionFinding, type Tokenised, tokenise } from './tokens/tokenise.ts';
import { understandAction } from './understand.ts';

/** A declared tool, and what checks arguments against its schema: that needs more than a pure package has. */
export type CheckedTool = {
  readonly definition: ToolDefinition;
  check(args: JsonObject): ArgumentCheck;
};

/** Who says what an action means: the cell itself, of a caller that is not believed, or a trusted caller. */
export type Said =
  | {
      readonly kind: 'declared';
      readonly declared: Declared | null;
      readonly protected: readonly string[];
    }
  | { readonly kind: 'given'; readonly understanding: Understanding };

export type ProposalToRead = {
  /** Null for a tool that nobody declared. */
  readonly tool: CheckedTool | null;
  readonly action: Action;
  readonly scene: Scene | null;
  readonly said: Said;
};

/** What of an action is judged, beside what the proposal itself says. */
export type ProposalMeaning = {
  /** The arguments with typed tokens; null where they stand as they were given. */
  readonly tokens: JsonObject | null;
  readonly check: ArgumentCheck;
  readonly understanding: Understanding;
};

/**
 * All that is derived of a proposal before it is judged: its meaning, its check, and its arguments free of
 * personal data and secrets. A function of its argument alone, as far as the tool's check is one.
 */
export function understandProposal({ tool, action, scene, said }: ProposalToRead): ProposalMeaning {
  const understanding = meaningOf(said, { tool: tool?.definition ?? null, action, scene });
  const tokenised = tokeniseOrNothing(action.args);
  if (tokenised === null) return { tokens: {}, check: 'malformed', understanding };
  const check = tool === null || isTooLong(action) ? 'undeclared' : tool.check(action.args);
  const { args: tokens, findings } = tokenised;
  if (findings.length === 0) return { tokens: null, check, understanding };
  return { tokens, check, understanding: addFindings(understanding, findings) };
}

type ToMean = {
  readonly tool: ToolDefinition | null;
  readonly action: Action;
  readonly scene: Scene | null;
};

function meaningOf(said: Said, asked: ToMean): Understanding {
  switch (said.kind) {
    case 'given':
      return said.understanding;
    case 'declared':
      return understandAction({ ...asked, declared: said.declared, protected: said.protected });
    default:
      return said satisfies never;
  }
}

/** What cannot be searched for personal data within its bounds is not judged: it is malformed. */
function tokeniseOrNothing(args: JsonObject): Tokenised | null {
  try {
    return tokenise(args);
  } catch (error) {
    if (error instanceof UnderstandFailure) return null;
    throw error;
  }
}

function isTooLong({ tool, why }: Action): boolean {
  return tool.length > ACTION_LIMITS.tool_characters_max || why.length > ACTION_LIMITS.why_characters_max;
}

/** Those of detection behind the others, which may hold them already. */
function addFindings(understanding: Understanding, detected: readonly DetectionFinding[]): Understanding {
  const known = new Set(understanding.findings.map(keyOfFinding));
  const added = detected.filter((finding) => !known.has(keyOfFinding(finding)));
  const findings = [...understanding.findings, ...added.map(({ code, where }) => ({ code, where }))];
  const most = UNDERSTANDING_LIMITS.findings_max;
  if (findings.length <= most) return { ...understanding, findings };
  return { ...understanding, findings: boundLists({ resources: [], findings }, most).findings };
}
