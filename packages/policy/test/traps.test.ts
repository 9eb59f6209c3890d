import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCondition, compilePolicy, type RuleVerdict, type View } from '../src/index.ts';
import { codesOf, policyOf } from './support/policies.ts';
import { view as anyView } from './support/arbitrary.ts';
import { VOCABULARY, viewOf } from './support/views.ts';

// Each test is a way in which another engine, or plain CEL, lets something through that nobody meant.

/** A broad permit with one rule that forbids, as in the traps. */
function policyWith(when: string, example: string): string {
  return `version: 1
name: traps
rules:
  - {id: all, tools: ['*'], verdict: ALLOW, examples: [{tool: other, expect: ALLOW}]}
  - {id: forbid, tools: [t], when: ${JSON.stringify(when)}, verdict: BLOCK, examples: [${example}]}
`;
}

const LARGE = policyWith('has(args.amount) && args.amount > 100', '{args: {amount: 101}, expect: BLOCK}');

function judge(text: string, action: Partial<View>): RuleVerdict {
  return compilePolicy(policyOf(text)).judge(viewOf(action));
}

const refusalOf = (when: string): string => {
  const result = compileCondition(when);
  return result.kind === 'refused' ? result.code : 'condition';
};

describe('a trap of Cedar', () => {
  it('a forbid on a missing attribute does not load without its guard', () => {
    expect(codesOf(policyWith('args.amount > 100', '{args: {amount: 101}, expect: BLOCK}'))).toEqual([
      'CEL_UNGUARDED',
    ]);
    expect(judge(LARGE, {}).verdict).toBe('ALLOW');
  });

  it('a forbid that fails on "200" for 200 is a BLOCK, not skipped', () => {
    const { verdict, reasons } = judge(LARGE, { args: { amount: '200' } });
    expect(verdict).toBe('BLOCK');
    expect(reasons.find(({ rule }) => rule === 'forbid')).toMatchObject({
      code: 'RULE_ERROR',
      fault: 'TYPES_DIFFER',
    });
  });

  it('a forbid on null, a list or an object is a BLOCK', () => {
    for (const amount of [null, [200], { value: 200 }, true]) {
      expect(judge(LARGE, { args: { amount } }).verdict).toBe('BLOCK');
    }
  });

  it('fractions are numbers, and compare', () => {
    expect(judge(LARGE, { args: { amount: 5.5 } }).verdict).toBe('ALLOW');
    expect(judge(LARGE, { args: { amount: 100.5 } }).verdict).toBe('BLOCK');
  });

  it('reasons are named by the rule, and stay so when others are added before it', () => {
    const more = LARGE.replace(
      'rules:\n',
      'rules:\n  - {id: first, tools: [x], verdict: BLOCK, examples: [{expect: BLOCK}]}\n',
    );
    for (const text of [LARGE, more]) {
      expect(judge(text, { args: { amount: 200 } }).reasons.map(({ rule }) => rule)).toEqual([
        'all',
        'forbid',
      ]);
    }
  });

  it('a number of a schema is a number, and an alternative is looked at when it runs', () => {
    const properties = {
      amount: { type: 'number' },
      either: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
    };
    const tools = new Map([['t', { type: 'object', properties }]]);
    const either = policyWith('has(args.either) && args.either == 5', '{args: {either: 5}, expect: BLOCK}');
    expect(codesOf(LARGE, { ...VOCABULARY, tools })).toEqual([]);
    expect(codesOf(either, { ...VOCABULARY, tools })).toEqual([]);
  });

  it('an argument that no schema declares is refused', () => {
    const tools = new Map([['t', { type: 'object', properties: { amuont: { type: 'number' } } }]]);
    expect(codesOf(LARGE, { ...VOCABULARY, tools })).toEqual(['CEL_FIELD_UNKNOWN']);
  });
});

