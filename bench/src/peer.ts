import { AgentMeshClient } from '@microsoft/agent-governance-sdk';

/** The peer's whole governed action, in memory and unsigned: policy, trust and a hash chain that forgets. */
export function openPeer(): () => Promise<void> {
  const client = AgentMeshClient.create('bench', {
    capabilities: ['files.read'],
    policyRules: [
      { action: 'files.read', effect: 'allow' },
      { action: '*', effect: 'deny' },
    ],
  });
  let line = 0;
  return async () => {
    line += 1;
    const result = await client.executeWithGovernance('files.read', {
      path: '/srv/project/src/main.ts',
      line,
      note: 'reading before the change that was asked for',
    });
    if (result.decision !== 'allow') throw new Error('the peer refused');
  };
}
