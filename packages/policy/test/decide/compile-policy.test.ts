import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePolicy, PolicyUnchecked, type Rule } from '../../src/index.ts';
import { policyFrom, ruleOf, rules } from '../support/arbitrary.ts';
import { viewOf } from '../support/views.ts';

const TOOLS = ['t', 'u', 'never-named'];

function slices(list: readonly Rule[]): readonly string[] {
  const compiled = compilePolicy(policyFrom(list));
  return TOOLS.map((tool) => compiled.sliceFor(tool));
}

describe('compilePolicy()', () => {
  it('refuses a policy whose conditions were never checked', () => {
    const rule: Rule = {
      id: 'r',
      tools: ['t'],
      when: 'args.n > 1',
      verdict: 'ALLOW',
      code: 'ALLOWED',
      class: 'final',
      mode: 'enforce',
      examples: [],
    };
    expect(() => compilePolicy(policyFrom([rule]))).toThrow(PolicyUnchecked);
  });

  it('gives the same digest for the same policy and another for any other', () => {
    fc.assert(
      fc.property(rules, ruleOf(), (list, added) => {
        const { digest } = compilePolicy(policyFrom(list));
        expect(digest).toMatch(/^[A-Za-z0-9_-]{43}$/);
        expect(compilePolicy(structuredClone(policyFrom(list))).digest).toBe(digest);
        expect(compilePolicy(policyFrom([...list, { ...added, id: 'new' }])).digest).not.toBe(digest);
      }),
    );
  });
});

describe('sliceFor()', () => {
  it('changes for the tools that an added enforcing rule can match, and for no other', () => {
    fc.assert(
      fc.property(rules, ruleOf(), (list, added) => {
        const before = slices(list);
        const after = slices([...list, { ...added, id: 'new' }]);
        for (const [index, tool] of TOOLS.entries()) {
          const applies = added.tools.includes('*') || added.tools.includes(tool);
          expect(after[index] !== before[index]).toBe(applies && added.mode === 'enforce');
        }
      }),
    );
  });

  it('does not change with examples and words for people', () => {
    fc.assert(
      fc.property(rules, (list) => {
        const example = { ...viewOf(), history: [], expect: 'BLOCK' as const };
        const edited = list.map((rule) => ({ ...rule, reason: 'said otherwise', examples: [example] }));
        expect(slices(edited)).toEqual(slices(list));
      }),
    );
  });

  it('is equal for two tools exactly when the same rules can match them', () => {
    const [rule] = fc.sample(ruleOf(fc.constant('ALLOW')), 1);
    if (rule === undefined) throw new Error('no sample');
    const list: readonly Rule[] = [{ ...rule, mode: 'enforce', tools: ['t', 'u'] }];
    const [t, u, other] = slices(list);
    expect(t).toBe(u);
    expect(t).not.toBe(other);
  });
});