describe('a trap of CEL', () => {
  it('`||` does not absorb an error of what ran before', () => {
    const text = policyWith('1 / (risk - 5) == 1 || true', '{expect: BLOCK}');
    expect(judge(text, { risk: 5 }).reasons.at(-1)?.fault).toBe('DIVISION_BY_ZERO');
  });

  it('`&&` does not absorb an error of what ran before', () => {
    const text = policyWith('1 / (risk - 5) == 1 && false || risk == 0', '{expect: BLOCK}');
    expect(judge(text, { risk: 5 }).reasons.at(-1)?.fault).toBe('DIVISION_BY_ZERO');
  });

  it('`exists` does not absorb the error of another item, in whatever place it is', () => {
    const when = 'has(args.list) && args.list.exists(i, i > 3)';
    const text = policyWith(when, '{args: {list: [9]}, expect: BLOCK}');
    for (const list of [
      [9, 'x'],
      ['x', 9],
    ]) {
      expect(judge(text, { args: { list } }).reasons.at(-1)?.fault).toBe('TYPES_DIFFER');
    }
  });

  it('`all` over a map is an error, not a walk over its keys', () => {
    const text = policyWith('has(args.m) && args.m.all(k, k == k)', '{args: {m: []}, expect: BLOCK}');
    expect(judge(text, { args: { m: { a: 1 } } }).reasons.at(-1)?.fault).toBe('NOT_A_LIST');
  });

  it('has() of an absent parent wants its own guard', () => {
    expect(refusalOf('has(args.a.b)')).toBe('CEL_UNGUARDED');
    expect(refusalOf('has(args.a) && has(args.a.b)')).toBe('condition');
  });

  it('a guard does not hold in another operand of `||`', () => {
    expect(refusalOf('has(args.a) || args.a == 1')).toBe('CEL_UNGUARDED');
    expect(refusalOf('!has(args.a) || args.a == 1')).toBe('condition');
  });

  it('matches() runs in time linear in the text', () => {
    const when = "has(args.s) && args.s.matches('^(a+)+$')";
    const text = policyWith(when, '{args: {s: aa}, expect: BLOCK}');
    expect(judge(text, { args: { s: `${'a'.repeat(50_000)}!` } }).verdict).toBe('ALLOW');
  });

  it('matches() has no backreferences and no lookaround, and `$` is the end', () => {
    expect(refusalOf("tool.matches('(a)\\\\1')")).toBe('CEL_PATTERN');
    expect(refusalOf("tool.matches('a(?=b)')")).toBe('CEL_PATTERN');
    const text = policyWith("has(args.s) && args.s.matches('^rm$')", '{args: {s: rm}, expect: BLOCK}');
    expect(judge(text, { args: { s: 'rm\n' } }).verdict).toBe('ALLOW');
  });

  it('a pattern never comes from the action', () => {
    expect(refusalOf('has(args.p) && tool.matches(args.p)')).toBe('CEL_PATTERN');
  });

  it('time zones, timestamps and durations do not exist', () => {
    for (const when of [
      "timestamp('2026-01-01T00:00:00Z').getHours('Europe/Rome') > 8",
      "timestamp('2026-01-01T00:00:00Z').getHours() > 8",
      "duration('1h') == duration('60m')",
    ]) {
      expect(refusalOf(when)).toBe('CEL_TIME');
    }
  });

  it('a value that may be anything is no condition by itself', () => {
    expect(refusalOf('has(args.force) && args.force')).toBe('CEL_TYPE');
  });

  it('an integer and the same double are one value; text and number never are', () => {
    const text = policyWith('has(args.n) && args.n == 1', '{args: {n: 1.0}, expect: BLOCK}');
    expect(judge(text, { args: { n: 1 } }).verdict).toBe('BLOCK');
    expect(judge(text, { args: { n: '1' } }).verdict).toBe('ALLOW');
  });

  it('what leaves the exact integers is an error, not rounded and not wrapped', () => {
    const text = policyWith('has(args.n) && args.n + 1 > 5', '{args: {n: 5}, expect: BLOCK}');
    expect(judge(text, { args: { n: Number.MAX_SAFE_INTEGER } }).reasons.at(-1)?.fault).toBe('OVERFLOW');
  });

  it('a comparison that never holds does not load', () => {
    expect(refusalOf("risk == '5'")).toBe('CEL_TYPE');
    expect(refusalOf("'DELETE' == effects")).toBe('CEL_TYPE');
  });

  it('a member that every object inherits is absent', () => {
    const text = policyWith(
      "has(args.toString) || 'constructor' in args",
      '{args: {toString: 1}, expect: BLOCK}',
    );
    expect(judge(text, {}).verdict).toBe('ALLOW');
  });

  it('size() counts characters, not UTF-16 units', () => {
    const text = policyWith('has(args.s) && size(args.s) == 1', '{args: {s: a}, expect: BLOCK}');
    expect(judge(text, { args: { s: '\u{1f600}' } }).verdict).toBe('BLOCK');
  });

  it('work is counted: neither nested loops nor long text take long', () => {
    const when = 'has(args.l) && args.l.all(a, args.l.all(b, a + b >= 0))';
    const text = policyWith(when, '{args: {l: [1]}, expect: BLOCK}');
    const list = Array.from({ length: 5_000 }, () => 1);
    expect(judge(text, { args: { l: list } }).reasons.at(-1)?.fault).toBe('STEPS_EXCEEDED');
  });
});

