import { type GateInput, GATES, judge } from '@writ/kernel';
import { describe, expect, it } from 'vitest';
import { inputWith } from '../support/judging.ts';
import { hash, openWorld, proposal } from '../support/world.ts';

const claim = { fact: 'branch', value: 'main', confidence: 1_000_000 };

describe('gate 5', () => {
  it('facts is not evaluated when nothing is claimed', () => {
    const answer = openWorld().run(proposal());
    expect(answer.kind === 'judged' && answer.gates[5]).toMatchObject({
      gate: 5,
      not_evaluated: 'no_claims',
    });
  });

  it('facts passes when a claim meets no known fact, and pins the absence', () => {
    const world = openWorld();
    const answer = world.run(proposal({ judged: { claims: [claim] } }));
    expect(answer).toMatchObject({ verdict: 'ALLOW' });
    const sealed = JSON.parse(world.records.at(-1)?.sealed?.slice(44) ?? '{}') as GateInput;
    expect(sealed).toMatchObject({
      recall: expect.arrayContaining([
        { digest: null, id: hash('writ/fact/v1\nbranch'), kind: 'fact', value: null, version: 0 },
      ]),
    });
  });

  // Nothing states facts in this version, so the gate is asked itself, with a recall that knows one.
  it.each([
    { reason: 'it says otherwise', value: '"other"', verdict: 'BLOCK', code: 'FACT_CONFLICT' },
    { reason: 'it says the same', value: '"main"', verdict: 'ALLOW', code: 'ALLOWED' },
  ])('facts gives $code when a fact is known and $reason', ({ value, verdict, code }) => {
    const world = openWorld();
    world.run(proposal({ judged: { claims: [claim] } }));
    const input = inputWith(world, { fact: { value: hash(`writ/fact-value/v1\n${value}`) } });
    expect(judge(input)).toMatchObject({ verdict, code });
    expect(GATES[5]?.judge(input)).toMatchObject({ kind: 'evaluated' });
  });
});
