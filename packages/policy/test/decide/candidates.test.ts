import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePolicy, type Rule } from '../../src/index.ts';
import { policyFrom, rules, view } from '../support/arbitrary.ts';
import { viewOf } from '../support/views.ts';

const finding = fc.constantFrom('opaque', 'unfamiliar', 'confusable');

/** Rules that ask for findings, too, so that all ways into the index are taken. */
const listed = fc
  .tuple(rules, fc.array(fc.option(finding, { nil: undefined }), { minLength: 12, maxLength: 12 }))
  .map(([list, wanted]) =>
    list.map((rule, at): Rule => {
      const one = wanted[at];
      if (one === undefined) return rule;
      return { ...rule, when: `'${one}' in findings && (${rule.when ?? 'true'})` };
    }),
  );

describe('openSelect()', () => {
  it('asks every rule that could match: judged one by one they say the same', () => {
    let matched = 0;
    fc.assert(
      fc.property(listed, view, fc.uniqueArray(finding), (list, action, findings) => {
        const seen = { ...action, findings };
        const alone = list.flatMap((rule) => {
          const { reasons, shadow } = compilePolicy(policyFrom([rule])).judge(seen);
          return [...reasons, ...shadow].filter((reason) => reason.rule === rule.id);
        });
        const { reasons, shadow } = compilePolicy(policyFrom(list)).judge(seen);
        const together = [...reasons, ...shadow].filter((reason) => reason.rule !== '');
        const byRule = (left: { rule: string }, right: { rule: string }) => (left.rule < right.rule ? -1 : 1);
        expect(together.toSorted(byRule)).toEqual(alone.toSorted(byRule));
        matched += alone.length;
      }),
      { numRuns: 500 },
    );
    expect(matched).toBeGreaterThan(50);
  });

  it('does not ask what cannot match: its steps are not counted', () => {
    const heavy = (effect: string, at: number): Rule => ({
      id: `r${at}`,
      tools: ['*'],
      effects: { any: [effect] },
      when: 'risk >= 0 && now_ms >= 0',
      verdict: 'BLOCK',
      code: 'RULE_BLOCK',
      class: 'final',
      mode: 'enforce',
      examples: [],
    });
    const list = Array.from({ length: 1_000 }, (_, at) => heavy(at < 998 ? 'DELETE' : 'READ_REPO', at));
    const decided = compilePolicy(policyFrom(list)).judge(viewOf({ effects: ['READ_REPO'] }));
    expect(decided.reasons.length).toBe(3);
    expect(decided.steps).toBeLessThan(100);
  });

  it('tells at most 48 reasons, and never leaves out one that asks', () => {
    const rule = (verdict: Rule['verdict'], at: number): Rule => ({
      id: `r${at}`,
      tools: ['t'],
      verdict,
      code: 'RULE_CODE',
      class: verdict === 'ESCALATE' ? 'liftable' : 'final',
      mode: 'enforce',
      examples: [],
    });
    const judged = (allowing: number, asking: number, blocking: number) => {
      const list = [
        ...Array.from({ length: allowing }, (_, at) => rule('ALLOW', at)),
        ...Array.from({ length: asking }, (_, at) => rule('ESCALATE', 1_000 + at)),
        ...Array.from({ length: blocking }, (_, at) => rule('BLOCK', 2_000 + at)),
      ];
      const { verdict, reasons } = compilePolicy(policyFrom(list)).judge(viewOf());
      return [verdict, reasons.length, reasons.at(-1)?.fault];
    };
    expect(judged(100, 0, 0)).toEqual(['ALLOW', 48, undefined]);
    expect(judged(100, 48, 0)).toEqual(['ESCALATE', 48, undefined]);
    expect(judged(100, 49, 0)).toEqual(['BLOCK', 1, 'TOO_MANY']);
    expect(judged(1, 49, 3)).toEqual(['BLOCK', 4, 'TOO_MANY']);
    expect(judged(0, 0, 100)).toEqual(['BLOCK', 49, 'TOO_MANY']);
  });
});
