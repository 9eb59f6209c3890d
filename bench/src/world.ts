import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Cell,
  commit,
  initCell,
  openCell,
  propose,
  type Proposal,
  registerNamespace,
  registerPolicy,
  registerPrincipal,
  registerTool,
  reportOutcome,
  resolveHome,
} from '@writ/cell';
import type { PrincipalDefinition, ToolDefinition } from '@writ/contract';
import { printJson } from '@writ/proof';

/** A real cell in a throw-away home, with one agent a client. */
export type World = {
  readonly cell: Cell;
  /** Principals whose decisions open no writ: a door at wall 0. Writs live 30 s and are bounded in number. */
  readonly watchers: readonly string[];
  readonly agents: readonly string[];
  readonly directory: string;
  /** The same store opened anew, and how long that took. */
  reopen(): Promise<{ readonly world: World; readonly restart_ms: number }>;
  close(): Promise<void>;
};

export const POLICY = `version: 1
name: bench
rules:
  - id: read-workspace
    tools: [files.read]
    effects: { none: [NETWORK_CALL] }
    when: 'risk < 500000 && size(resources) < 10'
    verdict: ALLOW
    examples:
      - { effects: [READ_REPO], expect: ALLOW }
`;

export const TOOL: ToolDefinition = {
  v: 1,
  name: 'files.read',
  description: 'reads a file',
  parameters: {
    type: 'object',
    properties: { path: { type: 'string' }, line: { type: 'integer' }, note: { type: 'string' } },
    required: ['path'],
  },
  effects: ['READ_REPO'],
};

/** Below the bound of a cell's queue. */
const REGISTERED_AT_ONCE = 1_000;

export async function openWorld(clients: number, live_entities: number = 0): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), 'writ-bench-'));
  const home = resolveHome({ WRIT_HOME: directory }, directory);
  const settings = await initCell(home, { name: 'bench', now_ms: Date.now() });
  const clock = { wall_ms: () => Date.now(), monotonic_ms: () => performance.now() };
  const cell = await openCell(home, { clock, report: () => {} });
  const by = settings.operator;
  const { ns } = await registerNamespace(cell, { by, ns: null, budgets: [] });
  const register = async (definition: PrincipalDefinition): Promise<string> =>
    (await registerPrincipal(cell, { by, ns, principal: null, name: 'bench', definition })).principal;
  const agents: string[] = [];
  const watchers: string[] = [];
  for (let client = 0; client < clients; client += 1) {
    agents.push(await register(agentAt(2)));
    watchers.push(await register(agentAt(0)));
  }
  for (let made = 0; made < live_entities; made += REGISTERED_AT_ONCE) {
    const count = Math.min(REGISTERED_AT_ONCE, live_entities - made);
    await Promise.all(Array.from({ length: count }, () => register(agentAt(2))));
  }
  await registerTool(cell, { by, ns, definition: TOOL });
  const answered = await registerPolicy(cell, { by, ns, text: POLICY });
  if (answered.kind === 'refused') throw new Error(JSON.stringify(answered.problems));
  const worldOf = (open: Cell): World => ({
    cell: open,
    agents,
    watchers,
    directory,
    async reopen() {
      await open.close();
      const start = performance.now();
      const again = await openCell(home, { clock, report: () => {} });
      return { world: worldOf(again), restart_ms: performance.now() - start };
    },
    async close() {
      await open.close();
      rmSync(directory, { recursive: true, force: true });
    },
  });
  return worldOf(cell);
}

export function agentAt(wall: 0 | 2): PrincipalDefinition {
  return {
    kind: 'agent',
    scopes: ['propose', 'commit', 'outcome'],
    effects: ['READ_REPO'],
    risk_cap: 500_000,
    wall,
    executor: null,
    root: null,
    cnf: null,
    expires_at: null,
    limits: { actions_per_minute: 1_000_000_000, open_writs: 1000, pending_tickets: 5 },
  };
}

let line = 0;

function proposalOf(by: string, client: number): Proposal {
  line += 1;
  return {
    by,
    session: `session ${client}`,
    action: {
      tool: 'files.read',
      args: {
        path: '/srv/project/src/main.ts',
        line,
        note: 'reading before the change that was asked for',
      },
      why: 'the task asks for a change in this file',
      claims: [],
      evidence: [],
    },
    scene: {
      directory: '/srv/project',
      roots: ['/srv/project'],
      shell: 'bash',
      items: [
        {
          kind: 'path',
          name: '/srv/project/src/main.ts',
          digest: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU',
          used: true,
        },
      ],
    },
    understanding: {
      effects: ['READ_REPO'],
      resources: [{ kind: 'path', name: '/srv/project/src/main.ts' }],
      findings: [],
      reversibility: 'nothing_to_undo',
      risk: 1_000,
      costs: [],
    },
    idempotency: null,
    claim: null,
    met_obligations: null,
  };
}

/** G1: one decision, durable, with its proof in hand. */
export async function decideOnce({ cell, watchers }: World, client: number): Promise<void> {
  const { answer, proven } = await propose(cell, proposalOf(watchers[client] ?? '', client));
  if (answer.kind !== 'judged' || answer.verdict !== 'ALLOW' || proven === null)
    throw new Error(JSON.stringify(answer));
}

/** G3: propose, commit, outcome: three records, each durable and proved. */
export async function actOnce({ cell, agents }: World, client: number): Promise<void> {
  const proposal = proposalOf(agents[client] ?? '', client);
  const { answer, id } = await propose(cell, proposal);
  if (answer.kind !== 'judged' || answer.verdict !== 'ALLOW') throw new Error(JSON.stringify(answer));
  const spent = await commit(cell, {
    by: proposal.by,
    id,
    attempt: 'first',
    target: 'https://target.test',
    args_text: printJson(proposal.action.args),
    scene: proposal.scene,
  });
  if (spent.answer.kind !== 'spent') throw new Error(JSON.stringify(spent.answer));
  const done = await reportOutcome(cell, {
    by: proposal.by,
    id,
    status: 'succeeded',
    attested_by: 'agent',
    unwrapped: false,
    produced: [],
    spent: [],
    report: { bytes: 100 },
  });
  if (done.answer.kind !== 'done') throw new Error(JSON.stringify(done.answer));
}
