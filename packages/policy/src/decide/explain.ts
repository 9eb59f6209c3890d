import { Fault, type FaultCode } from '../condition/fault.ts';
import type { Run } from '../condition/run.ts';
import type { Rule } from '../rules/policy.ts';
import { askEvidence, type Candidate, limitOf, passes } from './judge.ts';
import type { View } from './view.ts';

/** How one rule of the tool stood to an action: why it matched, or why it did not. */
export type RuleTrial = {
  readonly rule: Rule;
  readonly outcome: 'matched' | 'effects_differ' | 'condition_false' | 'evidence_brought' | 'failed';
  /** What went wrong in a rule that failed. */
  readonly fault: FaultCode | null;
};

/**
 * The same walk as judging, with every rule of the tool told. Steps are counted as there, so a rule that
 * failed for want of them fails here, and one that was not asked is not asked here.
 */
export function tryCandidates(
  list: readonly Candidate[],
  asked: ReadonlySet<Candidate>,
  view: View,
): readonly RuleTrial[] {
  const enforcing: Run = { view, steps: 0, limit: 0, locals: [] };
  const shadowing: Run = { view, steps: 0, limit: 0, locals: [] };
  return list.map((candidate) => {
    const { rule } = candidate;
    const run = rule.mode === 'enforce' ? enforcing : shadowing;
    try {
      return { rule, outcome: outcomeOf(candidate, asked, run), fault: null };
    } catch (error) {
      return { rule, outcome: 'failed', fault: error instanceof Fault ? error.code : 'INTERNAL' };
    }
  });
}

function outcomeOf(candidate: Candidate, asked: ReadonlySet<Candidate>, run: Run): RuleTrial['outcome'] {
  const { condition, reason, rule } = candidate;
  if (rule.effects !== undefined && !passes(rule.effects, run.view.effects)) return 'effects_differ';
  // What its condition begins with is not there.
  if (!asked.has(candidate)) return 'condition_false';
  if (condition !== undefined) {
    run.limit = limitOf(run);
    if (!condition(run)) return 'condition_false';
  }
  if (rule.evidence === undefined) return 'matched';
  return askEvidence(reason, rule.evidence, run.view.evidence) === undefined ? 'evidence_brought' : 'matched';
}
