import { describe, expect, it } from 'vitest';
import { renderReason } from '../../src/index.ts';
import { policyOf } from '../support/policies.ts';
import { viewOf } from '../support/views.ts';

const TEXT = `
version: 1
name: p
rules:
  - id: a
    tools: ['*']
    verdict: ALLOW
    reason: '{rule} lets {tool} do {effects}'
    examples: [{tool: t, expect: ALLOW}]
  - id: b
    tools: ['*']
    verdict: ALLOW
    examples: [{tool: t, expect: ALLOW}]
`;

describe('renderReason()', () => {
  const [a, b] = policyOf(TEXT).rules;

  it('fills in the placeholders of the closed list, once', () => {
    const view = viewOf({ tool: '{rule}$&', effects: ['DELETE', 'READ_REPO'] });
    expect(a && renderReason(a, view)).toBe('a lets {rule}$& do DELETE, READ_REPO');
  });

  it('cuts and cleans what it quotes', () => {
    const said = a && renderReason(a, viewOf({ tool: `\u001b[31m\u202e${'x'.repeat(500)}` }));
    expect(said).toMatch(/^a lets \?\[31m\?x{194} do $/);
  });

  it('says nothing for a rule without words', () => {
    expect(b && renderReason(b, viewOf())).toBeUndefined();
  });
});
