import type { Problems } from '../problem.ts';
import type { Located } from '../text/located.ts';
import type { ExampleAction, Vocabulary } from './policy.ts';
import { readList, readMembers, readText, required, shown } from './read-value.ts';

export function readEffects(
  node: Located,
  vocabulary: Vocabulary,
  problems: Problems,
): readonly string[] | undefined {
  return readList(node, problems)?.flatMap((item) => readEffect(item, vocabulary, problems) ?? []);
}

export function readEffect(node: Located, vocabulary: Vocabulary, problems: Problems): string | undefined {
  const effect = readText(node, problems);
  if (effect === undefined || vocabulary.effects.has(effect)) return effect;
  problems.add('EFFECT_UNKNOWN', node.at, `there is no effect \`${shown(effect)}\``);
  return undefined;
}

const RESOURCE_MEMBERS: ReadonlySet<string> = new Set(['kind', 'name']);

export function readResources(node: Located, problems: Problems): ExampleAction['resources'] | undefined {
  return readList(node, problems)?.flatMap((item) => {
    const members = readMembers(item, RESOURCE_MEMBERS, problems);
    const kind = members && required(members, 'kind', problems);
    const name = members && required(members, 'name', problems);
    if (kind === undefined || name === undefined) return [];
    return [{ kind: readText(kind, problems) ?? '', name: readText(name, problems) ?? '' }];
  });
}
