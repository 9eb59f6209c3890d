import { compileTree } from '../condition/compile-tree.ts';
import { Fault } from '../condition/fault.ts';
import { type BinaryNode, childrenOf, type Node } from '../condition/node.ts';
import type { View } from '../decide/view.ts';
import { NO_PAST } from '../history/question.ts';
import { RULE_STEPS_MAX } from '../limits.ts';
import { EXAMPLE_DEFAULTS } from '../rules/defaults.ts';
import { sayNode } from './say-node.ts';

/** Is it false for every action? Sound and not complete. */
export function isNever(node: Node): boolean {
  if (node.kind === 'and') return node.operands.some(isNever) || contradicts(node.operands);
  if (node.kind === 'or') return node.operands.every(isNever);
  if (node.kind === 'not') return isAlways(node.operand);
  return valueOf(node) === false;
}

export function isAlways(node: Node): boolean {
  if (node.kind === 'and') return node.operands.every(isAlways);
  if (node.kind === 'or') return node.operands.some(isAlways);
  if (node.kind === 'not') return isNever(node.operand);
  return valueOf(node) === true;
}

const NOTHING: View = { ...EXAMPLE_DEFAULTS, tool: '', history: NO_PAST };

/** The value of what looks at nothing; undefined for everything else, and for an error. */
function valueOf(node: Node): boolean | undefined {
  if (looksAtSomething(node)) return undefined;
  try {
    return compileTree(node)({ view: NOTHING, steps: 0, limit: RULE_STEPS_MAX, locals: [] });
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

function looksAtSomething(node: Node): boolean {
  return node.kind === 'name' || node.kind === 'call' || childrenOf(node).some(looksAtSomething);
}

type Bounds = { least: number; most: number; words: ReadonlySet<unknown> | null };

/** Two operands that are about the same thing, and that no value of it fulfils: `x > 5 && x < 3`. */
function contradicts(operands: readonly Node[]): boolean {
  const bounds = new Map<string, Bounds>();
  for (const operand of operands) {
    if (operand.kind !== 'binary') continue;
    const key = sayNode(operand.left);
    const found = bounds.get(key) ?? {
      least: Number.NEGATIVE_INFINITY,
      most: Number.POSITIVE_INFINITY,
      words: null,
    };
    bounds.set(key, narrow(found, operand));
  }
  return [...bounds.values()].some(({ least, most, words }) => {
    if (words === null) return least > most;
    const left = [...words].filter((word) => typeof word !== 'number' || (word >= least && word <= most));
    return left.length === 0;
  });
}

function narrow(bounds: Bounds, { operator, right }: BinaryNode): Bounds {
  if (right.kind === 'list' && operator === 'in') {
    const words = right.items.map((item) => (item.kind === 'literal' ? item.value : undefined));
    return words.includes(undefined) ? bounds : { ...bounds, words: among(bounds.words, new Set(words)) };
  }
  const value = right.kind === 'literal' ? right.value : undefined;
  if (value === undefined) return bounds;
  if (operator === '==') return { ...bounds, words: among(bounds.words, new Set([value])) };
  if (typeof value !== 'number') return bounds;
  switch (operator) {
    case '<=':
      return { ...bounds, most: Math.min(bounds.most, value) };
    case '>=':
      return { ...bounds, least: Math.max(bounds.least, value) };
    // The next number is not known for fractions: for the purpose of a contradiction the bound itself is
    // enough.
    case '<':
      return { ...bounds, most: Math.min(bounds.most, value - Number.EPSILON * Math.abs(value) * 2) };
    case '>':
      return { ...bounds, least: Math.max(bounds.least, value + Number.EPSILON * Math.abs(value) * 2) };
    default:
      return bounds;
  }
}

function among(before: ReadonlySet<unknown> | null, now: ReadonlySet<unknown>): ReadonlySet<unknown> {
  return before === null ? now : new Set([...before].filter((word) => now.has(word)));
}
