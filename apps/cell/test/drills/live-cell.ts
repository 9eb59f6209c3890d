import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  act,
  type Cell,
  type CellOptions,
  govern,
  type Home,
  initCell,
  openCell,
  placesOf,
} from './cell-doors.ts';

/** A real cell in a home of its own, with one agent that may read. */
export type LiveCell = {
  readonly home: Home;
  readonly cell: Cell;
  readonly ns: string;
  readonly agent: string;
};

const clock = { wall_ms: () => Date.now(), monotonic_ms: () => performance.now() };
const LIMITS = { actions_per_minute: 1e9, open_writs: 1_000, pending_tickets: 5 };
const POLICY = `version: 1
name: drill
rules:
  - id: read
    tools: [files.read]
    verdict: ALLOW
    examples:
      - { expect: ALLOW }
`;

/** A disk that is never full needs little. */
const SMALL_RESERVE_BYTES: number = 64 * 1024;

export function makeHome(): { readonly home: Home; readonly root: string; remove(): void } {
  const root = mkdtempSync(join(tmpdir(), 'writ-drill-'));
  const config = join(root, 'config');
  const home = { state: join(root, 'state'), config, keys: join(config, 'keys') };
  return { home, root, remove: () => rmSync(root, { recursive: true }) };
}

export async function open(home: Home, options: Partial<CellOptions> = {}): Promise<Cell> {
  return openCell(home, { clock, reserve_bytes: SMALL_RESERVE_BYTES, report: () => {}, ...options });
}

export async function begin(home: Home): Promise<LiveCell> {
  const settings = await initCell(home, { name: 'drill', now_ms: Date.now() });
  const cell = await open(home);
  const by = settings.operator;
  const { ns } = await govern.registerNamespace(cell, { by, ns: null, budgets: [] });
  const { principal: agent } = await govern.registerPrincipal(cell, {
    by,
    ns,
    principal: null,
    name: 'agent',
    definition: {
      kind: 'agent',
      scopes: ['propose', 'commit', 'outcome'],
      effects: ['READ_REPO'],
      risk_cap: 500_000,
      wall: 2,
      executor: null,
      root: null,
      cnf: null,
      expires_at: null,
      limits: LIMITS,
    },
  });
  const parameters = { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] };
  const definition = {
    v: 1,
    name: 'files.read',
    description: 'reads',
    parameters,
    effects: ['READ_REPO'],
  } as const;
  await govern.registerTool(cell, { by, ns, definition });
  await govern.registerPolicy(cell, { by, ns, text: POLICY });
  return { home, cell, ns, agent };
}

/** One action, proposed and allowed, or spent and ended as well. */
export async function read({ cell, agent }: LiveCell, path: string, isRun = true): Promise<act.Proposed> {
  const understanding = {
    effects: ['READ_REPO'] as const,
    resources: [],
    findings: [],
    reversibility: 'reversible' as const,
    risk: 1_000,
    costs: [],
  };
  const action = { tool: 'files.read', args: { path }, why: 'the task asks', claims: [], evidence: [] };
  const proposed = await act.propose(cell, {
    by: agent,
    session: 's1',
    action,
    scene: null,
    understanding,
    idempotency: null,
    claim: null,
    met_obligations: null,
  });
  if (!isRun) return proposed;
  const { id } = proposed;
  const args_text = JSON.stringify({ path });
  await act.commit(cell, { by: agent, id, attempt: 'a1', target: null, args_text, scene: null });
  const ended = {
    status: 'succeeded',
    attested_by: 'agent',
    unwrapped: false,
    produced: [],
    spent: [],
  } as const;
  await act.reportOutcome(cell, { by: agent, id, ...ended, report: {} });
  return proposed;
}

/**
 * Changes stored bytes behind everyone's back: of the batch that holds a record, with a checksum that fits.
 */
export function tamper(home: Home, sql: string, ...values: (string | number | Uint8Array)[]): void {
  const database = new DatabaseSync(placesOf(home).journal);
  database.prepare(sql).run(...values);
  database.close();
}
