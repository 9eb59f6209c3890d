import { describe, expect, it } from 'vitest';
import { demandProof, LOW_RISK_MAX } from '../../src/judge/demand-proof.ts';
import { inputWith } from '../support/judging.ts';
import type { GateInput } from '@writ/kernel';
import { openWorld, proposal, ruleOf } from '../support/world.ts';
import type { Reason } from '@writ/contract';

const asked = (needs: 'p0' | 'p1' | 'p2' | 'p3' | 'p4', quorum = 1): Reason => ({
  class: 'liftable',
  code: 'RULE_ESCALATE',
  gate: 6,
  lift: { deadline_s: null, escalate_to: null, needs, quorum },
  lifted: null,
  rule: 'ask',
  verdict: 'ESCALATE',
});

/** The input of an ordinary decision, at another wall or with another understanding. */
function inputAt(
  wall: GateInput['context']['wall'],
  understanding: Partial<GateInput['judged']['understanding']> = {},
): GateInput {
  const world = openWorld();
  world.run(proposal());
  const { context, judged, ...rest } = inputWith(world, {});
  const understood = { ...judged.understanding, ...understanding };
  return { ...rest, context: { ...context, wall }, judged: { ...judged, understanding: understood } };
}

describe('demandProof()', () => {
  it.each([
    {
      reason: 'reversible and of low risk',
      reversibility: 'reversible',
      risk: LOW_RISK_MAX,
      wall: 2,
      needs: 'p1',
    },
    {
      reason: 'risk above the bound',
      reversibility: 'reversible',
      risk: LOW_RISK_MAX + 1,
      wall: 2,
      needs: 'p2',
    },
    {
      reason: 'a snapshot lets it be undone',
      reversibility: 'with_snapshot',
      risk: LOW_RISK_MAX,
      wall: 1,
      needs: 'p1',
    },
    { reason: 'irreversible', reversibility: 'irreversible', risk: 0, wall: 2, needs: 'p2' },
    { reason: 'reversibility unknown', reversibility: 'unknown', risk: 0, wall: 1, needs: 'p2' },
    {
      reason: 'wall 3 keeps the agent from answering',
      reversibility: 'irreversible',
      risk: 0,
      wall: 3,
      needs: 'p1',
    },
  ] as const)('demandProof() asks for $needs when $reason', ({ reversibility, risk, wall, needs }) => {
    const input = inputAt(wall, { reversibility, risk });
    expect(demandProof(input, asked('p1')).lift).toMatchObject({ needs });
  });

  it('demandProof() takes p4 as two people when a rule asks for it', () => {
    const input = inputAt(4);
    expect(demandProof(input, asked('p4')).lift).toMatchObject({ needs: 'p3', quorum: 2 });
    expect(demandProof(input, asked('p4', 3)).lift).toMatchObject({ needs: 'p3', quorum: 3 });
  });
});

describe('judge()', () => {
  it('judge() wakes nobody while evidence is missing', () => {
    const rules = [
      ruleOf({ id: 'allow', tools: ['mail.send'], verdict: 'ALLOW' }),
      ruleOf({ id: 'ask', tools: ['mail.send'], verdict: 'ESCALATE' }),
      ruleOf({ id: 'prove', tools: ['mail.send'], verdict: 'NEED_EVIDENCE' }),
    ];
    const world = openWorld(rules);
    const answer = world.run(proposal({ tool: 'mail.send' }));
    expect(answer).toMatchObject({ kind: 'judged', verdict: 'ESCALATE', ticket: null });
    expect(world.state.tickets.size).toBe(0);
  });

  it('judge() refuses what was understood to have no effect', () => {
    const answer = openWorld().run(proposal({ understanding: { effects: [] } }));
    expect(answer).toMatchObject({ verdict: 'BLOCK', code: 'OPAQUE' });
  });
});
