import type { JsonValue } from '@writ/proof';
import { TEXT_LENGTH_MAX } from '../limits.ts';
import { Fault } from './fault.ts';
import type { BinaryNode, BinaryOperator, Node } from './node.ts';
import { charge, chargeText, type Evaluate, type Run } from './run.ts';
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
  const right = compile(node.right);
  const operate = OPERATIONS[node.operator];
  return (run) => operate(run, left(run), right(run));
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
  if (length > TEXT_LENGTH_MAX) throw new Fault('TOO_LONG');
  chargeText(run, length);
  return left + right;
}

/** CEL's integers have 64 bits; Writ's stay where JSON is exact, and what leaves that range is an error. */
function exact(value: number): number {
  if (!Number.isSafeInteger(value)) throw new Fault('OVERFLOW');
  return value === 0 ? 0 : value;
}

function asDivisor(value: JsonValue): number {
  const divisor = asInteger(value);
  if (divisor === 0) throw new Fault('DIVISION_BY_ZERO');
  return divisor;
}
