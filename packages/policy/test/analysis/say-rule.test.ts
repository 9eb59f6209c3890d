import { describe, expect, it } from 'vitest';
import { compilePolicy, explainAction, sayRule } from '../../src/index.ts';
import { policyOf } from '../support/policies.ts';
import { viewOf } from '../support/views.ts';

const TEXT = `version: 1
name: p
rules:
  - {id: all, tools: ['*'], verdict: ALLOW, examples: [{tool: t, expect: ALLOW}]}
  - id: many
    tools: [mail.send, mail.draft]
    effects: {any: [NETWORK_CALL], none: [DELETE]}
    when: >-
      has(args.to) && size(args.to) > 20 && !('opaque' in findings)
      || count('tool', 'mail.send', 3600) >= 10 && formerly('effect', 'DELETE')
    verdict: ESCALATE
    needs: p3
    quorum: 2
    escalate_to: team/office
    deadline_s: 5400
    obligations: [notify]
    reason: '{tool} to many'
    mode: shadow
    examples:
      - tool: mail.send
        effects: [NETWORK_CALL]
        history: [{ago_s: 5, tool: mail.send, effects: [DELETE], times: 10}]
        expect: ALLOW
  - id: proof
    tools: [deploy]
    verdict: NEED_EVIDENCE
    evidence: [review]
    examples: [{expect: NEED_EVIDENCE}]
  - id: no
    tools: [t]
    when: risk > 5 && now_ms > 0
    verdict: BLOCK
    examples: [{risk: 6, now_ms: 1, expect: BLOCK}]
`;

// A finding that silences a rule is refused, so the text is changed where it is read.
const policy = policyOf(TEXT.replace("!('opaque' in findings)", "'opaque' in findings"));

describe('sayRule()', () => {
  it('says everything that a rule holds, in plain words', () => {
    expect(policy.rules.map(sayRule)).toEqual([
      ['allows (ALLOWED)', 'for every tool'],
      [
        'asks a person (RULE_ESCALATE), on trial: it counts for nothing',
        'for mail.draft, mail.send',
        'with the effect NETWORK_CALL',
        'without the effect DELETE',
        'when (args.to is given and the size of args.to is more than 20 and ' +
          'there is the finding "opaque") or ' +
          "(how often the tool 'mail.send' occurred in the last hour is at least 10 and " +
          "the effect 'DELETE' occurred in the last day)",
        'asks 2 people of team/office with proof p3 within 90 minutes',
        'obliges whoever runs it: notify',
        'says: {tool} to many',
      ],
      ['asks the agent for evidence (RULE_EVIDENCE)', 'for deploy', 'while one of these is missing: review'],
      [
        'blocks, and nobody lifts it (RULE_BLOCK)',
        'for t',
        'when risk is more than 5 and now_ms is more than 0',
      ],
    ]);
  });
});

describe('explainAction()', () => {
  const explain = (members: Parameters<typeof viewOf>[0]) =>
    explainAction(compilePolicy(policy), viewOf(members)).map(({ because, outcome, rule }) => [
      rule.id,
      outcome,
      because,
    ]);

  it('names the first part of a condition that is not so', () => {
    expect(explain({ risk: 6 })).toEqual([
      ['all', 'matched', null],
      ['no', 'condition_false', 'now_ms is more than 0'],
    ]);
    expect(explain({ risk: 5 }).at(-1)).toEqual(['no', 'condition_false', 'risk is more than 5']);
    expect(explain({ risk: 6, now_ms: 1 }).at(-1)).toEqual(['no', 'matched', null]);
  });

  it('tells effects, evidence and the rules of other tools apart', () => {
    expect(explain({ tool: 'deploy' }).at(-1)).toEqual(['proof', 'matched', null]);
    expect(explain({ tool: 'deploy', evidence: ['review'] }).at(-1)).toEqual([
      'proof',
      'evidence_brought',
      null,
    ]);
    expect(explain({ tool: 'mail.send' }).at(-1)).toEqual(['many', 'effects_differ', null]);
    expect(explain({ tool: 'other' })).toEqual([['all', 'matched', null]]);
  });
});
