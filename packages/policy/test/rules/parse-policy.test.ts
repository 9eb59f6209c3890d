import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePolicy, parsePolicy, PROBLEM_CODES, printPolicy } from '../../src/index.ts';
import { codesOf, policyOf } from '../support/policies.ts';
import { VOCABULARY, viewOf } from '../support/views.ts';

const HEAD = 'version: 1\nname: p\nrules:\n';

function ruleLines(id: string, members = ''): string {
  return `  - id: ${id}\n    tools: [${id}]\n    verdict: ALLOW\n${members}    examples: [{expect: ALLOW}]\n`;
}

function many(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('');
}

/** A policy with random arguments in its examples, as JSON, which is YAML. */
const policyText = fc
  .array(
    fc.record({
      args: fc.dictionary(fc.string({ maxLength: 20 }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 }),
      risk: fc.nat(),
      reason: fc.constantFrom(undefined, '{tool} by {rule}', 'plain'),
      obligations: fc.constantFrom(undefined, ['run_fenced', 'notify']),
      findings: fc.array(fc.string(), { maxLength: 3 }),
    }),
    { maxLength: 4 },
  )
  .map((list) =>
    JSON.stringify({
      version: 1,
      name: 'p',
      rules: list.map(({ args, risk, reason, obligations, findings }, index) => ({
        id: `r${index}`,
        tools: [`t${index}`],
        verdict: 'ALLOW',
        reason,
        obligations,
        examples: [{ args, risk, findings, expect: 'ALLOW' }],
      })),
    }),
  );

