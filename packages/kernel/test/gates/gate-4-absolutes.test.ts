import { describe, expect, it } from 'vitest';
import { codesOf } from '../support/acts.ts';
import { openWorld, proposal, registerPolicy, ruleOf } from '../support/world.ts';

describe('gate 4', () => {
  it.each([
    { finding: 'self_protect', code: 'SELF_PROTECT' },
    { finding: 'secret_into_model', code: 'FORBIDDEN' },
  ] as const)('absolutes refuses with $code when $finding is found, whatever rules allow', (one) => {
    const world = openWorld();
    registerPolicy(world, [ruleOf({ id: 'all', tools: ['*'], verdict: 'ALLOW' })]);
    const findings = [{ code: one.finding, where: 'args.path' }];
    const answer = world.run(proposal({ understanding: { findings } }));
    expect(answer).toMatchObject({ verdict: 'BLOCK', code: one.code, ticket: null });
    const reasons = answer.kind === 'judged' ? answer.reasons : [];
    expect(reasons[0]).toMatchObject({ gate: 4, class: 'final', lift: null, rule: null });
  });

  it('absolutes passes when findings are left to policy', () => {
    const world = openWorld();
    const findings = [{ code: 'unfamiliar', where: 'args' } as const];
    const answer = world.run(proposal({ understanding: { findings } }));
    expect(answer).toMatchObject({ verdict: 'ALLOW' });
    expect(codesOf(answer)).toEqual([]);
  });
});
