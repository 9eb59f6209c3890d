import type { Obligation } from '@writ/contract';
import { describe, expect, it } from 'vitest';
import { openWorld, proposal } from '../support/world.ts';

describe('gate 8', () => {
  it.each([
    { tool: 'files.write', reversibility: 'irreversible', code: 'IRREVERSIBLE' },
    { tool: 'files.write', reversibility: 'unknown', code: 'IRREVERSIBLE' },
    { tool: 'files.write', reversibility: 'reversible', code: 'ALLOWED' },
    { tool: 'files.write', reversibility: 'nothing_to_undo', code: 'ALLOWED' },
    { tool: 'files.write', reversibility: 'with_snapshot', code: 'ALLOWED' },
    { tool: 'files.read', reversibility: 'irreversible', code: 'ALLOWED' },
    { tool: 'files.read', reversibility: 'unknown', code: 'ALLOWED' },
  ] as const)('reversibility gives $code when $tool is $reversibility', ({ tool, reversibility, code }) => {
    const answer = openWorld().run(proposal({ tool, understanding: { reversibility } }));
    expect(answer).toMatchObject({ code, verdict: code === 'ALLOWED' ? 'ALLOW' : 'ESCALATE' });
  });

  it.each(['unknown', 'irreversible'] as const)(
    'reversibility asks a person when no effect is known and it is %s, beside the refusal',
    (reversibility) => {
      const answer = openWorld().run(proposal({ understanding: { effects: [], reversibility } }));
      expect(answer).toMatchObject({ verdict: 'BLOCK', code: 'OPAQUE' });
      expect(answer.kind === 'judged' && answer.gates[8]?.reasons.map((reason) => reason.code)).toEqual([
        'IRREVERSIBLE',
      ]);
    },
  );

  it('reversibility obliges to a snapshot without which it could not be undone', () => {
    const understanding = { reversibility: 'with_snapshot' } as const;
    const asked = { tool: 'pay', understanding };
    expect(openWorld().run(proposal(asked))).toMatchObject({
      verdict: 'ALLOW',
      obligations: ['snapshot_first'],
    });
    const reads = openWorld().run(proposal({ tool: 'files.read', understanding }));
    expect(reads).toMatchObject({ verdict: 'ALLOW', obligations: [] });
  });

  it('reversibility leaves nothing to a door that takes no snapshots', () => {
    const understanding = { reversibility: 'with_snapshot' } as const;
    const from = (met_obligations: readonly Obligation[] | null): unknown =>
      openWorld().run(proposal({ tool: 'pay', understanding, change: { met_obligations } }));
    expect(from([])).toMatchObject({ verdict: 'BLOCK', code: 'OBLIGATION_UNMET' });
    expect(from(['notify'])).toMatchObject({ verdict: 'BLOCK', code: 'OBLIGATION_UNMET' });
    expect(from(['snapshot_first'])).toMatchObject({ verdict: 'ALLOW', obligations: ['snapshot_first'] });
  });

  it('reversibility never takes a word that it does not know for a good one', () => {
    const reversibility = 'maybe' as 'unknown';
    const answer = openWorld().run(proposal({ tool: 'files.write', understanding: { reversibility } }));
    expect(answer).not.toMatchObject({ verdict: 'ALLOW' });
  });
});
