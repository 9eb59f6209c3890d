import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers } from '../../src/analysis/relations.ts';
import { compilePolicy, type Rule, type View } from '../../src/index.ts';
import { policyFrom, ruleOf, view } from '../support/arbitrary.ts';

function answer(rule: Rule, action: View): 'matches' | 'fails' | 'not' {
  const { reasons, shadow } = compilePolicy(policyFrom([rule])).judge(action);
  const found = [...reasons, ...shadow].find((reason) => reason.rule === rule.id);
  if (found === undefined) return 'not';
  return found.fault === undefined ? 'matches' : 'fails';
}

describe('covers()', () => {
  it('holds only where every action that the narrow one matches is matched by the wide one', () => {
    let covered = 0;
    fc.assert(
      fc.property(ruleOf(), ruleOf(), view, (left, right, action) => {
        const [wide, narrow] = [
          { ...left, id: 'wide' },
          { ...right, id: 'narrow' },
        ];
        if (!covers(wide, narrow)) return;
        covered += 1;
        if (answer(narrow, action) === 'matches') expect(answer(wide, action)).not.toBe('not');
      }),
      { numRuns: 5_000 },
    );
    expect(covered).toBeGreaterThan(100);
  });
});
