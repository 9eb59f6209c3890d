import { impossible } from './fault.ts';

/** The tree of a condition. `at` is the offset in the condition's text. */
export type Node =
  | LiteralNode
  | NameNode
  | SelectNode
  | IndexNode
  | { readonly kind: 'has'; readonly at: number; readonly target: SelectNode }
  | CallNode
  | MacroNode
  | { readonly kind: 'list'; readonly at: number; readonly items: readonly Node[] }
  | { readonly kind: 'not' | 'negate'; readonly at: number; readonly operand: Node }
  | LogicNode
  | BinaryNode
  | ChooseNode;

export type LiteralNode = {
  readonly kind: 'literal';
  readonly at: number;
  readonly type: 'string' | 'int' | 'double' | 'bool' | 'null';
  readonly value: string | number | boolean | null;
};

export type NameNode = { readonly kind: 'name'; readonly at: number; readonly name: string };

export type SelectNode = {
  readonly kind: 'select';
  readonly at: number;
  readonly base: Node;
  readonly field: string;
};

export type IndexNode = {
  readonly kind: 'index';
  readonly at: number;
  readonly base: Node;
  readonly index: Node;
};

/** A receiver is the first argument: `a.contains(b)` is `contains(a, b)`. */
export type CallNode = {
  readonly kind: 'call';
  readonly at: number;
  readonly name: string;
  readonly receiver: boolean;
  readonly arguments: readonly Node[];
};

export type MacroName = 'all' | 'exists' | 'exists_one' | 'filter' | 'map';

export type MacroNode = {
  readonly kind: 'macro';
  readonly at: number;
  readonly macro: MacroName;
  readonly list: Node;
  readonly variable: string;
  readonly body: Node;
};

/** Chains are flat, so that fifty alternatives are one level and not fifty. */
export type LogicNode = {
  readonly kind: 'and' | 'or';
  readonly at: number;
  readonly operands: readonly Node[];
};

export type BinaryOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | '+' | '-' | '*' | '/' | '%';

export type BinaryNode = {
  readonly kind: 'binary';
  readonly at: number;
  readonly operator: BinaryOperator;
  readonly left: Node;
  readonly right: Node;
};

export type ChooseNode = {
  readonly kind: 'choose';
  readonly at: number;
  readonly test: Node;
  readonly yes: Node;
  readonly no: Node;
};

export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'literal':
    case 'name':
      return [];
    case 'select':
      return [node.base];
    case 'index':
      return [node.base, node.index];
    case 'has':
      return [node.target];
    case 'call':
      return node.arguments;
    case 'macro':
      return [node.list, node.body];
    case 'list':
      return node.items;
    case 'not':
    case 'negate':
      return [node.operand];
    case 'and':
    case 'or':
      return node.operands;
    case 'binary':
      return [node.left, node.right];
    case 'choose':
      return [node.test, node.yes, node.no];
    default:
      return impossible(node);
  }
}

/** What a condition costs before it reads anything: a step for each. */
export function countNodes(node: Node): number {
  return childrenOf(node).reduce((count, child) => count + countNodes(child), 1);
}
