import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCondition, compilePolicy, type Rule } from '../../src/index.ts';
import { viewOf } from '../support/views.ts';

/** Words of the language, so that random texts reach deeper than the first character. */
const WORDS = [
  'args',
  'effects',
  'has(',
  '(',
  ')',
  '[',
  ']',
  '.',
  ',',
  '&&',
  '||',
  '!',
  '-',
  '?',
  ':',
  '==',
  'in',
  '1',
  "'a'",
  '1.5',
  'true',
  'x',
  '.all(x, ',
  '.matches(',
  'size(',
  ' ',
];

function holds(when: string, text: string): boolean | undefined {
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
  const { reasons } = compilePolicy({ version: 1, name: 'p', rules: [rule] }).judge(viewOf({ tool: text }));
  return reasons[0]?.code === 'RULE_ERROR' ? undefined : reasons[0]?.code === 'ALLOWED';
}

describe('compileCondition()', () => {
  it('never throws, whatever the text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...WORDS)).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(text, (when) => {
        const result = compileCondition(when);
        if (result.kind === 'refused') expect(result.at).toBeLessThanOrEqual(when.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never reads an absent member: what passes the guard check has no NO_SUCH_MEMBER', () => {
    const path = fc.constantFrom('args.a', 'args.b', 'scene.a', 'args["b"]');
    const guard = fc.oneof(
      fc.constantFrom('has(args.a)', 'has(args.b)', 'has(scene.a)', "'b' in args", 'true'),
      fc.constantFrom('!has(args.a)', '!has(args.b)', "!('a' in scene)"),
    );
    const use = path.map((member) => `${member} == 1`);
    const { node } = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        guard,
        use,
        fc
          .tuple(tie('node'), fc.constantFrom(' && ', ' || '), tie('node'))
          .map(([a, by, b]) => `(${a}${by}${b})`),
        fc
          .tuple(tie('node'), tie('node'), tie('node'))
          .map(([test, yes, no]) => `(${test} ? ${yes} : ${no})`),
        tie('node').map((inner) => `!(${inner})`),
      ),
    }));
    const members = fc.record({ a: fc.constantFrom(1, 2), b: fc.constantFrom(1, 2) }, { requiredKeys: [] });
    let accepted = 0;
    fc.assert(
      fc.property(node, members, members, (when, args, scene) => {
        if (compileCondition(when).kind === 'refused') return;
        accepted += 1;
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
        const policy = { version: 1, name: 'p', rules: [rule] } as const;
        const { reasons } = compilePolicy(policy).judge(viewOf({ args, scene }));
        expect([when, reasons[0]?.fault]).toEqual([when, undefined]);
      }),
      { numRuns: 5_000 },
    );
    expect(accepted).toBeGreaterThan(500);
  });

  it('matches as the regular expressions of the host do, on patterns that both have', () => {
    const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
      pattern: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '\\.', '^', '$', 'c'),
        fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => `${left}${right}`),
        fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => `(?:${left}|${right})`),
        fc
          .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}'))
          .map(([inner, count]) => `(?:${inner})${count}`),
      ),
    }));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '.', '1'), maxLength: 12 });
    fc.assert(
      fc.property(pattern, text, (expression, subject) => {
        const mine = holds(`tool.matches(r'${expression}')`, subject);
        expect([expression, mine]).toEqual([expression, new RegExp(expression).test(subject)]);
      }),
      { numRuns: 3_000 },
    );
  });
});
