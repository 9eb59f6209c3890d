import type { BinaryOperator, Node } from './node.ts';
import { childrenOf } from './node.ts';

/**
 * How a condition answers when a finding is added: `same` as before, `up` only towards true, `down` only
 * towards false. A rule that allows must not go up, any other must not go down, or knowing more would loosen.
 */
export type Tendency = 'same' | 'up' | 'down' | 'unknown';

export function tendencyOf(node: Node): Tendency {
  if (!mentionsFindings(node)) return 'same';
  switch (node.kind) {
    case 'not':
      return turn(tendencyOf(node.operand));
    case 'and':
    case 'or':
      return node.operands.map(tendencyOf).reduce(join, 'same');
    case 'choose':
      return mentionsFindings(node.test) ? 'unknown' : join(tendencyOf(node.yes), tendencyOf(node.no));
    case 'macro': {
      if (node.macro !== 'all' && node.macro !== 'exists') return 'unknown';
      if (!mentionsFindings(node.list)) return tendencyOf(node.body);
      if (!isFindings(node.list) || mentionsFindings(node.body)) return 'unknown';
      return node.macro === 'exists' ? 'up' : 'down';
    }
    case 'binary':
      return tendencyOfBinary(node.operator, node.left, node.right);
    default:
      return 'unknown';
  }
}

function tendencyOfBinary(operator: BinaryOperator, left: Node, right: Node): Tendency {
  if (operator === 'in') return isFindings(right) && !mentionsFindings(left) ? 'up' : 'unknown';
  if (isSizeOfFindings(left) && !mentionsFindings(right)) return tendencyOfSize(operator, right);
  return 'unknown';
}

/** `size(findings)` only grows. */
function tendencyOfSize(operator: BinaryOperator, bound: Node): Tendency {
  const isNone = bound.kind === 'literal' && bound.value === 0;
  switch (operator) {
    case '>':
    case '>=':
      return 'up';
    case '<':
    case '<=':
      return 'down';
    case '==':
      return isNone ? 'down' : 'unknown';
    case '!=':
      return isNone ? 'up' : 'unknown';
    default:
      return 'unknown';
  }
}

function isFindings(node: Node): boolean {
  return node.kind === 'name' && node.name === 'findings';
}

function isSizeOfFindings(node: Node): boolean {
  return node.kind === 'call' && node.name === 'size' && node.arguments.every(isFindings);
}

function mentionsFindings(node: Node): boolean {
  return isFindings(node) || childrenOf(node).some(mentionsFindings);
}

function turn(tendency: Tendency): Tendency {
  if (tendency === 'up') return 'down';
  return tendency === 'down' ? 'up' : tendency;
}

function join(left: Tendency, right: Tendency): Tendency {
  if (left === 'same' || left === right) return right;
  return right === 'same' ? left : 'unknown';
}
