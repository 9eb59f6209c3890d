import { ITEMS_MAX } from '../limits.ts';
import type { Position, Problems } from '../problem.ts';
import { describe, type Located, type LocatedMember } from '../text/located.ts';

/** Members of a mapping, known by name; anything else in it is a problem. */
export type Members = { readonly at: Position; readonly get: (name: string) => LocatedMember | undefined };

export function readMembers(
  node: Located,
  allowed: ReadonlySet<string>,
  problems: Problems,
): Members | undefined {
  if (node.kind !== 'map') {
    problems.add('TYPE_WRONG', node.at, `expected a mapping, found ${describe(node)}`);
    return undefined;
  }
  for (const [name, member] of node.members) {
    if (!allowed.has(name))
      problems.add('MEMBER_UNKNOWN', member.key_at, `unknown member \`${shown(name)}\``);
  }
  return { at: node.at, get: (name) => (allowed.has(name) ? node.members.get(name) : undefined) };
}

/** A member that must be there. */
export function required(members: Members, name: string, problems: Problems): Located | undefined {
  const member = members.get(name);
  if (member === undefined) problems.add('MEMBER_MISSING', members.at, `\`${name}\` is missing`);
  return member?.value;
}

export function readText(node: Located, problems: Problems): string | undefined {
  if (node.kind === 'scalar' && typeof node.value === 'string') return node.value;
  problems.add('TYPE_WRONG', node.at, `expected text, found ${describe(node)}`);
  return undefined;
}

export function readMatching(
  node: Located,
  pattern: RegExp,
  what: string,
  problems: Problems,
): string | undefined {
  const text = readText(node, problems);
  if (text === undefined || pattern.test(text)) return text;
  problems.add('VALUE_WRONG', node.at, what);
  return undefined;
}

/** One word of a closed list. */
export function readChoice<const Choice extends string>(
  node: Located,
  choices: readonly Choice[],
  problems: Problems,
): Choice | undefined {
  const text = readText(node, problems);
  if (text === undefined) return undefined;
  const found = choices.find((choice) => choice === text);
  if (found === undefined) problems.add('VALUE_WRONG', node.at, `expected one of ${choices.join(', ')}`);
  return found;
}

export function readInteger(node: Located, min: number, max: number, problems: Problems): number | undefined {
  const value = node.kind === 'scalar' ? node.value : undefined;
  if (typeof value !== 'number') {
    problems.add('TYPE_WRONG', node.at, `expected an integer, found ${describe(node)}`);
    return undefined;
  }
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  problems.add('VALUE_WRONG', node.at, `expected an integer from ${min} to ${max}`);
  return undefined;
}

export function readList(
  node: Located,
  problems: Problems,
  max: number = ITEMS_MAX,
): readonly Located[] | undefined {
  if (node.kind !== 'list') {
    problems.add('TYPE_WRONG', node.at, `expected a list, found ${describe(node)}`);
    return undefined;
  }
  if (node.items.length <= max) return node.items;
  problems.add('LIST_TOO_LONG', node.at, `at most ${max} items`);
  return undefined;
}

/** A set written as a list: not empty, nothing twice. Sorted, so that its order has one spelling. */
export function readSet(
  node: Located,
  readItem: (item: Located) => string | undefined,
  problems: Problems,
): readonly string[] | undefined {
  if (node.kind === 'list' && node.items.length === 0)
    problems.add('LIST_EMPTY', node.at, 'an empty list says nothing: leave it out');
  return readItems(node, readItem, problems);
}

/** The same where an empty one says something, too. */
export function readItems(
  node: Located,
  readItem: (item: Located) => string | undefined,
  problems: Problems,
): readonly string[] | undefined {
  const items = readList(node, problems);
  if (items === undefined) return undefined;
  const seen = new Set<string>();
  for (const item of items) {
    const text = readItem(item);
    if (text === undefined) continue;
    if (seen.has(text)) problems.add('DUPLICATE_ITEM', item.at, `\`${shown(text)}\` is already there`);
    seen.add(text);
  }
  return [...seen].toSorted();
}

/** Foreign text in a message: short and printable. */
export function shown(text: string): string {
  return text.slice(0, 40).replace(/[^\x20-\x7e]/g, '?');
}
