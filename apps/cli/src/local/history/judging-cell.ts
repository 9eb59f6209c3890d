import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import {
  type Cell,
  explainProposal,
  type ExplainedProposal,
  initCell,
  openCell,
  registerNamespace,
  registerPolicy,
  registerPrincipal,
  registerTool,
  resolveHome,
} from '@writ/cell';
import { EFFECTS, type JsonObject, type PrincipalDefinition, type Scene } from '@writ/contract';
import { mustBeDone } from '../../desk/answers.ts';
import { KNOWN_TOOLS, readKnownTool } from '../../files/known-tools.ts';
import type { Place } from '../../program/command.ts';
import { CliFailure } from '../../program/failure.ts';

/** A cell of its own has little to keep: room for the worst day of a log would only be written. */
const RESERVE_BYTES = 1_048_576;

/** Who an agent is behind the door: held back by the policy alone. */
const AGENT: PrincipalDefinition = {
  kind: 'agent',
  scopes: ['propose'],
  effects: EFFECTS,
  risk_cap: 1_000_000,
  wall: 1,
  executor: null,
  root: null,
  cnf: null,
  expires_at: null,
  limits: { actions_per_minute: 1_000_000, open_writs: 1_000, pending_tickets: 1_000 },
};

export type ToJudge = {
  readonly tool: string;
  readonly args: JsonObject;
  readonly scene: Scene;
};

export type JudgingCell = {
  /** A home below the throw-away directory, where observers may keep what they measured. */
  readonly place: Place;
  judge(asked: ToJudge): Promise<ExplainedProposal>;
  /** From now on it is judged by another policy. */
  setPolicy(text: string): Promise<void>;
};

/**
 * A whole cell in a directory that is gone afterwards, so that what is judged goes through the very functions
 * that will judge it once a door is there. Nothing that is asked is recorded, there or anywhere.
 */
export async function withJudgingCell<T>(
  { environment, user_home }: Place,
  policy: string,
  work: (judging: JudgingCell) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'writ-history-'));
  const remove = (): void => rmSync(directory, { recursive: true, force: true });
  // Also when somebody ends it with Ctrl-C.
  const end = (): void => process.exit(130);
  process.once('exit', remove);
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  const place: Place = { environment: { ...environment, WRIT_HOME: join(directory, 'home') }, user_home };
  mkdirSync(join(directory, 'home'), { mode: 0o700 });
  try {
    const home = resolveHome(place.environment, user_home);
    await initCell(home, { name: 'history', now_ms: Date.now() });
    const clock = { wall_ms: () => Date.now(), monotonic_ms: () => performance.now() };
    const cell = await openCell(home, { clock, reserve_bytes: RESERVE_BYTES, report: () => {} });
    try {
      return await work({ place, ...(await furnish(cell, policy)) });
    } finally {
      await cell.close();
    }
  } finally {
    process.removeListener('exit', remove);
    process.removeListener('SIGINT', end);
    process.removeListener('SIGTERM', end);
    remove();
  }
}

async function furnish(cell: Cell, policy: string): Promise<Omit<JudgingCell, 'place'>> {
  const by = cell.settings.operator;
  const space = await registerNamespace(cell, { by, ns: null, budgets: [] });
  mustBeDone(space);
  const { ns } = space;
  for (const name of KNOWN_TOOLS) {
    mustBeDone(await registerTool(cell, { by, ns, definition: await readKnownTool(name) }));
  }
  const setPolicy = async (text: string): Promise<void> => {
    const set = await registerPolicy(cell, { by, ns, text });
    if (set.kind === 'refused') throw new CliFailure('POLICY_REFUSED', 'this policy does not load');
    mustBeDone(set.answered);
  };
  await setPolicy(policy);
  const agent = await registerPrincipal(cell, { by, ns, principal: null, name: 'agent', definition: AGENT });
  mustBeDone(agent);
  return {
    setPolicy,
    judge: ({ args, scene, tool }) =>
      explainProposal(cell, {
        by: agent.principal,
        session: 'history',
        action: { tool, args, why: '', claims: [], evidence: [] },
        scene,
        idempotency: null,
        claim: null,
        declared: null,
        met_obligations: ['redact_output', 'snapshot_first'],
      }),
  };
}
