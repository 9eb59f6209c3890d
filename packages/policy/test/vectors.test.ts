import type { JsonObject } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { compilePolicy, parsePolicy, type Policy, printPolicy, type Vocabulary } from '../src/index.ts';
import { policyOf } from './support/policies.ts';
import { readVectors } from './support/vectors.ts';
import { type ActionWithPast, VOCABULARY, viewOfAction } from './support/views.ts';

type Words = {
  readonly effects: string[];
  readonly obligations: string[];
  readonly codes?: string[];
  readonly findings?: string[];
  readonly remembered?: string[];
  readonly tools?: Record<string, JsonObject>;
};

type PolicyCase = {
  readonly valid: boolean;
  readonly reason: string;
  readonly lines: string[];
  readonly problems?: { readonly code: string; readonly line: number; readonly column: number | null }[];
};

type ConditionCase = {
  readonly reason: string;
  readonly when: string;
  readonly result?: boolean;
  readonly fault?: string;
  readonly refused?: string;
};

type DecisionCase = {
  readonly reason: string;
  readonly policy: string;
  readonly view: ActionWithPast;
  readonly verdict: string;
  readonly reasons: string[][];
  readonly obligations: string[];
  readonly shadow: string[][];
};

type PolicyFile = Words & { readonly cases: PolicyCase[] };
type ConditionFile = { readonly view: ActionWithPast; readonly cases: ConditionCase[] };
type DecisionFile = Words & {
  readonly policies: Record<string, string[]>;
  readonly cases: DecisionCase[];
};

function vocabularyOf(words: Words): Vocabulary {
  const { codes, effects, findings, obligations, remembered, tools } = words;
  return {
    effects: new Set(effects),
    obligations: new Set(obligations),
    ...(codes === undefined ? {} : { codes: new Set(codes) }),
    ...(findings === undefined ? {} : { findings: new Set(findings) }),
    ...(remembered === undefined ? {} : { remembered: new Set(remembered) }),
    ...(tools === undefined ? {} : { tools: new Map(Object.entries(tools)) }),
  };
}

describe('vectors/policy/policies.json', () => {
  const file = readVectors('policies.json') as PolicyFile;
  const vocabulary = vocabularyOf(file);

  it.each(file.cases.filter((one) => one.valid))('parsePolicy() accepts $reason', ({ lines }) => {
    const policy = policyOf(lines.join('\n'), vocabulary);
    expect(policyOf(printPolicy(policy), vocabulary)).toEqual(policy);
  });

  it.each(file.cases.filter((one) => !one.valid))('parsePolicy() refuses $reason', (one) => {
    const result = parsePolicy(one.lines.join('\n'), vocabulary);
    expect(result.kind).toBe('refused');
    if (result.kind !== 'refused') return;
    const found = result.problems.map(({ code, line, column }, index) => {
      return { code, line, column: one.problems?.[index]?.column === null ? null : column };
    });
    expect(found).toEqual(one.problems);
  });

  it('holds more invalid cases than valid ones', () => {
    const valid = file.cases.filter((one) => one.valid).length;
    expect(file.cases.length - valid).toBeGreaterThan(valid);
  });
});

/** Conditions may be about findings and resources that the past remembers. */
const CONDITION_VOCABULARY: Vocabulary = {
  ...VOCABULARY,
  findings: new Set(['opaque', 'path:outside']),
  remembered: new Set(['host']),
};

describe('vectors/policy/conditions.json', () => {
  const file = readVectors('conditions.json') as ConditionFile;
  const view = viewOfAction(file.view);
  const run = (when: string) => {
    // One rule without examples of its own, compiled past the load check of examples.
    const rules: Policy['rules'] = [
      {
        id: 'a',
        tools: ['t'],
        when,
        verdict: 'ALLOW',
        code: 'ALLOWED',
        class: 'final',
        mode: 'enforce',
        examples: [],
      },
    ];
    return compilePolicy({ version: 1, name: 'p', rules }).judge(view);
  };

  it.each(file.cases.filter((one) => one.result !== undefined))('judge() runs $when: $reason', (one) => {
    expect(run(one.when).reasons.map(({ rule, code }) => [rule, code])).toEqual([
      one.result === true ? ['a', 'ALLOWED'] : ['', 'NO_RULE'],
    ]);
  });

  it.each(file.cases.filter((one) => one.fault !== undefined))('judge() blocks $when: $reason', (one) => {
    const { verdict, reasons } = run(one.when);
    expect(verdict).toBe('BLOCK');
    expect(reasons[0]).toEqual({
      rule: 'a',
      verdict: 'BLOCK',
      code: 'RULE_ERROR',
      class: 'final',
      fault: one.fault,
    });
  });

  it.each(file.cases.filter((one) => one.refused !== undefined))(
    'parsePolicy() refuses $when: $reason',
    (one) => {
      const rule = {
        id: 'a',
        tools: ['t'],
        when: one.when,
        verdict: 'ALLOW',
        examples: [{ expect: 'ALLOW' }],
      };
      const text = JSON.stringify({ version: 1, name: 'p', rules: [rule] });
      const result = parsePolicy(text, CONDITION_VOCABULARY);
      expect(result.kind === 'refused' && result.problems.map((problem) => problem.code)).toEqual([
        one.refused,
      ]);
    },
  );
});

describe('vectors/policy/decisions.json', () => {
  const file = readVectors('decisions.json') as DecisionFile;

  it.each(file.cases)('judge() decides: $reason', (one) => {
    const policy = policyOf(file.policies[one.policy]?.join('\n') ?? '', vocabularyOf(file));
    const decided = compilePolicy(policy).judge(viewOfAction(one.view));
    const short = (list: typeof decided.reasons) =>
      list.map((reason) => [reason.rule, reason.verdict, reason.code, reason.class]);
    expect({
      verdict: decided.verdict,
      reasons: short(decided.reasons),
      obligations: decided.obligations,
      shadow: short(decided.shadow),
    }).toEqual({
      verdict: one.verdict,
      reasons: one.reasons,
      obligations: one.obligations,
      shadow: one.shadow,
    });
  });
});
