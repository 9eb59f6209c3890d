import { compilePolicy, compileRules } from '../decide/compile-policy.ts';
import type { CompiledPolicy, RuleVerdict } from '../decide/rule-verdict.ts';
import { EXAMPLES_STEPS_MAX } from '../limits.ts';
import type { Problems } from '../problem.ts';
import { ALLOWS_ALL } from './allows-all.ts';
import type { RulePlaces } from './check-rules.ts';
import { allRules } from './all-rules.ts';
import { listsMember } from './policy-lists.ts';
import type { Layer, Policy, Rule } from './policy.ts';
import { viewOfExample } from './view-of-example.ts';

/**
 * Each example says what is decided by all that stands in its own text: a pack by itself, the policy's own
 * rules together with what they stand on, a narrowing layer as if everything else allowed.
 */
export function runAllExamples(policy: Policy, places: AllPlaces, problems: Problems): void {
  const account: Account = { steps: 0, problems };
  const { layer: ownLayer = 'base', packs = [] } = policy;
  const base: Policy = { ...policy, packs: packs.filter(({ layer }) => layer === 'base') };
  runExamples(policy.rules, compileFor(ownLayer, base), places.own, account);
  for (const [at, { name, layer, lists, rules }] of packs.entries()) {
    const alone: Policy = { version: 1, name, layer, ...listsMember(lists), rules };
    runExamples(rules, compileFor(layer, alone), places.packs[at] ?? [], account);
  }
}

/** Where the rules of a policy and of each of its packs stand. */
export type AllPlaces = {
  readonly own: readonly RulePlaces[];
  readonly packs: readonly (readonly RulePlaces[])[];
};

type Account = { steps: number; readonly problems: Problems };

function compileFor(layer: Layer, policy: Policy): CompiledPolicy {
  if (layer === 'base') return compilePolicy(policy);
  return compileRules([ALLOWS_ALL, ...allRules(policy)], '');
}

function runExamples(
  rules: readonly Rule[],
  compiled: CompiledPolicy,
  places: readonly RulePlaces[],
  account: Account,
): void {
  const { problems } = account;
  for (const [ruleIndex, rule] of rules.entries()) {
    const alone = compileRules([rule], '');
    let matched = false;
    const place = places[ruleIndex];
    if (place === undefined) continue;
    for (const [exampleIndex, example] of rule.examples.entries()) {
      const view = viewOfExample(example);
      const decided = compiled.judge(view);
      account.steps += 1 + decided.steps + decided.reasons.length;
      if (account.steps > EXAMPLES_STEPS_MAX) {
        problems.add('POLICY_TOO_LARGE', place.rule, `all examples take at most ${EXAMPLES_STEPS_MAX} steps`);
        return;
      }
      matched ||= isMatched(rule, alone.judge(view));
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
