import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Cell,
  type CellOptions,
  type CellSettings,
  initCell,
  openCell,
  type Proposal,
  registerNamespace,
  registerPolicy,
  registerPrincipal,
  registerTool,
  resolveHome,
} from '@writ/cell';
import type { PrincipalDefinition } from '@writ/contract';

/** A real cell on a real disk, in a directory of its own: keys, journal, parts, tiles and all. */
export type CellWorld = {
  readonly directory: string;
  readonly settings: CellSettings;
  readonly cell: Cell;
  readonly ns: string;
  readonly agent: string;
  readonly person: string;
  reopen(options?: Partial<CellOptions>): Promise<CellWorld>;
  destroy(): Promise<void>;
};

/** A disk that is never full needs little. */
const RESERVE_BYTES: number = 64 * 1024;

export const CLOCK: CellOptions['clock'] = {
  wall_ms: () => Date.now(),
  monotonic_ms: () => performance.now(),
};

export const POLICY = `version: 1
name: test
rules:
  - id: read
    tools: [files.read]
    verdict: ALLOW
    examples: [{ effects: [READ_REPO], expect: ALLOW }]
  - id: mail
    tools: [mail.send]
    verdict: ALLOW
    examples: [{ effects: [SEND_NOTIFICATION], expect: ESCALATE }]
  - id: ask-mail
    tools: [mail.send]
    verdict: ESCALATE
    needs: p1
    examples: [{ effects: [SEND_NOTIFICATION], expect: ESCALATE }]
`;

export const AGENT: PrincipalDefinition = {
  kind: 'agent',
  scopes: ['propose', 'commit', 'outcome'],
  effects: ['READ_REPO', 'SEND_NOTIFICATION'],
  risk_cap: 500_000,
  wall: 2,
  executor: null,
  root: null,
  cnf: null,
  expires_at: null,
  limits: { actions_per_minute: 100_000, open_writs: 1_000, pending_tickets: 5 },
};

export const PERSON: PrincipalDefinition = {
  ...AGENT,
  kind: 'human',
  scopes: ['approve', 'freeze', 'thaw'],
  effects: [],
  wall: 0,
};

export function homeIn(directory: string): ReturnType<typeof resolveHome> {
  return resolveHome({ WRIT_HOME: directory }, directory);
}

export function openIn(directory: string, options: Partial<CellOptions> = {}): Promise<Cell> {
  return openCell(homeIn(directory), {
    clock: CLOCK,
    reserve_bytes: RESERVE_BYTES,
    report: () => {},
    ...options,
  });
}

export async function createWorld(): Promise<CellWorld> {
  const directory = mkdtempSync(join(tmpdir(), 'writ-cell-'));
  const settings = await initCell(homeIn(directory), { name: 'test', now_ms: Date.now() });
  const cell = await openIn(directory);
  const by = settings.operator;
  const { ns } = await registerNamespace(cell, {
    by,
    ns: null,
    budgets: [{ unit: 'eur', limit: 1_000, window_ms: 86_400_000 }],
  });
  const agent = await registerPrincipal(cell, { by, ns, principal: null, name: 'agent', definition: AGENT });
  const person = await registerPrincipal(cell, {
    by,
    ns,
    principal: null,
    name: 'person',
    definition: PERSON,
  });
  for (const [name, effect] of [
    ['files.read', 'READ_REPO'],
    ['mail.send', 'SEND_NOTIFICATION'],
  ] as const) {
    const parameters = { type: 'object', properties: { path: { type: 'string' }, text: { type: 'string' } } };
    await registerTool(cell, {
      by,
      ns,
      definition: { v: 1, name, description: name, parameters, effects: [effect] },
    });
  }
  await registerPolicy(cell, { by, ns, text: POLICY });
  return worldOf({ directory, settings, cell, ns, agent: agent.principal, person: person.principal });
}

function worldOf(world: Omit<CellWorld, 'reopen' | 'destroy'>): CellWorld {
  return {
    ...world,
    async reopen(options) {
      await world.cell.close();
      return worldOf({ ...world, cell: await openIn(world.directory, options) });
    },
    async destroy() {
      await world.cell.close();
      rmSync(world.directory, { recursive: true, force: true });
    },
  };
}

export function proposalOf(
  { agent }: Pick<CellWorld, 'agent'>,
  args: Proposal['action']['args'],
  change: Partial<Proposal> & { readonly tool?: 'files.read' | 'mail.send' } = {},
): Proposal {
  const { tool = 'files.read', ...rest } = change;
  return {
    by: agent,
    session: 'a session',
    action: { tool, args, why: 'because', claims: [], evidence: [] },
    scene: null,
    understanding: {
      effects: [tool === 'files.read' ? 'READ_REPO' : 'SEND_NOTIFICATION'],
      resources: [],
      findings: [],
      reversibility: 'reversible',
      risk: 1_000,
      costs: [],
    },
    idempotency: null,
    claim: null,
    met_obligations: null,
    ...rest,
  };
}
