import { type Declared, RISK_ONE } from '@writ/contract';
import { describe, expect, it } from 'vitest';
import { codesOf, withFiles } from '../understanding.ts';

describe('understandAction() with what is declared', () => {
  it('understandAction() joins it to what was understood', () => {
    const declared: Declared = {
      effects: ['UPLOAD'],
      resources: [{ kind: 'table', name: 'people' }],
      findings: [{ code: 'tainted_sink', where: '/note' }],
      costs: [{ unit: 'eur', amount: 5 }],
    };
    expect(withFiles({ path: 'a' }, { declared })).toEqual({
      effects: ['READ_REPO', 'UPLOAD'],
      resources: [
        { kind: 'path', name: 'a' },
        { kind: 'table', name: 'people' },
      ],
      findings: [
        { code: 'lexical_only', where: '/path' },
        { code: 'tainted_sink', where: '/note' },
      ],
      reversibility: 'unknown',
      risk: 450_000 + 10_000 + 300_000,
      costs: [{ unit: 'eur', amount: 5 }],
    });
  });

  it('understandAction() takes the higher risk', () => {
    expect(withFiles({ note: 'a' }, { declared: { risk: 900_000 } }).risk).toBe(900_000);
    expect(withFiles({ note: 'a' }, { declared: { risk: 0 } }).risk).toBe(20_000);
    expect(withFiles({ note: 'a' }, { declared: { risk: Number.NaN } }).risk).toBe(RISK_ONE);
  });

  it('understandAction() keeps what it found itself when the caller fills the lists', () => {
    const declared: Declared = {
      resources: Array.from({ length: 256 }, (_, at) => ({ kind: 'path', name: `r${at}` })),
      findings: Array.from({ length: 256 }, (_, at) => ({ code: 'lexical_only', where: `/${at}` })),
      costs: Array.from({ length: 5 }, (_, at) => ({ unit: `u${at}`, amount: 1 })),
    };
    const { costs, findings, resources } = withFiles({ path: '.writ/x' }, { declared });
    expect(resources[0]).toEqual({ kind: 'path', name: '.writ/x' });
    expect([resources.length, findings.length, costs.length]).toEqual([256, 256, 4]);
    expect(codesOf(findings)).toEqual(['lexical_only', 'opaque', 'self_protect']);
  });
});
