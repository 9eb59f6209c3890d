import type { CommitCommand, ProposeCommand, Scope } from '@writ/contract';
import { describe, expect, it } from 'vitest';
import { openMint } from '../../src/cell/mint.ts';
import { whatWasAsked } from '../../src/core/what-was-asked.ts';
import { openDomainHashes } from '../../src/intake/domain-hashes.ts';
import { prepareProposal } from '../../src/intake/prepare-proposal.ts';
import type { Proposal } from '../../src/intake/print-proposal.ts';
import { openMemoryKeystore } from '../../src/sealing/memory-keystore.ts';
import { understood } from '../intake/understood.ts';

const NS = 'ns_00000000000000000000000001';
const keys = openMemoryKeystore();
await keys.createDomains([NS]);
const hashes = openDomainHashes(keys, NS);
const mint = openMint();

const PROPOSAL: Proposal = {
  by: 'prn_00000000000000000000000001',
  session: 'a session',
  action: { tool: 'files.read', args: { path: 'a' }, why: '', claims: [], evidence: [] },
  scene: null,
  understanding: {
    effects: [],
    resources: [],
    findings: [],
    reversibility: 'unknown',
    risk: 0,
    costs: [],
  },
  idempotency: null,
  claim: null,
  met_obligations: null,
};

/** As a cell prepares it each time it is sent. */
function sent(change: Partial<Proposal> = {}): ProposeCommand {
  const proposal = { ...PROPOSAL, ...change };
  const added = { id: mint.id('act'), ticket: mint.id('tkt'), root: proposal.by };
  return prepareProposal(hashes, understood(proposal, null), added).command;
}

describe('whatWasAsked()', () => {
  it('whatWasAsked() is the same for a proposal that is sent again', () => {
    const first = sent({ claim: { attempt: 'one', target: null } });
    const second = sent({ claim: { attempt: 'two', target: null } });
    expect(JSON.stringify(second)).not.toBe(JSON.stringify(first));
    expect(whatWasAsked(second)).toBe(whatWasAsked(first));
  });

  it('whatWasAsked() differs where an action, a session or an agent does', () => {
    const { action } = PROPOSAL;
    const changes: readonly Partial<Proposal>[] = [
      {},
      { action: { ...action, args: { path: 'b' } } },
      { action: { ...action, why: 'because' } },
      { session: 'another' },
      { by: 'prn_00000000000000000000000002' },
    ];
    expect(new Set(changes.map((change) => whatWasAsked(sent(change)))).size).toBe(changes.length);
  });

  it('whatWasAsked() is the same for a credential that is asked for again, and not for other scopes', () => {
    const asked = (scopes: readonly Scope[], drawn: string): string =>
      whatWasAsked({
        kind: 'register_credential',
        id: mint.id('key'),
        by: PROPOSAL.by,
        ns: NS,
        principal: PROPOSAL.by,
        digest: drawn,
        scopes,
        expires_at: 1,
      });
    expect(asked(['propose'], 'one')).toBe(asked(['propose'], 'two'));
    expect(asked(['propose'], 'one')).not.toBe(asked(['read'], 'one'));
  });

  it('whatWasAsked() is the same for another attempt at one writ, and not for another writ', () => {
    const commit = (id: string, attempt: string): CommitCommand => {
      const spend = { attempt: hashes.tag('attempt', attempt), target: null };
      return { kind: 'commit', by: PROPOSAL.by, id, spend, args: '', recorded: null, scene: [] };
    };
    expect(whatWasAsked(commit('a', 'one'))).toBe(whatWasAsked(commit('a', 'two')));
    expect(whatWasAsked(commit('a', 'one'))).not.toBe(whatWasAsked(commit('b', 'one')));
  });
});
