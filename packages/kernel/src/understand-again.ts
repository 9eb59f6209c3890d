import type { Action, Declared } from '@writ/contract';
import { type DecisionHead, type Digest, Failure, printJson, type TextHash } from '@writ/proof';
import { type CheckedTool, understandProposal } from '@writ/understand';
import { openSealedDecision, type SealedDecision } from './judge/sealed.ts';

/** The same meaning from the recorded original, or where it differs, or why it cannot be told. */
export type UnderstoodAgain =
  | { readonly kind: 'same' }
  | { readonly kind: 'differs'; readonly members: readonly string[] }
  | {
      readonly kind: 'undecidable';
      readonly code: 'ERASED' | 'ENGINE' | 'TOOL_MISSING' | 'NOT_UNDERSTOOD';
    };

export type RecordedUnderstanding = {
  readonly head: DecisionHead;
  /** The sealed part; null after erasure. */
  readonly sealed: string | null;
};

/** What understanding again is given: hashes, and tools by the digest of their definition. */
export type ToolLibrary = { readonly hash: TextHash; tool(digest: string): CheckedTool | null };

/**
 * The original action as it is sealed. `said` holds what its caller declared and the places that were
 * protected; null where a trusted caller said itself what its action means.
 */
type RecordedInput = Action & {
  readonly said?: { readonly declared: Declared | null; readonly protected: readonly string[] } | null;
};

/**
 * Understands a recorded action again, from its original in the sealed part, and compares with what was
 * judged. `engine` is the digest of the engine that runs it: it covers the tables and parsers of meaning.
 */
export function understandAgain(
  { head, sealed }: RecordedUnderstanding,
  engine: Digest,
  library: ToolLibrary,
): UnderstoodAgain {
  if (head.engine !== engine) return { kind: 'undecidable', code: 'ENGINE' };
  if (sealed === null || head.parts.sealed === null) return { kind: 'undecidable', code: 'ERASED' };
  const opened = openOrNothing(library.hash, sealed, head.parts.sealed);
  if (opened === null) return { kind: 'differs', members: ['parts.sealed'] };
  const { judged } = opened;
  const input = opened.input as RecordedInput; // as the cell printed it: see its intake
  const { said, ...action } = input;
  // A member that is missing is a record from before it was written.
  if (said === null || said === undefined) return { kind: 'undecidable', code: 'NOT_UNDERSTOOD' };
  const tool = judged.tool_digest === null ? null : library.tool(judged.tool_digest);
  if (judged.tool_digest !== null && tool === null) return { kind: 'undecidable', code: 'TOOL_MISSING' };
  const meaning = understandProposal({
    tool,
    action,
    scene: judged.scene,
    said: { kind: 'declared', ...said },
  });
  return compare(judged, {
    args: meaning.tokens ?? action.args,
    check: meaning.check,
    claims: action.claims,
    evidence: action.evidence,
    tool: action.tool,
    understanding: meaning.understanding,
  });
}

function openOrNothing(hash: TextHash, sealed: string, commitment: Digest): SealedDecision | null {
  try {
    return openSealedDecision(hash, sealed, commitment);
  } catch (error) {
    if (error instanceof Failure && error.code === 'PART_MISMATCH') return null;
    throw error;
  }
}

/** What is judged of an action, but the scene and the digest of the tool, which nothing derives. */
type Derived = Omit<SealedDecision['judged'], 'scene' | 'tool_digest'>;

function compare(recorded: Derived, again: Derived): UnderstoodAgain {
  const names = ['args', 'check', 'claims', 'evidence', 'tool', 'understanding'] as const;
  const differing = names.filter((name) => textOf(recorded[name]) !== textOf(again[name]));
  if (differing.length === 0) return { kind: 'same' };
  return { kind: 'differs', members: differing.map((name) => `judged.${name}`) };
}

/** Both sides are JSON: one was read from it, the other is made of it. */
function textOf(value: Derived[keyof Derived]): string {
  return printJson(value);
}
