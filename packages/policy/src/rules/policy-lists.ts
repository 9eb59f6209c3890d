import type { Lists } from '../condition/lists.ts';
import { LIST_NAMES_MAX } from '../limits.ts';
import type { Problems } from '../problem.ts';
import type { Located, LocatedMember } from '../text/located.ts';
import type { Layer, Policy } from './policy.ts';
import { readItems, readMatching, shown } from './read-value.ts';

const NAME = /^[a-z][a-z0-9_]{0,31}$/;
/** What a host, a branch or a path of a program is written with. */
const ITEM = /^[\x20-\x7e]{1,256}$/;

export const NO_LISTS: Lists = new Map();

/** The lists that a text declares. One that narrows has none: what is added to a list may loosen. */
export function checkLists(member: LocatedMember | undefined, layer: Layer, problems: Problems): Lists {
  if (member === undefined) return NO_LISTS;
  const { key_at, value: node } = member;
  if (layer === 'narrowing') {
    problems.add('MEMBER_NOT_APPLICABLE', key_at, 'a narrowing layer has no lists: what they add may loosen');
    return NO_LISTS;
  }
  if (node.kind !== 'map') {
    problems.add('TYPE_WRONG', node.at, 'expected a mapping of names to lists of text');
    return NO_LISTS;
  }
  if (node.members.size > LIST_NAMES_MAX)
    problems.add('LIST_TOO_LONG', node.at, `at most ${LIST_NAMES_MAX} lists`);
  const lists = new Map<string, readonly string[]>();
  for (const [name, { key_at: at, value }] of node.members) {
    if (!NAME.test(name)) problems.add('VALUE_WRONG', at, `a list is named like \`hosts\`: ${shown(name)}`);
    lists.set(name, readTexts(value, problems));
  }
  return lists;
}

/** A set, which may be empty: then it is there for others to add to. */
function readTexts(node: Located, problems: Problems): readonly string[] {
  const what = 'an item is 1 to 256 printable ASCII characters';
  return readItems(node, (item) => readMatching(item, ITEM, what, problems), problems) ?? [];
}

/** One name is one list: what several texts put into it stands there together. */
export function joinLists(all: readonly (Lists | undefined)[]): Lists {
  const joined = new Map<string, Set<string>>();
  for (const [name, items] of all.flatMap((lists) => [...(lists ?? NO_LISTS)])) {
    joined.set(name, new Set([...(joined.get(name) ?? []), ...items]));
  }
  return new Map([...joined].map(([name, items]) => [name, [...items].toSorted()]));
}

/** All that the rules of a policy and of what it stands on read. */
export function listsOf({ lists, packs = [] }: Policy): Lists {
  return joinLists([lists, ...packs.map((pack) => pack.lists)]);
}

/** Those that a condition reads, as they are. */
export function pickLists(names: readonly string[], lists: Lists): Lists {
  return new Map([...new Set(names)].toSorted().map((name) => [name, lists.get(name) ?? []]));
}

/** Nothing where there are none, so that a policy without lists has one spelling. */
export function listsMember(lists: Lists | undefined): { readonly lists?: Lists } {
  return lists === undefined || lists.size === 0 ? {} : { lists };
}
