import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePolicy, type Rule, type RuleVerdict, type Verdict, type View } from '../../src/index.ts';
import { policyFrom, ruleOf, rules, view } from '../support/arbitrary.ts';
import { viewOf } from '../support/views.ts';

const RANK: Readonly<Record<Verdict, number>> = { ALLOW: 0, NEED_EVIDENCE: 1, ESCALATE: 2, BLOCK: 3 };

function judge(list: readonly Rule[], action: View): RuleVerdict {
  return compilePolicy(policyFrom(list)).judge(action);
}

function ruleWith(parts: Partial<Rule>): Rule {
  return {
    id: 'r',
    tools: ['t'],
    verdict: 'ALLOW',
    code: 'ALLOWED',
    class: 'final',
    mode: 'enforce',
    examples: [],
    ...parts,
  };
}

describe('judge()', () => {
  it('never loosens when an enforcing rule that is not an ALLOW is added anywhere', () => {
    const tightening = ruleOf(fc.constantFrom('BLOCK', 'ESCALATE', 'NEED_EVIDENCE'));
    fc.assert(
      fc.property(rules, tightening, fc.nat(12), view, (list, added, place, action) => {
        const more = list.toSpliced(Math.min(place, list.length), 0, { ...added, id: 'new' });
        expect(RANK[judge(more, action).verdict]).toBeGreaterThanOrEqual(RANK[judge(list, action).verdict]);
      }),
    );
  });

  it('gives the same verdict, obligations and steps whatever the order of the rules', () => {
    const shuffled = rules.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray([...list], { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, view, ([list, other], action) => {
        const first = judge(list, action);
        const second = judge(other, action);
        expect([second.verdict, second.obligations, second.steps]).toEqual([
          first.verdict,
          first.obligations,
          first.steps,
        ]);
        expect(second.reasons.map((reason) => reason.rule).toSorted()).toEqual(
          first.reasons.map((reason) => reason.rule).toSorted(),
        );
      }),
    );
  });

  it('says the same without its shadow rules', () => {
    fc.assert(
      fc.property(rules, view, (list, action) => {
        const full = judge(list, action);
        const bare = judge(
          list.filter((rule) => rule.mode === 'enforce'),
          action,
        );
        expect([full.verdict, full.reasons, full.obligations]).toEqual([
          bare.verdict,
          bare.reasons,
          bare.obligations,
        ]);
        expect(bare.shadow).toEqual([]);
      }),
    );
  });

  it('is the strictest of its reasons, and BLOCK without an ALLOW or with a rule that failed', () => {
    fc.assert(
      fc.property(rules, view, (list, action) => {
        const { verdict, reasons } = judge(list, action);
        expect(RANK[verdict]).toBe(Math.max(...reasons.map((reason) => RANK[reason.verdict])));
        const allowed = reasons.some((reason) => reason.verdict === 'ALLOW');
        expect(reasons.some((reason) => reason.code === 'NO_RULE')).toBe(!allowed);
        if (!allowed || reasons.some((reason) => reason.code === 'RULE_ERROR')) expect(verdict).toBe('BLOCK');
      }),
    );
  });

  it('does not depend on the order of members', () => {
    fc.assert(
      fc.property(rules, view, (list, action) => {
        const args = Object.fromEntries(Object.entries(action.args).toReversed());
        expect(judge(list, { ...action, args })).toEqual(judge(list, action));
      }),
    );
  });

  it('never throws, and blocks what is no view at all', () => {
    fc.assert(
      fc.property(rules, fc.anything({ withNullPrototype: true }), (list, junk) => {
        const rule = ruleWith({ tools: ['*'], when: "principal.id == 'x' || size(effects) >= 0" });
        // The compiler forbids it; a caller in another language does not.
        const { verdict } = judge([...list, rule], junk as View);
        expect(verdict).toBe('BLOCK');
      }),
    );
  });

  it('blocks with RULE_ERROR when reading the view throws', () => {
    const hostile = new Proxy(viewOf(), {
      get(target, name) {
        if (name === 'args') throw new RangeError('boom');
        return Reflect.get(target, name) as unknown;
      },
    });
    const decided = judge([ruleWith({}), ruleWith({ id: 's', when: 'has(args.x)' })], hostile);
    expect(decided.reasons.map(({ code, fault }) => [code, fault])).toEqual([
      ['ALLOWED', undefined],
      ['RULE_ERROR', 'INTERNAL'],
    ]);
  });

  it('stops a condition at its limit of steps, and the next rule has steps of its own', () => {
    const items = Array.from({ length: 1_000 }, (_, index) => index);
    const when = 'has(args.items) && args.items.all(a, args.items.all(b, a + b >= 0))';
    const action = viewOf({ args: { items } });
    const decided = judge(
      [ruleWith({ when, verdict: 'BLOCK' }), ruleWith({ id: 's', when: 'true' })],
      action,
    );
    expect(decided.reasons.map(({ code, fault }) => [code, fault])).toEqual([
      ['RULE_ERROR', 'STEPS_EXCEEDED'],
      ['ALLOWED', undefined],
    ]);
    expect(decided.verdict).toBe('BLOCK');
  });

  it('gives shadow rules steps of their own', () => {
    const items = Array.from({ length: 1_000 }, (_, index) => index);
    const when = 'has(args.items) && args.items.all(a, args.items.all(b, a + b >= 0))';
    const heavy = [1, 2, 3, 4].map((number) => ruleWith({ id: `h${number}`, when, mode: 'shadow' }));
    const decided = judge([...heavy, ruleWith({ when: 'has(args.items)' })], viewOf({ args: { items } }));
    expect([decided.verdict, decided.shadow.length]).toEqual(['ALLOW', 4]);
  });

  it('bounds a regular expression by text and pattern before it runs', () => {
    const when = "has(args.text) && args.text.matches('([a-z]{1,100} )+$')";
    const text = 'a '.repeat(200_000);
    const after = ruleWith({ id: 's', when: 'risk == 0' });
    const decided = judge([ruleWith({ when }), after], viewOf({ args: { text } }));
    // The work was refused, not done: what it would have cost is not taken from the next rule.
    expect(decided.reasons.map(({ code, fault }) => [code, fault])).toEqual([
      ['RULE_ERROR', 'STEPS_EXCEEDED'],
      ['ALLOWED', undefined],
    ]);
    expect(decided.steps).toBeLessThan(600_000);
  });

  it('bounds a substring search that the action controls on both sides', () => {
    const when = 'has(args.a) && has(args.b) && args.a.contains(args.b)';
    const args = { a: 'a'.repeat(200_000), b: `${'a'.repeat(50_000)}b` };
    expect(judge([ruleWith({ when })], viewOf({ args })).reasons[0]?.fault).toBe('STEPS_EXCEEDED');
  });

  it('bounds the depth that equality follows', () => {
    let deep: View['args'] = {};
    for (let level = 0; level < 100_000; level += 1) deep = { x: deep };
    const when = 'has(args.a) && has(args.b) && args.a == args.b';
    const decided = judge([ruleWith({ when })], viewOf({ args: { a: deep, b: structuredCloneOf(deep) } }));
    expect(decided.reasons[0]?.fault).toBe('TOO_DEEP');
  });

  it('sees own members only', () => {
    const when = "has(args.constructor) || has(args.__proto__) || 'toString' in args";
    expect(judge([ruleWith({ when })], viewOf()).reasons[0]?.code).toBe('NO_RULE');
    const sent = JSON.parse('{"__proto__": 1}') as View['args'];
    expect(judge([ruleWith({ when })], viewOf({ args: sent })).verdict).toBe('ALLOW');
  });

  it('asks only the rules that can match the tool', () => {
    const list = Array.from({ length: 1_000 }, (_, index) =>
      ruleWith({ id: `r${index}`, tools: [`tool${index % 50}`], when: 'risk < 9' }),
    );
    const { judge: ask } = compilePolicy(policyFrom(list));
    expect(ask(viewOf({ tool: 'tool7' })).reasons.length).toBe(20);
    expect(ask(viewOf({ tool: 'other' })).steps).toBe(0);
  });
});

/** An equal value that is not the same object; the depth is beyond what structuredClone follows. */
function structuredCloneOf(value: View['args']): View['args'] {
  let depth = 0;
  for (let next: View['args'] | undefined = value; next?.['x'] !== undefined; depth += 1)
    next = next['x'] as View['args'];
  let copy: View['args'] = {};
  for (let level = 0; level < depth; level += 1) copy = { x: copy };
  return copy;
}
