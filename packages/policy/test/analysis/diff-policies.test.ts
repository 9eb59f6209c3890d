import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePolicy, diffPolicies, type Direction, type Rule, type Verdict } from '../../src/index.ts';
import { policyFrom, ruleOf, rules, view } from '../support/arbitrary.ts';
import { policyOf } from '../support/policies.ts';

const RANK: Readonly<Record<Verdict, number>> = { ALLOW: 0, NEED_EVIDENCE: 1, ESCALATE: 2, BLOCK: 3 };

const head = (rest: string): string => `version: 1\nname: p\nrules:\n${rest}`;
const ALLOW = "  - {id: all, tools: ['*'], verdict: ALLOW, examples: [{tool: t, expect: ALLOW}]}\n";
const ask = (members: string): string =>
  `  - {id: ask, tools: [t], when: risk > 5, verdict: ESCALATE, ${members}` +
  'examples: [{risk: 9, expect: ESCALATE}]}\n';

const MAY_FAIL =
  "  - {id: fails, tools: [t], when: '10 / (risk + 1) >= 0', verdict: ALLOW, " +
  'examples: [{risk: 9, expect: ALLOW}]}\n';

function directionOf(before: string, after: string): Direction {
  return diffPolicies(policyOf(head(before)), policyOf(head(after))).direction;
}

describe('diffPolicies()', () => {
  it('never says that it tightens where a verdict gets looser', () => {
    const counts: Record<Direction, number> = { same: 0, tightens: 0, loosens: 0, unknown: 0 };
    fc.assert(
      fc.property(rules, fc.nat(11), ruleOf(), view, (list, place, other, action) => {
        const at = list.length === 0 ? 0 : place % list.length;
        const changed: Rule = { ...other, id: list[at]?.id ?? 'new' };
        const [before, after] = [policyFrom(list), policyFrom(list.toSpliced(at, 1, changed))];
        const { direction } = diffPolicies(before, after);
        counts[direction] += 1;
        const [old, now] = [compilePolicy(before).judge(action), compilePolicy(after).judge(action)];
        if (direction === 'same') {
          expect([now.verdict, now.obligations]).toEqual([old.verdict, old.obligations]);
        }
        if (direction !== 'tightens') return;
        expect(RANK[now.verdict]).toBeGreaterThanOrEqual(RANK[old.verdict]);
        if (now.verdict === 'ALLOW')
          expect(now.obligations).toEqual(expect.arrayContaining([...old.obligations]));
      }),
      { numRuns: 3_000 },
    );
    expect(Math.min(counts.tightens, counts.loosens, counts.unknown)).toBeGreaterThan(50);
  });

  it.each([
    ['the same text', ask(''), ask(''), 'same'],
    ['another reason', ask(''), ask("reason: 'why', "), 'same'],
    ['a rule that asks is added', '', ask(''), 'tightens'],
    ['a rule that asks is removed', ask(''), '', 'loosens'],
    ['an ALLOW that may fail is removed', MAY_FAIL, '', 'unknown'],
    ['a stronger proof', ask('needs: p1, '), ask('needs: p3, '), 'tightens'],
    ['a weaker proof', ask('needs: p3, '), ask('needs: p2, '), 'loosens'],
    ['more people, and less proof', ask('needs: p3, '), ask('needs: p2, quorum: 3, '), 'unknown'],
    ['a shorter deadline', ask('deadline_s: 60, '), ask('deadline_s: 30, '), 'tightens'],
    ['another addressee', ask('escalate_to: a, '), ask('escalate_to: b, '), 'unknown'],
    [
      'on trial',
      ask(''),
      ask('').replace('expect: ESCALATE', 'expect: ALLOW').replace('verdict', 'mode: shadow, verdict'),
      'loosens',
    ],
    ['a wider condition', ask(''), ask('').replace('risk > 5', 'risk > 5 || risk == 2'), 'tightens'],
    ['a narrower condition', ask(''), ask('').replace('risk > 5', 'risk > 5 && risk < 90'), 'loosens'],
    ['another condition', ask(''), ask('').replace('risk > 5', 'risk > 4'), 'unknown'],
    [
      'fewer tools',
      ask(''),
      ask('').replace('[t]', '[t, u]').replaceAll('{risk', '{tool: t, risk'),
      'tightens',
    ],
  ] as const)('%s', (_, before, after, direction) => {
    expect(directionOf(ALLOW + before, ALLOW + after)).toBe(direction);
  });

  it('tries every example of both on both', () => {
    const before = policyOf(head(ALLOW + ask('')));
    const after = policyOf(
      head(ALLOW + ask('').replace('risk > 5', 'risk > 50').replace('risk: 9', 'risk: 90')),
    );
    const { direction, verdicts } = diffPolicies(before, after);
    expect(direction).toBe('loosens');
    expect(verdicts.map((one) => [one.rule, one.before.verdict, one.after.verdict, one.direction])).toEqual([
      ['ask', 'ESCALATE', 'ALLOW', 'loosens'],
    ]);
  });

  it('finds what changed within a pack', () => {
    const packed = (needs: string): string =>
      `version: 1
name: p
packs:
  - name: base
    rules:
      - {id: all, tools: [t], verdict: ALLOW, examples: [{expect: ALLOW}]}
      - id: ask
        tools: [t]
        when: risk > 1
        verdict: ESCALATE
        needs: ${needs}
        examples: [{risk: 2, expect: ESCALATE}]
rules: []
`;
    const { changes } = diffPolicies(policyOf(packed('p1')), policyOf(packed('p2')));
    expect(changes).toEqual([{ rule: 'base/ask', change: 'changed', direction: 'tightens' }]);
  });
});
