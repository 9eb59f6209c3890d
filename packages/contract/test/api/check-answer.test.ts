import { describe, expect, it } from 'vitest';
import { checkAnswerOf, checkProblem } from '../../src/api/check-answer.ts';
import { sentAtOf } from '../../src/api/idempotency-key.ts';
import { OPERATIONS, type OperationId } from '../../src/api/operations.ts';
import { problemOf } from '../../src/api/view.ts';

const PROVEN = { index: 1, head: '{}', proof: 'c2sp.org/tlog-proof@v1' };

describe('checkAnswerOf()', () => {
  it('accepts what the operation declares', () => {
    expect(checkAnswerOf('getProof', PROVEN)).toEqual({ kind: 'valid', value: PROVEN });
    expect(checkAnswerOf('getCheckpoint', 'a note')).toEqual({ kind: 'valid', value: 'a note' });
  });

  it.each([
    ['a member that is missing', { index: 1, head: '{}' }, ''],
    ['a member that is not declared', { ...PROVEN, verdict: 'ALLOW' }, ''],
    ['a member of another type', { ...PROVEN, index: '1' }, '/index'],
    ['a head that is too long', { ...PROVEN, head: 'x'.repeat(1_025) }, '/head'],
    ['no object', [PROVEN], ''],
  ])('refuses %s', (_, value, where) => {
    expect(checkAnswerOf('getProof', value)).toEqual({
      kind: 'invalid',
      refusal: { code: 'MALFORMED', where },
    });
  });

  it('knows every operation, and lets none answer with nothing', () => {
    for (const id of Object.keys(OPERATIONS) as OperationId[]) {
      if (id !== 'openApi') expect([id, checkAnswerOf(id, undefined).kind]).toEqual([id, 'invalid']);
    }
  });
});

describe('checkProblem()', () => {
  it('accepts what problemOf() makes, and refuses a code that is none', () => {
    const problem = problemOf('NOT_FOUND', 'agent');
    expect(checkProblem(problem)).toEqual({ kind: 'valid', value: problem });
    expect(checkProblem({ ...problem, code: 'NO_SUCH' })).toMatchObject({ kind: 'invalid' });
    expect(checkProblem({ ...problem, status: 200 })).toMatchObject({ kind: 'invalid' });
  });
});

describe('sentAtOf()', () => {
  it('reads when a UUIDv7 was made', () => {
    // RFC 9562, appendix A.6.
    expect(sentAtOf('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')).toBe(1_645_557_742_000);
  });

  it.each([
    ['another version', '017f22e2-79b0-4cc3-98c4-dc0c0c07398f'],
    ['another variant', '017f22e2-79b0-7cc3-c8c4-dc0c0c07398f'],
    ['capital letters', '017F22E2-79B0-7CC3-98C4-DC0C0C07398F'],
    ['a line after it', '017f22e2-79b0-7cc3-98c4-dc0c0c07398f\n'],
    ['nothing', ''],
  ])('knows no time of %s', (_, key) => {
    expect(sentAtOf(key)).toBeNull();
  });
});
