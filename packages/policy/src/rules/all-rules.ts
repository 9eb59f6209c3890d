import type { Policy, Rule } from './policy.ts';

/**
 * All rules of a policy in the order of judging: what it stands on, its own, what narrows it. Rules of packs
 * are named `pack/rule`, which no own rule can be.
 */
export function allRules({ packs, rules }: Policy): readonly Rule[] {
  if (packs === undefined) return rules;
  const of = (layer: string): readonly Rule[] =>
    packs
      .filter((pack) => pack.layer === layer)
      .flatMap((pack) => pack.rules.map((rule) => ({ ...rule, id: `${pack.name}/${rule.id}` })));
  return [...of('base'), ...rules, ...of('narrowing')];
}
