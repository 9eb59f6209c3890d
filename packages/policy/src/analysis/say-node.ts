import { impossible } from '../condition/fault.ts';
import { isHistoryCall, questionOf } from '../condition/check-history.ts';
import type {
  BinaryNode,
  BinaryOperator,
  CallNode,
  LiteralNode,
  MacroNode,
  Node,
} from '../condition/node.ts';
import { NO_WORDS } from '../condition/words.ts';
import { sayWindow } from './say-window.ts';

/** A condition in plain words. One condition has one way to be said, whatever spaces it was written with. */
export function sayNode(node: Node): string {
  switch (node.kind) {
    case 'literal':
      return sayLiteral(node);
    case 'name':
      return node.name;
    case 'select':
      return `${sayNode(node.base)}.${node.field}`;
    case 'index':
      return `${sayNode(node.base)}[${sayNode(node.index)}]`;
    case 'has':
      return `${sayNode(node.target)} is given`;
    case 'call':
      return isHistoryCall(node) ? sayHistory(node) : sayCall(node);
    case 'macro':
      return sayMacro(node);
    case 'list':
      return node.items.map(sayNode).join(', ');
    case 'not':
      return sayNot(node.operand);
    case 'negate':
      return `-${sayInside(node.operand)}`;
    case 'and':
      return node.operands.map(sayInside).join(' and ');
    case 'or':
      return node.operands.map(sayInside).join(' or ');
    case 'binary':
      return sayBinary(node);
    case 'choose':
      return `if ${sayInside(node.test)} then ${sayInside(node.yes)}, else ${sayInside(node.no)}`;
    default:
      return impossible(node);
  }
}

function sayInside(node: Node): string {
  return ['and', 'or', 'choose'].includes(node.kind) ? `(${sayNode(node)})` : sayNode(node);
}

function sayLiteral({ value }: LiteralNode): string {
  return JSON.stringify(value);
}

function sayNot(operand: Node): string {
  if (operand.kind === 'has') return `${sayNode(operand.target)} is not given`;
  if (operand.kind === 'binary' && operand.operator === 'in') return sayIn(operand, true);
  return `not (${sayNode(operand)})`;
}

const COMPARISONS: Readonly<Partial<Record<BinaryOperator, string>>> = {
  '==': 'is',
  '!=': 'is not',
  '<': 'is less than',
  '<=': 'is at most',
  '>': 'is more than',
  '>=': 'is at least',
};

function sayBinary(node: BinaryNode): string {
  const { left, operator, right } = node;
  if (operator === 'in') return sayIn(node, false);
  return `${sayOperand(left)} ${COMPARISONS[operator] ?? operator} ${sayOperand(right)}`;
}

function sayOperand(node: Node): string {
  return node.kind === 'binary' ? `(${sayNode(node)})` : sayInside(node);
}

function sayIn({ left, right }: BinaryNode, negated: boolean): string {
  const not = negated ? 'not ' : '';
  const what = sayInside(left);
  if (right.kind === 'name' && right.name === 'findings')
    return `there is ${negated ? 'no' : 'the'} finding ${what}`;
  if (right.kind === 'name' && right.name === 'effects') return `it has ${not}the effect ${what}`;
  if (right.kind === 'list') return `${what} is ${not}one of ${sayNode(right)}`;
  return `${what} is ${not}in ${sayInside(right)}`;
}

function sayCall({ name, arguments: given }: CallNode): string {
  const [first, second] = given.map(sayOperand);
  switch (name) {
    case 'size':
      return `the size of ${first ?? ''}`;
    case 'contains':
      return `${first ?? ''} contains ${second ?? ''}`;
    case 'startsWith':
      return `${first ?? ''} starts with ${second ?? ''}`;
    case 'endsWith':
      return `${first ?? ''} ends with ${second ?? ''}`;
    case 'matches':
      return `${first ?? ''} matches the pattern ${second ?? ''}`;
    default:
      return `${first ?? ''} in lower case`;
  }
}

function sayMacro({ macro, list, variable, body }: MacroNode): string {
  const [from, that] = [sayInside(list), sayNode(body)];
  switch (macro) {
    case 'all':
      return `for every ${variable} of ${from}: (${that})`;
    case 'exists':
      return `for some ${variable} of ${from}: (${that})`;
    case 'exists_one':
      return `for exactly one ${variable} of ${from}: (${that})`;
    case 'filter':
      return `those ${variable} of ${from} for which (${that})`;
    case 'map':
      return `the list of (${that}) for every ${variable} of ${from}`;
    default:
      return impossible(macro);
  }
}

function sayHistory(node: CallNode): string {
  const { ask, kind, name, window_s } = questionOf(node, NO_WORDS).question;
  const what = name === null ? 'this tool' : `the ${kind === 'done' ? 'tool' : kind} '${name}'`;
  const when = sayWindow(window_s);
  const done = kind === 'done' ? 'ran to a good end' : 'occurred';
  if (node.name === 'formerly') return `${what} ${done} in the last ${when}`;
  switch (ask) {
    case 'count':
      return `how often ${what} ${done} in the last ${when}`;
    case 'sum':
      return `what was spent of '${name ?? ''}' in the last ${when}, with what is in flight`;
    case 'distinct':
      return `the number of different ${kind}s in the last ${when}`;
    case 'since':
      return `the seconds since ${what} ${done}`;
    default:
      return impossible(ask);
  }
}
