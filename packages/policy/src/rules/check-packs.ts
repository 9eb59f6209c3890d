import { PACKS_MAX } from '../limits.ts';
import type { Problems } from '../problem.ts';
import type { Located } from '../text/located.ts';
import { checkRules, placesOf, type RulePlaces } from './check-rules.ts';
import { checkLists, listsMember } from './policy-lists.ts';
import type { Pack, PolicyResult, Vocabulary } from './policy.ts';
import { readLayer, readPackName } from './read-pack.ts';
import { readList, readMembers, required, shown } from './read-value.ts';

export type PackRead = { readonly pack: Pack; readonly places: readonly RulePlaces[] };

/** What a policy stands on and what narrows it: each whole in its text, or a name that the loader knows. */
export function checkPacks(
  list: Located,
  vocabulary: Vocabulary,
  parsePack: (text: string) => PolicyResult,
  problems: Problems,
): readonly PackRead[] {
  const names = new Set<string>();
  return (readList(list, problems, PACKS_MAX) ?? []).flatMap((node) => {
    const read =
      node.kind === 'map'
        ? checkPack(node, vocabulary, problems)
        : findPack(node, vocabulary, parsePack, problems);
    if (read === undefined) return [];
    const { name } = read.pack;
    if (names.has(name)) problems.add('PACK_DUPLICATE', node.at, `\`${shown(name)}\` is already there`);
    names.add(name);
    return [read];
  });
}

const MEMBERS: ReadonlySet<string> = new Set(['name', 'layer', 'lists', 'rules']);

function checkPack(node: Located, vocabulary: Vocabulary, problems: Problems): PackRead | undefined {
  const members = readMembers(node, MEMBERS, problems);
  const nameNode = members && required(members, 'name', problems);
  const rulesNode = members && required(members, 'rules', problems);
  const name = nameNode && readPackName(nameNode, problems);
  if (members === undefined || rulesNode === undefined || name === undefined) return undefined;
  const layer = readLayer(members.get('layer')?.value, problems);
  const lists = checkLists(members.get('lists'), layer, problems);
  const rules = checkRules(rulesNode, layer, { ...vocabulary, lists }, problems);
  return { pack: { name, layer, ...listsMember(lists), rules }, places: placesOf(rulesNode) };
}

/** The text of a pack is a policy that loads by itself; what is wrong with it is told where it is named. */
function findPack(
  node: Located,
  { packs }: Vocabulary,
  parsePack: (text: string) => PolicyResult,
  problems: Problems,
): PackRead | undefined {
  const name = readPackName(node, problems);
  if (name === undefined) return undefined;
  const text = packs?.(name);
  if (text === undefined) {
    problems.add('PACK_UNKNOWN', node.at, `there is no pack \`${shown(name)}\` here`);
    return undefined;
  }
  const result = parsePack(text);
  if (result.kind === 'refused') {
    const [first] = result.problems;
    const why = `${first?.line ?? 0}:${first?.column ?? 0} ${first?.code ?? ''} ${first?.message ?? ''}`;
    problems.add('PACK_UNKNOWN', node.at, `the pack \`${shown(name)}\` does not load: ${why}`);
    return undefined;
  }
  const { layer = 'base', lists, rules, packs: nested } = result.policy;
  if (nested !== undefined) {
    problems.add('PACK_UNKNOWN', node.at, `the pack \`${shown(name)}\` stands on packs of its own`);
    return undefined;
  }
  const places = rules.map(({ examples }) => ({ rule: node.at, examples: examples.map(() => node.at) }));
  return { pack: { name, layer, ...listsMember(lists), rules }, places };
}
