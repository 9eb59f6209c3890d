import { commitPart, sha256Base64url } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { decisionHead } from '../../../../../../packages/proof/test/small-cell.ts';
import { operatorView } from '../../../../src/local/stage/acts/operator-view.ts';

const REASON = {
  gate: 6,
  verdict: 'BLOCK',
  code: 'NO_RULE',
  class: 'final',
  rule: null,
  lift: null,
  lifted: null,
};
const UNDERSTANDING = {
  effects: ['DELETE'],
  resources: [],
  findings: [],
  reversibility: 'unknown',
  risk: 1,
  costs: [],
};
const partOf = (json: string): string => `${'A'.repeat(43)}\n${json}`;
const PART = partOf(JSON.stringify({ judged: { understanding: UNDERSTANDING }, reasons: [REASON] }));

const provenWith = (part: string) => {
  const sealed = commitPart(sha256Base64url, 'sealed', part);
  const head = decisionHead(0, { parts: { sealed, state: sha256Base64url('state') } });
  return { index: 0, head, proof: '' };
};

describe('operatorView()', () => {
  it('shows what the record commits to, with the texts for operators', async () => {
    expect(await operatorView(async () => PART, provenWith(PART))).toEqual({
      understanding: UNDERSTANDING,
      reasons: [{ ...REASON, text: 'no rule allows this' }],
    });
  });

  it.each([
    ['is another by one letter', PART.replace('DELETE', 'DELETF')],
    ['has another salt', PART.replace('AA', 'AB')],
    ['is not there', null],
  ])('shows nothing when the part %s', async (_, part) => {
    expect(await operatorView(async () => part, provenWith(PART))).toBeNull();
  });

  it('shows nothing when the part is no decision', async () => {
    const other = partOf('{"reasons":[]}');
    expect(await operatorView(async () => other, provenWith(other))).toBeNull();
  });
});
