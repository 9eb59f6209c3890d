import { registerPolicy, registerPrincipal, registerTool } from '@writ/cell';
import type { Action, PrincipalDefinition, Scene, Understanding } from '@writ/contract';
import { sha256Base64url } from '@writ/proof';
import { writeBook } from '../../client/address-book.ts';
import { mustBeDone } from '../../desk/answers.ts';
import type { Store } from '../store.ts';

/** What the demonstration guards: two tools, one policy, one agent. */
export type Actors = { readonly agent: string; readonly person: string };

const POLICY = `version: 1
name: demo
rules:
  - id: no-secrets
    tools: [files.read]
    when: has(args.path) && args.path == 'secrets.env'
    verdict: BLOCK
    examples:
      - { tool: files.read, effects: [READ_REPO], args: { path: secrets.env }, expect: BLOCK }
  - id: read
    tools: [files.read]
    verdict: ALLOW
    examples:
      - { tool: files.read, effects: [READ_REPO], args: { path: README.md }, expect: ALLOW }
  - id: publish
    tools: [site.publish]
    verdict: ALLOW
    examples:
      - { tool: site.publish, effects: [NETWORK_CALL], reversibility: reversible, expect: ESCALATE }
  - id: publish-asks
    tools: [site.publish]
    verdict: ESCALATE
    needs: p1
    examples:
      - { tool: site.publish, effects: [NETWORK_CALL], reversibility: reversible, expect: ESCALATE }
`;

const AGENT: PrincipalDefinition = {
  kind: 'agent',
  scopes: ['commit', 'outcome', 'propose'],
  effects: ['NETWORK_CALL', 'READ_REPO'],
  risk_cap: 500_000,
  wall: 1,
  executor: null,
  root: null,
  cnf: null,
  expires_at: null,
  limits: { actions_per_minute: 1_000_000, open_writs: 1_000, pending_tickets: 5 },
};

const PATH = { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] };

export async function furnish(store: Store): Promise<Actors> {
  const { cell, book, client } = store;
  const by = cell.settings.operator;
  const { ns } = book;
  const files = { v: 1, name: 'files.read', description: 'reads a file', parameters: PATH } as const;
  const site = { v: 1, name: 'site.publish', description: 'publishes a page', parameters: PATH } as const;
  mustBeDone(await registerTool(cell, { by, ns, definition: { ...files, effects: ['READ_REPO'] } }));
  mustBeDone(await registerTool(cell, { by, ns, definition: { ...site, effects: ['NETWORK_CALL'] } }));
  const policy = await registerPolicy(cell, { by, ns, text: POLICY });
  if (policy.kind === 'refused') throw new TypeError('the policy of the demonstration does not load');
  mustBeDone(policy.answered);
  const agent = await registerPrincipal(cell, { by, ns, principal: null, name: 'demo', definition: AGENT });
  mustBeDone(agent);
  const person = book.principals.find(({ kind }) => kind === 'human')?.id ?? '';
  const principals = [...book.principals, { name: 'demo', id: agent.principal, kind: 'agent' }];
  await writeBook(client, { ...book, principals });
  return { agent: agent.principal, person };
}

export const SCENE: Scene = {
  directory: 'project',
  roots: ['project'],
  shell: null,
  items: [{ kind: 'path', name: 'README.md', digest: sha256Base64url('README.md as it was'), used: true }],
};

export function actionOf(tool: 'files.read' | 'site.publish', path: string): Action {
  return { tool, args: { path }, why: 'the demonstration', claims: [], evidence: [] };
}

export function understandingOf(tool: 'files.read' | 'site.publish', path: string): Understanding {
  return {
    effects: [tool === 'files.read' ? 'READ_REPO' : 'NETWORK_CALL'],
    resources: [{ kind: 'path', name: path }],
    findings: [],
    reversibility: 'reversible',
    risk: 1_000,
    costs: [],
  };
}