describe('parsePolicy()', () => {
  it('never throws, and names a known code and a place in the text for everything it refuses', () => {
    const valid = `${HEAD}${ruleLines('a', "    when: 'has(args.n) && args.n > 1 || true'\n")}`;
    const damaged = fc
      .tuple(fc.nat(valid.length), fc.nat(4), fc.string({ unit: 'binary', maxLength: 4 }))
      .map(([at, length, inserted]) => valid.slice(0, at) + inserted + valid.slice(at + length));
    const known: ReadonlySet<string> = new Set(PROBLEM_CODES);
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string({ unit: 'binary' }), fc.json()), (text) => {
        const result = parsePolicy(text, VOCABULARY);
        if (result.kind === 'policy') return;
        expect(result.problems.length).toBeGreaterThan(0);
        const lines = text.split('\n');
        for (const { code, line, column } of result.problems) {
          expect(known.has(code)).toBe(true);
          expect(line).toBeGreaterThanOrEqual(1);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines.length + 1);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('is the inverse of printPolicy()', () => {
    let accepted = 0;
    fc.assert(
      fc.property(policyText, (text) => {
        const result = parsePolicy(text, VOCABULARY);
        // Random values hold integers beyond 2^53 and characters that a policy may not.
        if (result.kind === 'refused') return;
        accepted += 1;
        const printed = printPolicy(result.policy);
        const again = policyOf(printed);
        expect(again).toEqual(result.policy);
        expect(printPolicy(again)).toBe(printed);
        expect(compilePolicy(again).digest).toBe(compilePolicy(result.policy).digest);
      }),
      { numRuns: 500 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it('prints one text for policies that differ only in spelling', () => {
    const rule = [
      '  - id: a',
      '    tools: [u, t]',
      '    effects: {any: [READ_REPO, DELETE]}',
      '    code: ALLOWED',
      '    mode: enforce',
      '    verdict: ALLOW',
      '    examples:',
      '      - {tool: t, risk: 0, effects: [DELETE], expect: ALLOW}',
    ];
    const block = HEAD + rule.join('\n');
    const other = JSON.stringify({
      rules: [
        {
          verdict: 'ALLOW',
          tools: ['t', 'u'],
          id: 'a',
          effects: { any: ['DELETE', 'READ_REPO'] },
          examples: [{ tool: 't', effects: ['DELETE'], expect: 'ALLOW' }],
        },
      ],
      name: 'p',
      version: 1,
    });
    expect(printPolicy(policyOf(other))).toBe(printPolicy(policyOf(block)));
  });

  it('keeps a member named __proto__ in the arguments of an example as data', () => {
    const lines = ruleLines('a', '    when: has(args.__proto__)\n');
    const text = HEAD + lines.replace('{expect', '{args: {__proto__: {x: 1}}, expect');
    const [rule] = policyOf(text).rules;
    expect(Object.keys(rule?.examples[0]?.args ?? {})).toEqual(['__proto__']);
  });

  it('accepts 10,000 rules and refuses 10,001', () => {
    const text = (count: number) => HEAD + many(count, (index) => ruleLines(`r${index}`));
    expect(codesOf(text(10_000))).toEqual([]);
    expect(codesOf(text(10_001))).toContain('LIST_TOO_LONG');
  });

  it('accepts 4 MB of text and refuses one byte more, counted in UTF-8', () => {
    const body = HEAD + ruleLines('a');
    const fill = (bytes: number) => `${body}#${'x'.repeat(bytes - body.length - 1)}`;
    expect(codesOf(fill(4_194_304))).toEqual([]);
    expect(codesOf(fill(4_194_305))).toEqual(['POLICY_TOO_LARGE']);
    expect(codesOf(`${body}#${'\u00e4'.repeat(2_097_152)}`)).toEqual(['POLICY_TOO_LARGE']);
  });

  it('refuses what only its canonical form makes too large', () => {
    // A tab is one byte in a double-quoted scalar and two in JSON.
    const tabs = '\t'.repeat(2_200_000);
    const text = HEAD + ruleLines('a').replace('{expect', `{args: {x: "${tabs}"}, expect`);
    expect(codesOf(text)).toEqual(['POLICY_TOO_LARGE']);
  });

  it('bounds members, items, keys, pairs of rule and tool, and examples', () => {
    const args = (body: string) => HEAD + ruleLines('a').replace('{expect', `{args: {${body}}, expect`);
    const keys = (count: number) => many(count, (index) => `k${index}: 1, `);
    expect(codesOf(args(keys(256)))).toEqual([]);
    expect(codesOf(args(keys(257)))).toEqual(['LIST_TOO_LONG']);
    expect(codesOf(args(`${'k'.repeat(256)}: 1`))).toEqual([]);
    expect(codesOf(args(`${'k'.repeat(257)}: 1`))).toEqual(['YAML_KEY']);
    const tools = (index: number) => `[${many(256, (tool) => `t${index}x${tool}, `)}]`;
    const wide = (count: number) =>
      HEAD +
      many(count, (index) =>
        ruleLines(`r${index}`)
          .replace(`[r${index}]`, tools(index))
          .replace('{expect', `{tool: t${index}x1, expect`),
      );
    expect(codesOf(wide(156))).toEqual([]);
    expect(codesOf(wide(157))).toEqual(['LIST_TOO_LONG']);
    const examples = (count: number) => `[${'{expect: ALLOW},'.repeat(count)}]`;
    const tested = (count: number) =>
      HEAD + many(count, (index) => ruleLines(`r${index}`).replace('[{expect: ALLOW}]', examples(250)));
    expect(codesOf(tested(80))).toEqual([]);
    expect(codesOf(tested(81))).toEqual(['LIST_TOO_LONG']);
  });

  it.each([
    ['flow lists', '['.repeat(100_000)],
    ['flow mappings', '{a: '.repeat(50_000)],
    ['block sequences', '- '.repeat(100_000)],
    ['explicit keys', '? '.repeat(100_000)],
    ['mappings by indentation', many(700, (level) => `${' '.repeat(level)}a:\n`)],
  ])('refuses deep %s before anything recursive sees them', (_, text) => {
    expect(codesOf(text)).toEqual(['POLICY_TOO_DEEP']);
  });

  it('tells at most 100 problems', () => {
    const text = HEAD + many(200, (index) => `  - {id: r${index}}\n`);
    expect(codesOf(text).length).toBe(100);
  });

  it('judges the examples of a policy of a thousand rules that all apply', () => {
    const rule = (index: number) =>
      `  - {id: r${index}, tools: ['*'], when: risk >= 0, verdict: ALLOW, ` +
      'examples: [{tool: t, expect: ALLOW}]}\n';
    const { judge } = compilePolicy(policyOf(HEAD + many(1_000, rule)));
    // As many as an answer has room for: more of them say no more.
    expect(judge(viewOf()).reasons.length).toBe(48);
    expect(judge(viewOf()).verdict).toBe('ALLOW');
  });
});
