import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/answer.ts';
import { codeOf, statusOf, toWireAnswer } from '../../src/api/view.ts';
import type { Reason } from '../../src/reason.ts';

const ID = 'act_00000000000000000000000000';
const REASON: Reason = {
  gate: 6,
  verdict: 'ESCALATE',
  code: 'RULE_ESCALATE',
  class: 'liftable',
  rule: 'ask-finance-above-500',
  lift: { needs: 'p3', quorum: 2, escalate_to: 'finance', deadline_s: 60 },
  lifted: null,
};

type Judged = Extract<Answer, { readonly kind: 'judged' }>;

const judged = (members: Partial<Judged>): Judged => ({
  kind: 'judged',
  index: 7,
  id: ID,
  verdict: 'ESCALATE',
  code: 'RULE_ESCALATE',
  reasons: [REASON],
  gates: [{ gate: 6, name: 'rules', not_evaluated: null, reasons: [REASON] }],
  obligations: [],
  expires_at: null,
  ticket: {
    id: 'tkt_00000000000000000000000000',
    action: ID,
    binding: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU',
    expires_at: 9,
    lifts: ['RULE_ESCALATE'],
  },
  ...members,
});

describe('toWireAnswer()', () => {
  it('tells an agent no rule, no threshold, no approver and no binding', () => {
    const text = JSON.stringify(toWireAnswer(judged({}), 'agent'));
    for (const hidden of ['ask-finance', 'finance', 'p3', 'quorum', '47DEQ', 'lift"'])
      expect(text).not.toContain(`"${hidden}`);
    expect(text).toContain('RULE_ESCALATE');
  });

  it('tells an operator all of it', () => {
    const text = JSON.stringify(toWireAnswer(judged({}), 'operator'));
    for (const shown of ['ask-finance-above-500', 'finance', 'p3', '47DEQ']) expect(text).toContain(shown);
  });
});

describe('statusOf()', () => {
  it.each([
    [judged({ verdict: 'ALLOW', code: 'ALLOWED' }), 200],
    [judged({}), 202],
    [judged({ verdict: 'NEED_EVIDENCE', code: 'EVIDENCE_MISSING' }), 202],
    [judged({ verdict: 'BLOCK', code: 'NO_RULE' }), 403],
    [judged({ verdict: 'BLOCK', code: 'UNKNOWN_TOOL' }), 422],
    // The code alone is one that a person could lift: blocked is blocked.
    [judged({ verdict: 'BLOCK', code: 'TOXIC_COMBINATION' }), 403],
    [{ kind: 'refused', index: null, code: 'UNAUTHENTICATED', drift: [], reasons: [] } as const, 401],
    [{ kind: 'done', index: 1, id: ID } as const, 200],
  ])('is never a success for what is blocked: %#', (answer, status) => {
    expect(statusOf(answer)).toBe(status);
  });
});

describe('codeOf()', () => {
  it('is ALLOWED for what was done', () => {
    expect(codeOf({ kind: 'done', index: 1, id: ID })).toBe('ALLOWED');
  });
});
