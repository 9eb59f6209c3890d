import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compilePolicy,
  narrowPolicy,
  parsePolicy,
  type Policy,
  printPolicy,
  type Rule,
  type Verdict,
} from '../../src/index.ts';
import { policyFrom, ruleOf, rules, view } from '../support/arbitrary.ts';
import { VOCABULARY, viewOf } from '../support/views.ts';

const RANK: Readonly<Record<Verdict, number>> = { ALLOW: 0, NEED_EVIDENCE: 1, ESCALATE: 2, BLOCK: 3 };

const named = (list: readonly Rule[]): readonly Rule[] => list.map((rule, at) => ({ ...rule, id: `n${at}` }));

/** Any rules at all: what stands in the file of a repository. */
const untrusted = fc.array(ruleOf(), { maxLength: 6 }).map(named);
const tightening = fc
  .array(ruleOf(fc.constantFrom('BLOCK', 'ESCALATE', 'NEED_EVIDENCE')), { maxLength: 6 })
  .map(named);

describe('narrowPolicy()', () => {
  it('never loosens: a layer only adds reasons and obligations', () => {
    fc.assert(
      fc.property(rules, tightening, view, (list, layer, action) => {
        const base = policyFrom(list);
        const packs = [{ name: 'repo', layer: 'narrowing' as const, rules: layer }];
        const before = compilePolicy(base).judge(action);
        const after = compilePolicy({ ...base, packs }).judge(action);
        expect(RANK[after.verdict]).toBeGreaterThanOrEqual(RANK[before.verdict]);
        for (const obligation of before.obligations) expect(after.obligations).toContain(obligation);
        const own = after.reasons.filter(({ rule }) => !rule.startsWith('repo/'));
        expect(own).toEqual(before.reasons);
      }),
    );
  });

  it('takes an untrusted text only if it allows nothing, whatever layer it says it is', () => {
    const base = baseOf();
    const counts = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(untrusted, fc.constantFrom('base', 'narrowing'), view, (list, layer, action) => {
        // Without examples nothing loads, so each gets one that may be wrong: the text is refused then.
        const text = printPolicy({ version: 1, name: 'repo', layer, rules: list.map(withExample) });
        const read = parsePolicy(text, VOCABULARY);
        const narrowed = read.kind === 'policy' ? narrowPolicy(base, read.policy, VOCABULARY) : read;
        counts[narrowed.kind === 'policy' ? 'taken' : 'refused'] += 1;
        if (narrowed.kind !== 'policy') return;
        expect(list.every(({ verdict }) => verdict !== 'ALLOW')).toBe(true);
        const before = compilePolicy(base).judge(action);
        const after = compilePolicy(narrowed.policy).judge(action);
        expect(RANK[after.verdict]).toBeGreaterThanOrEqual(RANK[before.verdict]);
      }),
      { numRuns: 300 },
    );
    expect(Math.min(counts.taken, counts.refused)).toBeGreaterThan(10);
  });

  it('makes every pack of the layer narrow, too', () => {
    const hidden: Policy = {
      version: 1,
      name: 'repo',
      packs: [{ name: 'loose', layer: 'base', rules: [withExample(allowAll())] }],
      rules: [],
    };
    const result = narrowPolicy(baseOf(), hidden, VOCABULARY);
    expect(result.kind === 'refused' && result.problems.map(({ code }) => code)).toEqual(['PACK_LOOSENS']);
  });

  it('leaves the slices of tools that it does not speak of', () => {
    const [rule] = named([{ ...allowAll(), tools: ['u'], verdict: 'BLOCK', code: 'RULE_BLOCK' }]);
    const base = baseOf();
    const narrowed: Policy = {
      ...base,
      packs: [{ name: 'repo', layer: 'narrowing', rules: rule === undefined ? [] : [rule] }],
    };
    const [before, after] = [compilePolicy(base), compilePolicy(narrowed)];
    expect(after.sliceFor('t')).toBe(before.sliceFor('t'));
    expect(after.sliceFor('u')).not.toBe(before.sliceFor('u'));
    expect(after.digest).not.toBe(before.digest);
  });
});

function allowAll(): Rule {
  return {
    id: 'all',
    tools: ['*'],
    verdict: 'ALLOW',
    code: 'ALLOWED',
    class: 'final',
    mode: 'enforce',
    examples: [],
  };
}

function withExample(rule: Rule): Rule {
  const { history: _past, ...action } = viewOf({
    tool: rule.tools[0] === '*' ? 't' : (rule.tools[0] ?? 't'),
  });
  const expectation = rule.mode === 'shadow' ? 'ALLOW' : rule.verdict;
  return { ...rule, examples: [{ ...action, history: [], expect: expectation }] };
}

function baseOf(): Policy {
  return { version: 1, name: 'base', rules: [withExample(allowAll())] };
}