describe('a finding', () => {
  it.each([
    ["'opaque' in findings", 'ALLOW'],
    ['size(findings) > 0', 'ALLOW'],
    ["findings.exists(f, f == 'x')", 'ALLOW'],
    ["!('opaque' in findings)", 'BLOCK'],
    ['size(findings) == 0', 'ESCALATE'],
    ["findings.all(f, f == 'x')", 'NEED_EVIDENCE'],
    ['size(findings) == 1', 'BLOCK'],
    ["size(findings.filter(f, f == 'x')) == 0", 'ALLOW'],
    ["findings == ['x']", 'ALLOW'],
    ["has(args.a) ? 'x' in findings : true", 'ALLOW'],
    ["('x' in findings) == false", 'ALLOW'],
  ])('does not load where it could loosen: %s → %s', (when, verdict) => {
    const rule = { id: 'a', tools: ['t'], when, verdict, examples: [{ expect: verdict }] };
    const codes = codesOf(JSON.stringify({ version: 1, name: 'p', rules: [rule] }));
    expect(codes).toContain('CEL_LOOSENS');
  });

  it('never loosens a verdict where rules load', () => {
    const rank = { ALLOW: 0, NEED_EVIDENCE: 1, ESCALATE: 2, BLOCK: 3 } as const;
    const { judge: ask } = compilePolicy(
      policyOf(`version: 1
name: findings
rules:
  - id: calm
    tools: ['*']
    when: "!('opaque' in findings) && !findings.exists(f, f == 'odd')"
    verdict: ALLOW
    examples: [{tool: t, expect: ALLOW}]
  - id: few
    tools: ['*']
    when: size(findings) < 2
    verdict: ALLOW
    examples: [{tool: t, expect: ALLOW}]
  - id: asks
    tools: ['*']
    when: "'odd' in findings || risk > 500000 && size(findings) > 0"
    verdict: ESCALATE
    examples: [{tool: t, findings: [odd], expect: ESCALATE}]
  - id: stops
    tools: [t]
    when: "effects.exists(e, e == 'DELETE' && 'opaque' in findings)"
    verdict: BLOCK
    examples: [{effects: [DELETE], findings: [opaque], expect: BLOCK}]
`),
    );
    const some = fc.uniqueArray(fc.constantFrom('opaque', 'odd', 'other'), { maxLength: 3 });
    fc.assert(
      fc.property(anyView, some, some, (action, findings, added) => {
        const before = ask({ ...action, findings });
        const after = ask({ ...action, findings: [...new Set([...findings, ...added])] });
        expect(rank[after.verdict]).toBeGreaterThanOrEqual(rank[before.verdict]);
      }),
    );
  });
});

describe('a rule that fails', () => {
  it('blocks, whatever it would have said', () => {
    for (const verdict of ['ALLOW', 'BLOCK', 'ESCALATE', 'NEED_EVIDENCE']) {
      const rules = [
        { id: 'all', tools: ['*'], verdict: 'ALLOW', examples: [{ tool: 'x', expect: 'ALLOW' }] },
        {
          id: 'fails',
          tools: ['t'],
          when: '10 / risk > 0',
          verdict,
          examples: [{ risk: 1, expect: verdict }],
        },
      ];
      expect(judge(JSON.stringify({ version: 1, name: 'p', rules }), { risk: 0 }).verdict).toBe('BLOCK');
    }
  });
});

describe('strict YAML 1.2', () => {
  const body = (line: string): string =>
    `version: 1\nname: p\nrules:\n  - id: a\n    tools: [t]\n    verdict: ALLOW\n${line}`;

  it('`no`, `on` and `yes` are text, never true or false', () => {
    const text = body(
      '    when: has(args.x) && args.x == "no"\n    examples: [{args: {x: no}, expect: ALLOW}]\n',
    );
    expect(codesOf(text)).toEqual([]);
  });

  it.each([
    ['an octal of YAML 1.1', '010', 'YAML_NUMBER'],
    ['an octal of YAML 1.2', '0o10', 'YAML_NUMBER'],
    ['a hexadecimal', '0x10', 'YAML_NUMBER'],
    ['infinity', '.inf', 'YAML_NUMBER'],
    ['an anchor', '&a 1', 'YAML_ANCHOR'],
    ['an alias', '*a', 'YAML_ALIAS'],
    ['a tag', '!!binary aGk=', 'YAML_TAG'],
    ['a doubled key', '{b: 1, b: 2}', 'YAML_DUPLICATE_KEY'],
    ['a merge key', '{<<: {b: 1}}', undefined],
  ])('%s is refused or is plain data', (_, value, code) => {
    const codes = codesOf(body(`    examples: [{args: {x: ${value}}, expect: ALLOW}]\n`));
    expect(codes).toEqual(code === undefined ? [] : [code]);
  });

  it('sexagesimals and dates are text', () => {
    const text = body(
      "    when: has(args.x) && args.x == '12:30:00' && has(args.d) && args.d == '2026-01-01'\n" +
        '    examples: [{args: {x: 12:30:00, d: 2026-01-01}, expect: ALLOW}]\n',
    );
    expect(codesOf(text)).toEqual([]);
  });
});
