import type { JsonValue } from '@writ/proof';
import { TEXT_LENGTH_MAX } from '../limits.ts';
import { fault } from './fault.ts';
import type { BinaryNode, BinaryOperator, Node } from './node.ts';
import { charge, chargeText, type Evaluate, type Run } from './run.ts';
import { compileSimpleTest } from './compile-simple-test.ts';
import { areEqual, asInteger, asMap, asText, compare, hasMember } from './value.ts';

type Operate = (run: Run, left: JsonValue, right: JsonValue) => JsonValue;

const OPERATIONS: Readonly<Record<BinaryOperator, Operate>> = {
  '==': (run, left, right) => areEqual(run, left, right),
  '!=': (run, left, right) => !areEqual(run, left, right),
  '<': (run, left, right) => compare(run, left, right) < 0,
  '<=': (run, left, right) => compare(run, left, right) <= 0,
  '>': (run, left, right) => compare(run, left, right) > 0,
  '>=': (run, left, right) => compare(run, left, right) >= 0,
  in: isIn,
  '+': add,
  '-': (_, left, right) => exact(asInteger(left) - asInteger(right)),
  '*': (_, left, right) => exact(asInteger(left) * asInteger(right)),
  '/': (_, left, right) => {
    const dividend = asInteger(left);
    const divisor = asDivisor(right);
    // Exact where a rounded quotient might not be.
    return exact((dividend - (dividend % divisor)) / divisor);
  },
  '%': (_, left, right) => exact(asInteger(left) % asDivisor(right)),
};

export function compileBinary(node: BinaryNode, compile: (node: Node) => Evaluate): Evaluate {
  const left = compile(node.left);
  const texts = node.operator === 'in' ? literalTexts(node.right) : undefined;
  if (texts !== undefined) {
    return (run) => {
      const value = left(run);
      return typeof value === 'string' && texts.has(value);
    };
  }
  const simple = compileSimpleTest(node);
  if (simple !== undefined) return simple;
  const bound = node.right.kind === 'literal' ? node.right.value : undefined;
  if (typeof bound === 'number')
    return compileNumberTest(node.operator, left, bound) ?? general(node, left, compile);
  return general(node, left, compile);
}

function general(node: BinaryNode, left: Evaluate, compile: (node: Node) => Evaluate): Evaluate {
  const right = compile(node.right);
  const operate = OPERATIONS[node.operator];
  return (run) => operate(run, left(run), right(run));
}

/** `x > 100` is the commonest test of a number, and twice as fast without the general way. */
function compileNumberTest(operator: BinaryOperator, left: Evaluate, bound: number): Evaluate | undefined {
  const number = (run: Run): number => {
    const value = left(run);
    if (typeof value !== 'number') throw fault('TYPES_DIFFER');
    return value;
  };
  switch (operator) {
    case '<':
      return (run) => number(run) < bound;
    case '<=':
      return (run) => number(run) <= bound;
    case '>':
      return (run) => number(run) > bound;
    case '>=':
      return (run) => number(run) >= bound;
    default:
      return undefined;
  }
}

/** `x in ['a', 'b']` is by far the commonest list: a set, built once. */
function literalTexts(node: Node): ReadonlySet<string> | undefined {
  if (node.kind !== 'list') return undefined;
  const texts = node.items.flatMap((item) =>
    item.kind === 'literal' && typeof item.value === 'string' ? [item.value] : [],
  );
  return texts.length === node.items.length ? new Set(texts) : undefined;
}

function isIn(run: Run, left: JsonValue, right: JsonValue): boolean {
  if (!Array.isArray(right)) return hasMember(asMap(right), asText(left));
  charge(run, right.length);
  return right.some((item: JsonValue) => areEqual(run, left, item));
}

function add(run: Run, left: JsonValue, right: JsonValue): JsonValue {
  if (typeof left !== 'string' || typeof right !== 'string') return exact(asInteger(left) + asInteger(right));
  const length = left.length + right.length;
  if (length > TEXT_LENGTH_MAX) throw fault('TOO_LONG');
  chargeText(run, length);
  return left + right;
}

/** CEL's integers have 64 bits; Writ's stay where JSON is exact, and what leaves that range is an error. */
function exact(value: number): number {
  if (!Number.isSafeInteger(value)) throw fault('OVERFLOW');
  return value === 0 ? 0 : value;
}

function asDivisor(value: JsonValue): number {
  const divisor = asInteger(value);
  if (divisor === 0) throw fault('DIVISION_BY_ZERO');
  return divisor;
}
