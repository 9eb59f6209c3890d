import type { CompiledPolicy, RuleVerdict } from '../decide/rule-verdict.ts';
import type { Problems } from '../problem.ts';
import type { RulePlaces } from './parse-policy.ts';
import type { Policy, Rule } from './policy.ts';

/** Each example says what the whole policy decides; each rule has at least one that it matches. */
export function runExamples(
  policy: Policy,
  compiled: CompiledPolicy,
  places: readonly RulePlaces[],
  problems: Problems,
): void {
  for (const [ruleIndex, rule] of policy.rules.entries()) {
    let matched = false;
    const place = places[ruleIndex];
    if (place === undefined) continue;
    for (const [exampleIndex, example] of rule.examples.entries()) {
      const decided = compiled.judge(example);
      matched ||= isMatched(rule, decided);
      if (decided.verdict === example.expect) continue;
      const because = decided.reasons.map((reason) => `${reason.code} ${reason.rule}`.trim()).join(', ');
      const message = `rule ${rule.id}: expected ${example.expect}, got ${decided.verdict} (${because})`;
      problems.add('EXAMPLE_FAILED', place.examples[exampleIndex] ?? place.rule, message);
    }
    if (matched) continue;
    problems.add('EXAMPLE_MISSING', place.rule, `rule ${rule.id}: no example is matched by the rule itself`);
  }
}

/** An error is not a match. */
function isMatched(rule: Rule, decided: RuleVerdict): boolean {
  const list = rule.mode === 'shadow' ? decided.shadow : decided.reasons;
  return list.some((reason) => reason.rule === rule.id && reason.fault === undefined);
}
