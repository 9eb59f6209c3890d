import type { Judged, ToolDefinition } from '@writ/contract';
import { describe, expect, it } from 'vitest';
import { openDomainHashes } from '../../src/intake/domain-hashes.ts';
import { openTool } from '../../src/intake/known-tool.ts';
import { prepareProposal } from '../../src/intake/prepare-proposal.ts';
import type { ProposalToUnderstand } from '../../src/intake/print-proposal.ts';
import { openMemoryKeystore } from '../../src/sealing/memory-keystore.ts';
import { understood } from './understood.ts';

const DOMAIN = 'ns_00000000000000000000000001';
const ADDED = {
  id: 'act_00000000000000000000000001',
  ticket: 'tkt_00000000000000000000000001',
  root: 'prn_00000000000000000000000001',
};
const keys = openMemoryKeystore();
await keys.createDomains([DOMAIN]);
const hashes = openDomainHashes(keys, DOMAIN);

const DEFINITION: ToolDefinition = {
  v: 1,
  name: 'files.read',
  description: 'reads a file',
  parameters: { properties: { path: { type: 'string' } } },
  effects: ['READ_REPO'],
};

const PROPOSAL: ProposalToUnderstand = {
  by: 'prn_00000000000000000000000001',
  session: 'a session',
  action: { tool: 'files.read', args: { path: 'a' }, why: 'because', claims: [], evidence: [] },
  scene: null,
  declared: null,
  idempotency: { key: 'a key', sent_at: 1_790_000_000_000 },
  claim: null,
  met_obligations: null,
};

function prepare(
  change: Partial<ProposalToUnderstand> = {},
  definition: ToolDefinition | null = DEFINITION,
): ReturnType<typeof prepareProposal> {
  const tool = definition === null ? null : openTool(definition);
  return prepareProposal(hashes, understood({ ...PROPOSAL, ...change }, tool), ADDED);
}

function judgedOf(prepared: ReturnType<typeof prepare>): Judged {
  return JSON.parse(prepared.command.judged) as Judged; // what `judged` is by its contract
}

describe('understandProposal', () => {
  it('understandProposal() has the cell say what the action means', () => {
    expect(judgedOf(prepare()).understanding).toEqual({
      effects: ['READ_REPO'],
      resources: [{ kind: 'path', name: 'a' }],
      findings: [{ code: 'lexical_only', where: '/path' }],
      reversibility: 'nothing_to_undo',
      risk: 30_000,
      costs: [],
    });
  });

  it('understandProposal() finds each thing once, though the arguments are searched twice', () => {
    const action = { ...PROPOSAL.action, args: { path: 'zoe@example.org' } };
    expect(judgedOf(prepare({ action })).understanding).toMatchObject({
      resources: [{ kind: 'path', name: 'email#1' }],
      findings: [
        { code: 'lexical_only', where: '/path' },
        { code: 'personal_data_in_arguments', where: '/path' },
      ],
    });
  });

  it('understandProposal() reserves the costs that are declared', () => {
    const { command } = prepare({ declared: { costs: [{ unit: 'eur', amount: 5 }] } });
    expect(command.costs).toEqual([{ unit: hashes.tag('unit', 'eur'), amount: 5 }]);
  });

  it('idempotency binds the key to what the caller declared, not to what the cell understood', () => {
    const bodyOf = (prepared: ReturnType<typeof prepare>): string | undefined =>
      prepared.command.idempotency?.body;
    const once = bodyOf(prepare());
    expect(bodyOf(prepare({}, { ...DEFINITION, effects: ['READ_CONFIG'] }))).toBe(once);
    expect(bodyOf(prepare({}, null))).toBe(once);
    expect(bodyOf(prepare({ declared: {} }))).not.toBe(once);
    expect(bodyOf(prepare({ declared: { risk: 1 } }))).not.toBe(once);
  });
});
