import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCondition, compilePolicy, type Rule, type View } from '../../src/index.ts';
import { policyFrom } from '../support/arbitrary.ts';
import { viewOf } from '../support/views.ts';

const literal = fc.constantFrom(
  '0',
  '3',
  '2.5',
  "'a'",
  "'3'",
  'true',
  'null',
  "'a long text that is read in sixteens'",
);
const test = fc
  .tuple(
    fc.constantFrom('x', 'y', 'toString'),
    fc.constantFrom('==', '!=', '<', '<=', '>', '>=', 'has'),
    literal,
  )
  .map(([field, operator, value]) =>
    operator === 'has' ? `has(args.${field})` : `has(args.${field}) && args.${field} ${operator} ${value}`,
  );
const condition = fc
  .array(test, { minLength: 1, maxLength: 4 })
  .map((tests) => tests.join(' && '))
  .filter((when) => compileCondition(when).kind === 'condition');

const value = fc.constantFrom<unknown>(
  0,
  3,
  2.5,
  'a',
  '3',
  true,
  null,
  [],
  {},
  'a long text that is read in sixteens',
);
const args = fc.dictionary(fc.constantFrom('x', 'y', 'toString'), value) as fc.Arbitrary<View['args']>;

const ruleOf = (when: string): Rule => ({
  id: 'r',
  tools: ['t'],
  when,
  verdict: 'BLOCK',
  code: 'RULE_BLOCK',
  class: 'final',
  mode: 'enforce',
  examples: [],
});

describe('answerOf()', () => {
  it('answers, fails and counts steps as the condition itself', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(condition, args, (when, given) => {
        // In brackets with something beside it a condition has no opening, and is asked as it is.
        const plain = compilePolicy(policyFrom([ruleOf(when)])).judge(viewOf({ args: given }));
        const asked = compilePolicy(policyFrom([ruleOf(`(${when}) || false`)])).judge(
          viewOf({ args: given }),
        );
        expect(plain.reasons).toEqual(asked.reasons);
        // Two nodes more: the choice and its other operand.
        expect(plain.steps).toBe(asked.steps - 2);
        seen.add(plain.reasons[0]?.fault ?? plain.reasons[0]?.code ?? '');
      }),
      { numRuns: 5_000 },
    );
    expect([...seen].toSorted()).toEqual(['NO_RULE', 'RULE_BLOCK', 'TYPES_DIFFER']);
  });
});
