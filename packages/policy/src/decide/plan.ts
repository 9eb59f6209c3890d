import type { JsonValue } from '@writ/proof';
import { openMemberOf } from '../condition/compile-simple-test.ts';
import { countNodes, type Node } from '../condition/node.ts';
import type { Run } from '../condition/run.ts';
import { JUDGE_STEPS_MAX, RULE_STEPS_MAX } from '../limits.ts';
import type { Candidate } from './judge.ts';
import type { JsonMap } from './view.ts';

/** A test of one argument that a condition begins with: `has(args.x)`, `args.x == 'a'`, `args.x < 5`. */
export type ArgumentTest = {
  readonly field: string;
  readonly operator: 'has' | '==' | '!=' | '<' | '<=' | '>' | '>=';
  readonly literal: string | number | boolean | null;
};

/** What a condition begins with, and what it costs to find that it is false. */
export type Opening = {
  readonly tests: readonly ArgumentTest[];
  readonly nodes: number;
  /** Is the condition nothing but these tests? */
  readonly whole: boolean;
};

export function openingOf(tree: Node): Opening {
  const operands = tree.kind === 'and' ? tree.operands : [tree];
  const tests: ArgumentTest[] = [];
  for (const operand of operands) {
    const test = argumentTestOf(operand);
    if (test === undefined) break;
    tests.push(test);
  }
  return { tests, nodes: countNodes(tree), whole: tests.length === operands.length };
}

function argumentTestOf(node: Node): ArgumentTest | undefined {
  if (node.kind === 'has') {
    const member = openMemberOf(node.target);
    return member?.map === 'args' ? { field: member.field, operator: 'has', literal: null } : undefined;
  }
  if (node.kind !== 'binary' || node.right.kind !== 'literal') return undefined;
  const member = openMemberOf(node.left);
  if (member?.map !== 'args') return undefined;
  const { operator } = node;
  const literal = node.right.value;
  switch (operator) {
    case '==':
    case '!=':
      return { field: member.field, operator, literal };
    case '<':
    case '<=':
    case '>':
    case '>=':
      return typeof literal === 'number' ? { field: member.field, operator, literal } : undefined;
    default:
      return undefined;
  }
}

/**
 * The openings of many rules, one behind the other. Most rules are found not to match by their first tests,
 * and here those are read in the order in which they lie, where ten thousand rules are as many places in
 * memory.
 */
export type Plan = {
  /** Of each rule where its tests begin; of the last, where they end. */
  readonly starts: Int32Array;
  readonly nodes: Int32Array;
  readonly whole: Uint8Array;
  readonly tests: readonly ArgumentTest['operator'][];
  readonly fields: readonly string[];
  readonly literals: readonly ArgumentTest['literal'][];
};

/** Shadow rules and those that look at effects first are asked as they are: they have no tests here. */
export function planOf(candidates: readonly Candidate[]): Plan {
  const openings = candidates.map(({ counts, effects, opening }) =>
    counts && effects === undefined ? opening : NOTHING,
  );
  const tests = openings.flatMap((opening) => opening.tests);
  const starts = new Int32Array(openings.length + 1);
  for (const [at, opening] of openings.entries()) starts[at + 1] = (starts[at] ?? 0) + opening.tests.length;
  return {
    starts,
    nodes: Int32Array.from(openings, ({ nodes }) => nodes),
    whole: Uint8Array.from(openings, ({ whole }) => (whole ? 1 : 0)),
    tests: tests.map(({ operator }) => operator),
    fields: tests.map(({ field }) => field),
    literals: tests.map(({ literal }) => literal),
  };
}

export const NOTHING: Opening = { tests: [], nodes: 0, whole: false };

/**
 * Is it certain whether the condition holds, and that asking it would not have failed? Its steps are counted
 * then as if it had been asked. Whatever is not plain is left to the condition: undefined.
 */
export function answerOf(plan: Plan, index: number, args: JsonMap, run: Run): boolean | undefined {
  const end = plan.starts[index + 1] ?? 0;
  let cost = plan.nodes[index] ?? 0;
  for (let at = plan.starts[index] ?? 0; at < end; at += 1) {
    const field = plan.fields[at] ?? '';
    const value = args[field];
    const literal = plan.literals[at] ?? null;
    const operator = plan.tests[at] ?? 'has';
    const isPlain = typeof value === 'string' || typeof value === 'number';
    if (operator === 'has' && value === undefined && !Object.hasOwn(args, field)) {
      return isCounted(run, cost) ? false : undefined;
    }
    if (!isPlain) return undefined;
    if (operator === 'has') continue;
    if (typeof value === 'string') {
      if (operator !== '==' && operator !== '!=') return undefined;
      if (typeof literal === 'string') cost += Math.min(value.length, literal.length) >>> 4;
    }
    if (!holds(operator, value, literal)) return isCounted(run, cost) ? false : undefined;
  }
  return plan.whole[index] === 1 && isCounted(run, cost) ? true : undefined;
}

function holds(operator: ArgumentTest['operator'], value: JsonValue, literal: JsonValue): boolean {
  if (operator === '==') return value === literal;
  if (operator === '!=') return value !== literal;
  if (typeof value !== 'number' || typeof literal !== 'number') return true;
  if (operator === '<') return value < literal;
  if (operator === '<=') return value <= literal;
  return operator === '>' ? value > literal : value >= literal;
}

/** Where the account does not reach, the condition fails, and says so itself. */
function isCounted(run: Run, cost: number): boolean {
  const steps = run.steps + cost;
  if (cost > RULE_STEPS_MAX || steps > JUDGE_STEPS_MAX) return false;
  run.steps = steps;
  return true;
}
