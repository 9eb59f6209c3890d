import { RULES_MAX } from '../limits.ts';
import type { Position, Problems } from '../problem.ts';
import type { Located } from '../text/located.ts';
import { checkRule } from './check-rule.ts';
import type { VocabularyWithLists } from './check-condition.ts';
import type { Layer, Rule } from './policy.ts';
import { readList, shown } from './read-value.ts';

export function checkRules(
  list: Located,
  layer: Layer,
  vocabulary: VocabularyWithLists,
  problems: Problems,
): readonly Rule[] {
  const ids = new Set<string>();
  return (readList(list, problems, RULES_MAX) ?? []).flatMap((node) => {
    const rule = checkRule(node, vocabulary, problems);
    if (rule === undefined) return [];
    if (ids.has(rule.id))
      problems.add('RULE_ID_DUPLICATE', node.at, `\`${shown(rule.id)}\` is already there`);
    ids.add(rule.id);
    if (layer === 'narrowing' && rule.verdict === 'ALLOW')
      problems.add('PACK_LOOSENS', node.at, 'a narrowing layer allows nothing: it blocks, asks or obliges');
    return [rule];
  });
}

/** Where a rule and each of its examples stand. */
export type RulePlaces = { readonly rule: Position; readonly examples: readonly Position[] };

export function placesOf(list: Located): readonly RulePlaces[] {
  return list.kind === 'list' ? list.items.map(placesOfRule) : [];
}

function placesOfRule(node: Located): RulePlaces {
  const examples = node.kind === 'map' ? node.members.get('examples')?.value : undefined;
  return { rule: node.at, examples: examples?.kind === 'list' ? examples.items.map((item) => item.at) : [] };
}
