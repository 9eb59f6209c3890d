import {
  type Cell,
  registerCredential,
  registerNamespace,
  registerPolicy,
  registerPrincipal,
  registerTool,
} from '@writ/cell';
import { AGENT, PERSON } from '../cell/world.ts';
import { canary, OPERATORS_TEXT } from './canaries.ts';

export type CanaryWorld = {
  readonly ns: string;
  readonly agent: string;
  readonly person: string;
  /** Of the agent: it is drawn anew each time, so it is a canary that only this run knows. */
  readonly access_key: string;
};

const POLICY = `version: 1
name: canary
rules:
  - id: notes
    tools: [notes.write]
    verdict: ALLOW
    examples: [{ effects: [READ_REPO], expect: ALLOW }]
  - id: mail
    tools: [mail.send]
    verdict: ALLOW
    examples: [{ effects: [READ_REPO], expect: ESCALATE }]
  - id: ask-mail
    tools: [mail.send]
    verdict: ESCALATE
    needs: p1
    examples: [{ effects: [READ_REPO], expect: ESCALATE }]
`;

export async function fillWorld(cell: Cell, by: string): Promise<CanaryWorld> {
  const budgets = [{ unit: canary('cost-unit'), limit: 5, window_ms: 86_400_000 }];
  const { ns } = await registerNamespace(cell, { by, ns: null, budgets });
  const name = canary('principal-name');
  const registered = { by, ns, principal: null, name };
  const agent = await registerPrincipal(cell, {
    ...registered,
    definition: { ...AGENT, effects: ['READ_REPO'] },
  });
  const person = await registerPrincipal(cell, {
    ...registered,
    definition: PERSON,
  });
  const list = { type: 'array', items: { type: 'string' } };
  const deep = { type: 'object', properties: { list }, additionalProperties: false };
  const properties = { text: { type: 'string' }, deep };
  const parameters = { type: 'object', properties, additionalProperties: false };
  for (const tool of ['notes.write', 'mail.send']) {
    const definition = {
      v: 1,
      name: tool,
      description: OPERATORS_TEXT,
      parameters,
      effects: ['READ_REPO'],
    } as const;
    await registerTool(cell, { by, ns, definition });
  }
  const policy = await registerPolicy(cell, { by, ns, text: POLICY });
  if (policy.kind === 'refused') throw new Error(JSON.stringify(policy.problems));
  const { principal } = agent;
  const expires_at = Date.now() + 86_400_000;
  const credential = { by, ns, principal, scopes: ['propose'], expires_at } as const;
  const { access_key } = await registerCredential(cell, credential);
  if (access_key === null) throw new Error('no access key');
  return { ns, agent: principal, person: person.principal, access_key };
}
