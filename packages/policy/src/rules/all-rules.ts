import type { Lists } from '../condition/lists.ts';
import { listsOf, pickLists } from './policy-lists.ts';
import type { Policy, Rule } from './policy.ts';

/**
 * All rules of a policy in the order of judging: what it stands on, its own, what narrows it. Rules of packs
 * are named `pack/rule`, which no own rule can be.
 */
export function allRules(policy: Policy): readonly Rule[] {
  const { packs, rules } = policy;
  if (packs === undefined) return rules;
  const lists = listsOf(policy);
  const of = (layer: string): readonly Rule[] =>
    packs
      .filter((pack) => pack.layer === layer)
      .flatMap((pack) => pack.rules.map((rule) => filled({ ...rule, id: `${pack.name}/${rule.id}` }, lists)));
  return [...of('base'), ...rules.map((rule) => filled(rule, lists)), ...of('narrowing')];
}

/** A rule was read with what its own text has; others may have added to that. */
function filled(rule: Rule, lists: Lists): Rule {
  return rule.lists === undefined ? rule : { ...rule, lists: pickLists([...rule.lists.keys()], lists) };
}
