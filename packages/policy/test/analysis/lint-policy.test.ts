import { describe, expect, it } from 'vitest';
import { LINT_CODES, lintPolicy, type Vocabulary } from '../../src/index.ts';
import { policyOf } from '../support/policies.ts';
import { VOCABULARY } from '../support/views.ts';

type Members = Readonly<Record<string, unknown>>;

const REASON = { reason: 'because' };
const ALLOW = { id: 'a', tools: ['t'], when: 'risk < 5', verdict: 'ALLOW', examples: [{ expect: 'ALLOW' }] };

function lint(rules: readonly Members[], words: Vocabulary = VOCABULARY): readonly string[] {
  const policy = policyOf(JSON.stringify({ version: 1, name: 'p', rules }), words);
  return lintPolicy(policy, words).map(({ code, rule }) => (rule === null ? code : `${code} ${rule}`));
}

/** A rule that no example can match is shown by one that does not count. */
const BLOCK = { tools: ['t'], verdict: 'BLOCK', ...REASON };

describe('lintPolicy()', () => {
  const CASES: readonly (readonly [string, readonly Members[], readonly string[]])[] = [
    ['nothing about a plain rule', [ALLOW], []],
    [
      'what allows everything',
      [{ ...ALLOW, tools: ['*'], when: 'true', examples: [{ tool: 't', expect: 'ALLOW' }] }],
      ['CONDITION_ALWAYS_TRUE a', 'ALLOWS_EVERYTHING a'],
    ],
    ['what allows a tool with any arguments', [{ ...ALLOW, when: undefined }], ['ALWAYS_ALLOWS a']],
    ['that nothing allows', [{ ...BLOCK, id: 'b', examples: [{ expect: 'BLOCK' }] }], ['ALLOWS_NOTHING']],
    [
      'what says nothing to whom it stops',
      [
        ALLOW,
        {
          id: 'b',
          tools: ['t'],
          when: 'risk > 6',
          verdict: 'BLOCK',
          examples: [{ risk: 7, expect: 'BLOCK' }],
        },
      ],
      ['NO_REASON b'],
    ],
    [
      'what is always blocked',
      [
        { ...ALLOW, examples: [{ expect: 'BLOCK' }] },
        { ...BLOCK, id: 'b', tools: ['*'], examples: [{ tool: 't', expect: 'BLOCK' }] },
      ],
      ['NEVER_DECIDES a'],
    ],
    [
      'what is always blocked where it asks',
      [
        { ...ALLOW, tools: ['t', 'u'], examples: [{ tool: 'u', expect: 'ALLOW' }] },
        {
          id: 'c',
          tools: ['t'],
          when: 'risk > 1 && now_ms > 0',
          verdict: 'ESCALATE',
          ...REASON,
          examples: [{ risk: 2, now_ms: 1, expect: 'BLOCK' }],
        },
        { ...BLOCK, id: 'b', when: 'now_ms > 0', examples: [{ now_ms: 1, expect: 'BLOCK' }] },
      ],
      ['NEVER_DECIDES c'],
    ],
    [
      'what says again what another says',
      [ALLOW, { ...ALLOW, id: 'b', when: 'risk < 5 && now_ms == 0' }],
      ['REPEATS b'],
    ],
  ];

  it.each(CASES)('finds %s', (_, rules, found) => {
    expect(lint(rules)).toEqual(found);
  });

  it.each([
    'risk > 5 && risk < 3',
    "has(args.a) && args.a == 'x' && args.a == 'y'",
    "tool == 't' && tool in ['u', 'v']",
    'false || 1 > 2',
    '!(1 < 2)',
  ])('finds that nothing matches %s', (when) => {
    // Its only example cannot match, so it is compiled past the load.
    const rule = {
      id: 'b',
      tools: ['t'],
      when,
      verdict: 'BLOCK',
      code: 'RULE_BLOCK',
      class: 'final',
      mode: 'enforce',
      examples: [],
      ...REASON,
    } as const;
    const policy = { version: 1, name: 'p', rules: [rule] } as const;
    expect(lintPolicy(policy, VOCABULARY).map(({ code }) => code)).toContain('NEVER_MATCHES');
  });

  it('takes what can match for what can match', () => {
    for (const when of [
      'risk > 5 && risk < 7',
      "has(args.a) && args.a in ['x', 'y'] && args.a == 'x'",
      'risk >= 5 && risk <= 5',
    ]) {
      const rule = {
        id: 'b',
        tools: ['t'],
        when,
        verdict: 'BLOCK',
        code: 'RULE_BLOCK',
        class: 'final',
        mode: 'enforce',
        examples: [],
        ...REASON,
      } as const;
      expect(
        lintPolicy({ version: 1, name: 'p', rules: [rule] }, VOCABULARY).map(({ code }) => code),
      ).toEqual(['ALLOWS_NOTHING']);
    }
  });

  it('finds effects that exclude each other', () => {
    const effects = { any: ['DELETE'], none: ['DELETE'] };
    const rule = {
      id: 'b',
      tools: ['t'],
      effects,
      verdict: 'BLOCK',
      code: 'RULE_BLOCK',
      class: 'final',
      mode: 'enforce',
      examples: [],
      ...REASON,
    } as const;
    expect(
      lintPolicy({ version: 1, name: 'p', rules: [rule] }, VOCABULARY).map(({ code }) => code),
    ).toContain('NEVER_MATCHES');
  });

  it('names tools that nobody knows, where tools are known', () => {
    expect(lint([ALLOW], { ...VOCABULARY, tools: new Map([['u', { type: 'object' }]]) })).toEqual([
      'TOOL_UNKNOWN a',
    ]);
  });

  it('has a case for every code', () => {
    const told = new Set<string | undefined>(
      CASES.flatMap(([, , found]) => found.map((one) => one.split(' ')[0])),
    );
    for (const code of ['NEVER_MATCHES', 'TOOL_UNKNOWN']) told.add(code);
    expect(told).toEqual(new Set(LINT_CODES));
  });
});
