import { registerCredential, registerPolicy, registerPrincipal, registerTool } from '@writ/cell';
import type { PrincipalDefinition, Scope, ToolDefinition } from '@writ/contract';
import type { Id } from '@writ/proof';
import { mustBeDone } from '../../desk/answers.ts';
import type { Store } from '../store.ts';
import { POLICY } from './policy.ts';

/**
 * The keys that the stage speaks with: as the agent, as a busy agent under load, and as who reads the log.
 */
export type StageKeys = { readonly agent: string; readonly load: string; readonly reader: string };

/** A program and its words, without a shell. All that such a program could do is declared. */
export const COMMAND: ToolDefinition = {
  v: 1,
  name: 'command.run',
  description: 'runs one program with exactly these words, without a shell',
  parameters: {
    type: 'object',
    properties: { executable: { type: 'string' }, args: { type: 'array', items: { type: 'string' } } },
    required: ['executable', 'args'],
  },
  effects: [
    'READ_REPO',
    'READ_SECRETS',
    'READ_CONFIG',
    'COMPUTE',
    'WRITE_PATCH',
    'NETWORK_CALL',
    'DELETE',
    'DOWNLOAD',
    'UPLOAD',
    'EXECUTE_CODE',
    'ESCALATE_PRIVILEGE',
    'LISTEN',
    'PERSIST',
  ],
};

export const MAIL: ToolDefinition = {
  v: 1,
  name: 'mail.send',
  description: 'sends one mail',
  parameters: {
    type: 'object',
    properties: { to: { type: 'string' }, subject: { type: 'string' }, text: { type: 'string' } },
    required: ['to', 'subject', 'text'],
  },
  effects: ['SEND_NOTIFICATION'],
};

/** Wide enough that the rules have something to say; no code, no configuration, nothing that lasts. */
const AGENT: PrincipalDefinition = {
  kind: 'agent',
  scopes: ['commit', 'outcome', 'propose'],
  effects: [
    'COMPUTE',
    'DELETE',
    'DOWNLOAD',
    'NETWORK_CALL',
    'READ_REPO',
    'READ_SECRETS',
    'SEND_NOTIFICATION',
    'UPLOAD',
    'WRITE_PATCH',
  ],
  risk_cap: 500_000,
  wall: 1,
  executor: null,
  root: null,
  cnf: null,
  expires_at: null,
  limits: { actions_per_minute: 600, open_writs: 100, pending_tickets: 50 },
};

/** Works as fast as it can until the cell is killed. */
const LOAD: PrincipalDefinition = {
  ...AGENT,
  limits: { actions_per_minute: 1_000_000, open_writs: 1_000, pending_tickets: 0 },
};

/** No stage stands longer. */
const KEY_LIFE_MS = 7 * 86_400_000;

/** Two tools, one policy, two agents and a reader, each with a key of its own. */
export async function furnishStage({ cell, book }: Store): Promise<StageKeys> {
  const by = cell.settings.operator;
  const { ns } = book;
  for (const definition of [COMMAND, MAIL]) mustBeDone(await registerTool(cell, { by, ns, definition }));
  const policy = await registerPolicy(cell, { by, ns, text: POLICY });
  if (policy.kind === 'refused') throw new TypeError('the policy of the stage does not load');
  mustBeDone(policy.answered);
  const principalOf = async (name: string, definition: PrincipalDefinition): Promise<Id> => {
    const made = await registerPrincipal(cell, { by, ns, principal: null, name, definition });
    mustBeDone(made);
    return made.principal;
  };
  const keyOf = async (principal: Id, scopes: readonly Scope[]): Promise<string> => {
    const expires_at = cell.running.state().now_ms + KEY_LIFE_MS;
    const made = await registerCredential(cell, { by, ns, principal, scopes, expires_at });
    mustBeDone(made);
    return made.access_key ?? '';
  };
  const person = book.principals.find(({ kind }) => kind === 'human')?.id ?? '';
  return {
    agent: await keyOf(await principalOf('agent', AGENT), AGENT.scopes),
    load: await keyOf(await principalOf('load', LOAD), LOAD.scopes),
    reader: await keyOf(person, ['read']),
  };
}
