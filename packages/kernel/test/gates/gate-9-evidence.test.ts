import { describe, expect, it } from 'vitest';
import { openWorld, proposal } from '../support/world.ts';

const claiming = (...confidences: readonly unknown[]) =>
  proposal({
    judged: { claims: confidences.map((one) => ({ fact: 'f', value: 1, confidence: one as number })) },
  });

describe('gate 9', () => {
  it.each([
    { confidences: [499_999], code: 'LOW_CONFIDENCE' },
    { confidences: [1_000_000, 0], code: 'LOW_CONFIDENCE' },
    { confidences: [500_000], code: 'ALLOWED' },
    { confidences: [null], code: 'LOW_CONFIDENCE' },
    { confidences: ['much'], code: 'LOW_CONFIDENCE' },
  ])('evidence gives $code when confidence is $confidences', ({ confidences, code }) => {
    const answer = openWorld().run(claiming(...confidences));
    expect(answer).toMatchObject({ code, verdict: code === 'ALLOWED' ? 'ALLOW' : 'ESCALATE' });
  });

  it('evidence is not evaluated when nothing is claimed', () => {
    const answer = openWorld().run(proposal());
    expect(answer.kind === 'judged' && answer.gates[9]).toMatchObject({ not_evaluated: 'no_claims' });
  });
});
