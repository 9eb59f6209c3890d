import fc from 'fast-check';
import type { EffectFilter, Policy, Rule, Verdict, View } from '../../src/index.ts';
import { VOCABULARY, viewOf } from './views.ts';

/** Some hold, some do not, some depend on the action, some fail on some actions. */
const CONDITIONS = [
  undefined,
  'true',
  'false',
  '1 / 0 == 1',
  'has(args.n) && args.n > 3',
  "has(args.n) && args.n in ['a', 'b']",
  'risk > 500000',
  "effects.exists(e, e == 'DELETE')",
  'has(args.list) && args.list.all(i, i < 10)',
  'has(args.list) && size(args.list.filter(i, i == 1)) > 0',
  '!has(args.n) || args.n != 2',
] as const;

const VERDICT_CLASS = {
  ALLOW: 'final',
  BLOCK: 'final',
  ESCALATE: 'liftable',
  NEED_EVIDENCE: 'fillable',
} as const;

const effect = fc.constantFrom(...VOCABULARY.effects);
const filter: fc.Arbitrary<EffectFilter | undefined> = fc.option(
  fc.record(
    { any: fc.uniqueArray(effect, { minLength: 1 }), none: fc.uniqueArray(effect, { minLength: 1 }) },
    { requiredKeys: [] },
  ),
  { nil: undefined },
);

export const verdict: fc.Arbitrary<Verdict> = fc.constantFrom('ALLOW', 'BLOCK', 'ESCALATE', 'NEED_EVIDENCE');

/** A checked rule without examples: parsePolicy has done its part before these begin to matter. */
export function ruleOf(verdicts: fc.Arbitrary<Verdict> = verdict): fc.Arbitrary<Rule> {
  return fc
    .record({
      tools: fc.constantFrom(['*'], ['t'], ['u'], ['t', 'u']),
      effects: filter,
      when: fc.constantFrom(...CONDITIONS),
      verdict: verdicts,
      obligations: fc.constantFrom(undefined, ['notify'], ['run_fenced']),
      mode: fc.constantFrom('enforce' as const, 'enforce' as const, 'shadow' as const),
    })
    .map((parts) => ({
      id: 'r',
      tools: parts.tools,
      ...(parts.effects === undefined ? {} : { effects: parts.effects }),
      ...(parts.when === undefined ? {} : { when: parts.when }),
      verdict: parts.verdict,
      code: 'RULE_CODE',
      class: VERDICT_CLASS[parts.verdict],
      ...(parts.obligations === undefined ? {} : { obligations: parts.obligations }),
      mode: parts.mode,
      examples: [],
    }));
}

/** Rules in any order, each with a name of its own. */
export const rules: fc.Arbitrary<readonly Rule[]> = fc
  .array(ruleOf(), { maxLength: 12 })
  .map((list) => list.map((rule, index) => ({ ...rule, id: `r${index}` })));

export function policyFrom(list: readonly Rule[]): Policy {
  return { version: 1, name: 'p', rules: list };
}

const argument = fc.oneof(
  fc.integer({ min: -5, max: 12 }),
  fc.constantFrom('a', 'b', 'x', null, true, 2.5),
  fc.array(fc.oneof(fc.integer({ min: -5, max: 12 }), fc.constant('a')), { maxLength: 4 }),
);

export const view: fc.Arbitrary<View> = fc
  .record({
    tool: fc.constantFrom('t', 'u', 'v'),
    args: fc.record({ n: argument, list: argument, other: argument }, { requiredKeys: [] }),
    effects: fc.uniqueArray(effect),
    risk: fc.integer({ min: 0, max: 1_000_000 }),
  })
  .map(viewOf);
