import type { FaultCode } from '../condition/fault.ts';
import type { ProofOfPerson } from '../rules/policy.ts';
import type { ReasonClass, Verdict } from './verdict.ts';
import type { RuleTrial } from './explain.ts';
import type { View } from './view.ts';

/** One rule that matched, one that could not be evaluated, or (rule `''`) the absence of an ALLOW. */
export type RuleReason = {
  readonly rule: string;
  readonly verdict: Verdict;
  readonly code: string;
  readonly class: ReasonClass;
  readonly needs?: ProofOfPerson;
  readonly quorum?: number;
  readonly escalate_to?: string;
  readonly deadline_s?: number;
  /** Only with NEED_EVIDENCE: the kinds that are missing. */
  readonly evidence?: readonly string[];
  /** Only with code RULE_ERROR: what went wrong, for the operator. */
  readonly fault?: FaultCode;
};

export type RuleVerdict = {
  /** The strictest of the reasons. */
  readonly verdict: Verdict;
  /** In file order; `NO_RULE` last. */
  readonly reasons: readonly RuleReason[];
  /** The sorted union of what the matching rules ask for. */
  readonly obligations: readonly string[];
  /** What the shadow rules would have said, in file order. They never count. */
  readonly shadow: readonly RuleReason[];
  /** Work done by the conditions: a count, the same on every machine. */
  readonly steps: number;
};

export type CompiledPolicy = {
  /** base64url SHA-256 of the canonical policy. */
  readonly digest: string;
  /** Never throws: what cannot be judged is BLOCK. */
  readonly judge: (view: View) => RuleVerdict;
  /**
   * Every rule of the tool in file order, and how it stood to this. Never throws; nothing when `judge` could
   * not look.
   */
  readonly explain: (view: View) => readonly RuleTrial[];
  /** Names that its questions need as tags, sorted: `tool/mail.send`. */
  readonly names: readonly string[];
  /** The digest of all that can decide about this tool; unrelated edits leave it unchanged. */
  readonly sliceFor: (tool: string) => string;
};
