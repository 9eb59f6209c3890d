import { GATES } from '@writ/kernel';
import { describe, expect, it } from 'vitest';
import { codesOf, registerPrincipal } from '../support/acts.ts';
import { AGENT, openWorld, proposal, registerPolicy, ruleOf, RULES } from '../support/world.ts';

describe('judge()', () => {
  it('judge() has ten gates, numbered in their order', () => {
    expect(GATES.map((gate) => gate.number)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(GATES.map((gate) => gate.name)).toEqual([
      'freeze',
      'schema',
      'authority',
      'limits',
      'absolutes',
      'facts',
      'rules',
      'flow',
      'reversibility',
      'evidence',
    ]);
  });

  it('judge() gives reasons in gate order, the strictest verdict, and the code of the first with it', () => {
    const world = openWorld();
    registerPrincipal(world, AGENT, {
      risk_cap: 0,
      limits: { actions_per_minute: 0, open_writs: 0, pending_tickets: 5 },
    });
    const findings = [
      { code: 'secret_into_model', where: 'a' },
      { code: 'tainted_sink', where: 'a' },
    ] as const;
    const answer = world.run(
      proposal({
        tool: 'mail.send',
        understanding: { findings, risk: 1, reversibility: 'irreversible' },
        judged: { claims: [{ fact: 'f', value: 1, confidence: 0 }] },
      }),
    );
    expect(codesOf(answer)).toEqual([
      'RISK_OVER_CAP',
      'RATE_LIMIT_EXCEEDED',
      'QUOTA_EXCEEDED',
      'FORBIDDEN',
      'RULE_ESCALATE',
      'TAINTED_FLOW',
      'IRREVERSIBLE',
      'LOW_CONFIDENCE',
    ]);
    expect(answer).toMatchObject({ verdict: 'BLOCK', code: 'RATE_LIMIT_EXCEEDED', ticket: null });
    const gates = answer.kind === 'judged' ? answer.gates : [];
    expect(gates.map((gate) => gate.gate)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(gates.every((gate) => gate.not_evaluated === null)).toBe(true);
  });

  it('judge() prefers ESCALATE of a later gate to NEED_EVIDENCE of an earlier one', () => {
    const world = openWorld([...RULES]);
    const findings = [{ code: 'tainted_sink', where: 'a' } as const];
    const answer = world.run(proposal({ tool: 'prove', understanding: { findings } }));
    expect(answer).toMatchObject({ verdict: 'ESCALATE', code: 'TAINTED_FLOW' });
  });

  it.each([
    { met: null, verdict: 'ALLOW', code: 'ALLOWED' },
    { met: ['snapshot_first', 'notify'] as const, verdict: 'ALLOW', code: 'ALLOWED' },
    { met: ['notify'] as const, verdict: 'BLOCK', code: 'OBLIGATION_UNMET' },
    { met: [], verdict: 'BLOCK', code: 'OBLIGATION_UNMET' },
  ])('judge() gives $code when the door can meet $met', ({ met, verdict, code }) => {
    const answer = openWorld().run(proposal({ tool: 'files.write', change: { met_obligations: met } }));
    expect(answer).toMatchObject({
      verdict,
      code,
      obligations: verdict === 'ALLOW' ? ['snapshot_first'] : [],
    });
  });

  it.each(['null', '[]', '{}', '1', '"x"', '{', '', '{"tool":"files.read"}', '{"__proto__":null}'])(
    'judge() never allows and never throws when what was understood is %j',
    (judged) => {
      const world = openWorld();
      const answer = world.run(proposal({ change: { judged } }));
      expect(answer).not.toMatchObject({ verdict: 'ALLOW' });
      expect('code' in answer && answer.code).not.toBe('ALLOWED');
      expect(world.run(proposal({ name: 'next' }))).toMatchObject({ verdict: 'ALLOW' });
    },
  );

  it('judge() refuses with the code of the gate that threw, and the others still run', () => {
    const world = openWorld();
    registerPolicy(world, [...RULES, ruleOf({ id: 'no', tools: ['files.read'], verdict: 'BLOCK' })]);
    const understanding = { findings: null as unknown as [] };
    const answer = world.run(proposal({ understanding }));
    expect(answer).toMatchObject({ verdict: 'BLOCK', code: 'INTERNAL' });
    expect(codesOf(answer).filter((code) => code === 'INTERNAL').length).toBeGreaterThanOrEqual(2);
  });
});
