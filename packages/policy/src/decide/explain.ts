import type { Condition } from '../condition/compile-condition.ts';
import { Fault, type FaultCode } from '../condition/fault.ts';
import type { Run } from '../condition/run.ts';
import type { Rule } from '../rules/policy.ts';
import { type Candidate, limitOf, passes } from './judge.ts';
import type { View } from './view.ts';

/** How one rule of the tool stood to an action: why it matched, or why it did not. */
export type RuleTrial = {
  readonly rule: Rule;
  readonly outcome: 'matched' | 'effects_differ' | 'condition_false' | 'failed';
  /** What went wrong in a rule that failed. */
  readonly fault: FaultCode | null;
};

/**
 * The same walk as judging, with every rule of the tool told. Steps are counted as there, so a rule that
 * failed for want of them fails here.
 */
export function tryCandidates(list: readonly Candidate[], view: View): readonly RuleTrial[] {
  const enforcing: Run = { view, steps: 0, limit: 0, locals: [] };
  const shadowing: Run = { view, steps: 0, limit: 0, locals: [] };
  return list.map(({ rule, condition }) => {
    const run = rule.mode === 'enforce' ? enforcing : shadowing;
    try {
      return { rule, outcome: outcomeOf(rule, condition, run), fault: null };
    } catch (error) {
      return { rule, outcome: 'failed', fault: error instanceof Fault ? error.code : 'INTERNAL' };
    }
  });
}

function outcomeOf(rule: Rule, condition: Condition | undefined, run: Run): RuleTrial['outcome'] {
  if (rule.effects !== undefined && !passes(rule.effects, run.view.effects)) return 'effects_differ';
  if (condition === undefined) return 'matched';
  run.limit = limitOf(run);
  return condition(run) ? 'matched' : 'condition_false';
}
