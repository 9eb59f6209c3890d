import { registerPolicy, registerPrincipal, registerTool } from '@writ/cell';
import type { PrincipalDefinition } from '@writ/contract';
import { importLexeconPolicy } from '../../../lexecon/policy/import-policy.ts';
import { SHELL_EFFECTS } from '../../../lexecon/programs.ts';
import { mustBeDone } from '../../../desk/answers.ts';
import type { Store } from '../../store.ts';
import { expect } from '../show-actions.ts';

/** `rm` is in the list, so that it is the rule that speaks and not the list. */
const POLICY = `allowed_executables: [echo, ls, rm]
rules:
  - id: block_destructive_shell
    tool: shell.run
    action: BLOCK
    patterns: ["rm -rf", "sudo rm", "mkfs", "diskutil erase"]
    reason: "Destructive shell command detected."
`;

const AGENT: PrincipalDefinition = {
  kind: 'agent',
  scopes: ['commit', 'outcome', 'propose'],
  effects: SHELL_EFFECTS,
  risk_cap: 500_000,
  wall: 1,
  executor: null,
  root: null,
  cnf: null,
  expires_at: null,
  limits: { actions_per_minute: 600, open_writs: 100, pending_tickets: 5 },
};

export type ShellWorld = {
  readonly agent: string;
  /** What each rule says for itself. */
  readonly reasons: ReadonlyMap<string, string>;
};

/** A policy of Lexecon, imported as anybody would, with its tool and an agent. */
export async function furnishShell({ cell, book: { ns } }: Store): Promise<ShellWorld> {
  const by = cell.settings.operator;
  const imported = importLexeconPolicy(POLICY);
  expect(imported.kind === 'imported', 'the policy is imported');
  mustBeDone(await registerTool(cell, { by, ns, definition: imported.tool }));
  const policy = await registerPolicy(cell, { by, ns, text: imported.policy });
  expect(policy.kind === 'answered', 'the imported policy loads');
  mustBeDone(policy.answered);
  const agent = await registerPrincipal(cell, { by, ns, principal: null, name: 'demo', definition: AGENT });
  mustBeDone(agent);
  return { agent: agent.principal, reasons: imported.reasons };
}
