import { Environment } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCondition, compilePolicy, type Rule } from '../../src/index.ts';
import { viewOf } from '../support/views.ts';

// A foreign CEL implementation as the oracle: where Writ gives an answer, CEL gives the same. Where Writ says
// error, CEL may absorb it; that difference is the point and is pinned by vectors.

const ARGS = { n: 5, m: 0, s: 'abc', list: [1, 2, 3], words: ['a', 'bc'], map: { k: 'v' } };
const ACTION = viewOf({ args: ARGS, effects: ['READ_REPO', 'DELETE'], risk: 250_000 });

const environment = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false });

/** CEL's integers are bigints there. */
function toCel(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(toCel);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toCel(member)]));
}

const CONTEXT = toCel(ACTION) as Record<string, unknown>;

const { condition } = fc.letrec<{ condition: string; int: string; text: string; list: string }>((tie) => ({
  int: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'd' },
    fc.constantFrom('0', '1', '7', '-3', 'risk', '(has(args.n) ? args.n : 2)', 'size(effects)'),
    fc
      .tuple(tie('int'), fc.constantFrom('+', '-', '*', '/', '%'), tie('int'))
      .map((parts) => `(${parts.join(' ')})`),
    tie('text').map((text) => `size(${text})`),
    tie('list').map((list) => `size(${list})`),
    fc.tuple(tie('condition'), tie('int'), tie('int')).map(([test, yes, no]) => `(${test} ? ${yes} : ${no})`),
  ),
  text: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'd' },
    fc.constantFrom(
      "'a'",
      '"bc"',
      "''",
      "r'\\d'",
      "'\\u00e4'",
      'tool',
      'principal.kind',
      "(has(args.s) ? args.s : '')",
    ),
    fc.tuple(tie('text'), tie('text')).map(([left, right]) => `(${left} + ${right})`),
  ),
  list: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'd' },
    fc.constantFrom('effects', '[1, 2, 3]', "['a', 'b']", '[]'),
    fc.array(tie('int'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc.tuple(tie('list'), fc.nat(99)).map(([list, id]) => `${list}.filter(v${id}, v${id} != 'a')`),
  ),
  condition: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'd' },
    fc.constantFrom('true', 'false', 'has(args.n)', 'has(args.zzz)', "'n' in args", "'DELETE' in effects"),
    fc
      .tuple(tie('condition'), fc.constantFrom('&&', '||'), tie('condition'))
      .map((parts) => `(${parts.join(' ')})`),
    tie('condition').map((inner) => `!${inner}`),
    fc
      .tuple(tie('int'), fc.constantFrom('==', '!=', '<', '<=', '>', '>='), tie('int'))
      .map((parts) => `(${parts.join(' ')})`),
    fc
      .tuple(tie('text'), fc.constantFrom('==', '!=', '<', '>='), tie('text'))
      .map((parts) => `(${parts.join(' ')})`),
    fc
      .tuple(tie('text'), fc.constantFrom('contains', 'startsWith', 'endsWith'), tie('text'))
      .map(([text, method, part]) => `${text}.${method}(${part})`),
    fc
      .tuple(
        fc.constantFrom('all', 'exists', 'exists_one'),
        fc.constantFrom('>', '==', '<='),
        tie('int'),
        fc.nat(99),
      )
      .map(([macro, operator, int, id]) => `[1, 2, 7].${macro}(v${id}, v${id} ${operator} ${int})`),
    fc.tuple(tie('int'), tie('list')).map(([int, list]) => `(${int} in ${list})`),
  ),
}));

function answerOfWrit(when: string): boolean | 'error' {
  const rule: Rule = {
    id: 'a',
    tools: ['*'],
    when,
    verdict: 'ALLOW',
    code: 'ALLOWED',
    class: 'final',
    mode: 'enforce',
    examples: [],
  };
  const [first] = compilePolicy({ version: 1, name: 'p', rules: [rule] }).judge(ACTION).reasons;
  return first?.code === 'RULE_ERROR' ? 'error' : first?.code === 'ALLOWED';
}

describe('compileCondition()', () => {
  it('answers as CEL does wherever it answers', () => {
    const counts = { answered: 0, failed: 0, refused: 0 };
    fc.assert(
      fc.property(condition, (when) => {
        if (compileCondition(when).kind === 'refused') {
          counts.refused += 1;
          return;
        }
        const mine = answerOfWrit(when);
        if (mine === 'error') {
          counts.failed += 1;
          return;
        }
        counts.answered += 1;
        expect([when, environment.evaluate(when, CONTEXT) as unknown]).toEqual([when, mine]);
      }),
      { numRuns: 3_000 },
    );
    // The property must not pass because nothing was compared.
    expect(counts.answered).toBeGreaterThan(1_000);
  });
});
