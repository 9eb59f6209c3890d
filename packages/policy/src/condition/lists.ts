import { childrenOf, type Node } from './node.ts';
import { parseTree } from './parse-tree.ts';

/** Named lists of text that a policy declares: what its conditions read as `lists.name`. */
export type Lists = ReadonlyMap<string, readonly string[]>;

const LISTS = 'lists';

/** The name of the list that a node reads; no other spelling reads one. */
export function listRead(node: Node): string | undefined {
  if (node.kind !== 'select' || node.base.kind !== 'name' || node.base.name !== LISTS) return undefined;
  return node.field;
}

/** A name that a loop must not take: `lists.name` would read its items. */
export function isListsName(name: string): boolean {
  return name === LISTS;
}

export function listsIn(node: Node): readonly string[] {
  const own = listRead(node);
  return own === undefined ? childrenOf(node).flatMap(listsIn) : [own];
}

/** The tree of a rule's condition, where its lists stand for what is in them. */
export function treeOf({ when, lists }: { readonly when: string; readonly lists?: Lists }): Node {
  const tree = parseTree(when);
  return lists === undefined ? tree : withLists(tree, lists);
}

/** The same tree with a list of literals in place of each list that it reads. */
export function withLists(node: Node, lists: Lists): Node {
  const put = (child: Node): Node => withLists(child, lists);
  switch (node.kind) {
    case 'literal':
    case 'name':
    case 'has':
      return node;
    case 'select': {
      const name = listRead(node);
      const items = name === undefined ? undefined : lists.get(name);
      return items === undefined ? { ...node, base: put(node.base) } : literals(node.at, items);
    }
    case 'index':
      return { ...node, base: put(node.base), index: put(node.index) };
    case 'call':
      return { ...node, arguments: node.arguments.map(put) };
    case 'macro':
      return { ...node, list: put(node.list), body: put(node.body) };
    case 'list':
      return { ...node, items: node.items.map(put) };
    case 'not':
    case 'negate':
      return { ...node, operand: put(node.operand) };
    case 'and':
    case 'or':
      return { ...node, operands: node.operands.map(put) };
    case 'binary':
      return { ...node, left: put(node.left), right: put(node.right) };
    case 'choose':
      return { ...node, test: put(node.test), yes: put(node.yes), no: put(node.no) };
    default:
      return node satisfies never;
  }
}

function literals(at: number, items: readonly string[]): Node {
  const texts = items.map((value): Node => ({ kind: 'literal', at, type: 'string', value }));
  return { kind: 'list', at, items: texts };
}
