import { describe, expect, it } from 'vitest';
import { exitOfFacts, type Facts, transcriptOf } from '../../../../src/local/demo/lexecon/transcript.ts';

const RUN = { executed: false, status: 'failed', output: '' } as const;
const FACTS: Facts = { decision: 'BLOCK', reason: 'r', run: RUN, recorded: true, ledger: 'valid' };

describe('transcriptOf()', () => {
  it.each<readonly [Partial<Facts>, string]>([
    [{ decision: 'ESCALATE' }, 'Decision: ESCALATE'],
    [{ reason: 'another' }, 'Reason: another'],
    [{ run: { ...RUN, executed: true } }, 'Executed: true'],
    [{ recorded: false }, 'Audit record written: false'],
    [{ ledger: 'invalid' }, 'Ledger verification: invalid'],
    [{ ledger: 'undecidable' }, 'Ledger verification: undecidable'],
  ])('changes a line when a fact changes: %j', (change, line) => {
    const before = transcriptOf(FACTS).map(({ text }) => text);
    const after = transcriptOf({ ...FACTS, ...change }).map(({ text }) => text);
    expect(before).not.toContain(line);
    expect(after).toContain(line);
  });
});

describe('exitOfFacts()', () => {
  it('is 0 only when record and ledger are proven', () => {
    expect(exitOfFacts(FACTS)).toBe(0);
    expect(exitOfFacts({ ...FACTS, recorded: false })).toBe(1);
    expect(exitOfFacts({ ...FACTS, ledger: 'invalid' })).toBe(1);
    expect(exitOfFacts({ ...FACTS, ledger: 'undecidable' })).toBe(2);
  });
});
