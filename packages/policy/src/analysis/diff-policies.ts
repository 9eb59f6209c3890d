import { printJson } from '@writ/proof';
import { compilePolicy } from '../decide/compile-policy.ts';
import type { RuleVerdict } from '../decide/rule-verdict.ts';
import { allRules } from '../rules/all-rules.ts';
import { canonicalRule, decidingRule } from '../rules/canonical.ts';
import type { Example, Policy, Rule } from '../rules/policy.ts';
import { viewOfExample } from '../rules/view-of-example.ts';
import {
  compareVerdicts,
  type Direction,
  directionOfAdding,
  directionOfRemoving,
  directionOfChange,
  joinDirections,
} from './direction.ts';

export type RuleChange = {
  readonly rule: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly direction: Direction;
};

/** An example of one of the two policies that the other decides otherwise. */
export type VerdictChange = {
  readonly rule: string;
  readonly example: number;
  readonly tool: string;
  readonly before: RuleVerdict;
  readonly after: RuleVerdict;
  readonly direction: Direction;
};

export type PolicyDiff = {
  readonly changes: readonly RuleChange[];
  readonly verdicts: readonly VerdictChange[];
  /** `same` also where only words for people and examples changed. */
  readonly direction: Direction;
};

/** What one policy permits beyond another: read off the rules where it can be, and tried on all examples. */
export function diffPolicies(before: Policy, after: Policy): PolicyDiff {
  const changes = changesOf(before, after);
  const verdicts = verdictsOf(before, after);
  const direction = joinDirections([...changes, ...verdicts].map((change) => change.direction));
  return { changes, verdicts, direction };
}

function changesOf(before: Policy, after: Policy): readonly RuleChange[] {
  const old = new Map(allRules(before).map((rule) => [rule.id, rule]));
  const now = new Map(allRules(after).map((rule) => [rule.id, rule]));
  const changes: RuleChange[] = [];
  for (const [id, rule] of old) {
    if (!now.has(id)) changes.push({ rule: id, change: 'removed', direction: directionOfRemoving(rule) });
  }
  for (const [id, rule] of now) {
    const was = old.get(id);
    if (was === undefined) {
      changes.push({ rule: id, change: 'added', direction: directionOfAdding(rule) });
    } else if (spellingOf(was) !== spellingOf(rule)) {
      changes.push({ rule: id, change: 'changed', direction: directionOfChange(was, rule) });
    }
  }
  return changes;
}

/** A rule as it is written, and all that its lists have. */
function spellingOf(rule: Rule): string {
  return printJson([canonicalRule(rule), decidingRule(rule)]);
}

function verdictsOf(before: Policy, after: Policy): readonly VerdictChange[] {
  const [old, now] = [compilePolicy(before), compilePolicy(after)];
  const seen = new Set<string>();
  const changes: VerdictChange[] = [];
  for (const { rule, at, example } of [...examplesOf(before), ...examplesOf(after)]) {
    const { expect: _expect, ...action } = example;
    const key = printJson(action);
    if (seen.has(key)) continue;
    seen.add(key);
    const view = viewOfExample(action);
    const [was, is] = [old.judge(view), now.judge(view)];
    const direction = compareVerdicts(was, is);
    if (direction === 'same') continue;
    changes.push({ rule, example: at, tool: action.tool, before: was, after: is, direction });
  }
  return changes;
}

function examplesOf(
  policy: Policy,
): readonly { readonly rule: string; readonly at: number; readonly example: Example }[] {
  return allRules(policy).flatMap(({ examples, id }) =>
    examples.map((example, at) => ({ rule: id, at, example })),
  );
}
