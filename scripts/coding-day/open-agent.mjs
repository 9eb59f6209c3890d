// A cell in a directory of its own with the standard tools, one policy, and an agent behind a hook.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  explainProposal,
  initCell,
  openCell,
  proposeUnderstood,
  registerNamespace,
  registerPolicy,
  registerPrincipal,
  registerTool,
  release,
  reportOutcome,
  resolveHome,
  submit,
} from '@writ/cell';
import { EFFECTS, OBLIGATIONS } from '@writ/contract';

const root = join(import.meta.dirname, '../..');
const TOOLS = ['shell.run', 'file.read', 'file.write', 'file.edit', 'http.request'];

const AGENT = {
  kind: 'agent',
  scopes: ['propose', 'commit', 'outcome'],
  effects: [...EFFECTS],
  risk_cap: 1_000_000,
  wall: 1,
  executor: null,
  root: null,
  cnf: null,
  expires_at: null,
  limits: { actions_per_minute: 600, open_writs: 100, pending_tickets: 1000 },
};

/** Time is told, not taken: a day of work passes in seconds. */
const openClock = (began_ms) => {
  let passed_ms = 0;
  return {
    pass: (milliseconds) => {
      passed_ms += milliseconds;
    },
    source: { wall_ms: () => began_ms + passed_ms, monotonic_ms: () => passed_ms },
  };
};

export const openAgent = async (directory, policy) => {
  const clock = openClock(Date.now());
  const home = resolveHome({ WRIT_HOME: join(directory, 'writ') }, directory);
  const { operator: by } = await initCell(home, { name: 'day', now_ms: clock.source.wall_ms() });
  const cell = await openCell(home, { clock: clock.source, report: () => {} });
  const { ns } = await registerNamespace(cell, { by, ns: null, budgets: [] });
  const { principal } = await registerPrincipal(cell, {
    by,
    ns,
    principal: null,
    name: 'agent',
    definition: AGENT,
  });
  const { principal: person } = await registerPrincipal(cell, {
    by,
    ns,
    principal: null,
    name: 'somebody',
    definition: { ...AGENT, kind: 'human', scopes: ['approve'], effects: [] },
  });
  for (const name of TOOLS) {
    const definition = JSON.parse(readFileSync(join(root, 'tools', `${name}.json`), 'utf8'));
    await registerTool(cell, { by, ns, definition });
  }
  const set = await registerPolicy(cell, { by, ns, text: policy });
  if (set.kind === 'refused') throw new Error(JSON.stringify(set.problems));
  const proposalOf = (tool, args, scene, claim) => ({
    by: principal,
    session: 'day',
    action: { tool, args, why: '', claims: [], evidence: [] },
    scene,
    declared: null,
    idempotency: null,
    claim,
    met_obligations: [...OBLIGATIONS],
  });
  const claim = { attempt: 'first', target: null };
  const act = async (tool, args, scene) =>
    (await proposeUnderstood(cell, proposalOf(tool, args, scene, claim))).answer;
  // What it would be answered now; nothing is recorded.
  const weigh = async (tool, args, scene) =>
    (await explainProposal(cell, proposalOf(tool, args, scene, null))).explanation;
  // Whoever sits there says yes each time: what is counted is how often somebody was asked.
  const approve = async ({ id: ticket, binding }, scene) => {
    if (binding === null) return null;
    const answer = { ticket, binding, proof_of_person: 'p2', sealed: '{}' };
    await submit(cell, { kind: 'approve', by: person, ...answer });
    return (await release(cell, { by: principal, ticket, scene, claim })).answer;
  };
  const finish = (id) =>
    reportOutcome(cell, {
      by: principal,
      id,
      status: 'succeeded',
      attested_by: 'agent',
      unwrapped: false,
      produced: [],
      spent: [],
      report: null,
    });
  return { tools: TOOLS, act, weigh, approve, finish, pass: clock.pass, close: () => cell.close() };
};
