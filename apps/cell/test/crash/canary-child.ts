import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  type Answered,
  authenticateKey,
  backupCell,
  type Cell,
  commit,
  eraseAction,
  eraseNamespace,
  initCell,
  type Proposal,
  propose,
  registerCredential,
  release,
  reportOutcome,
  sessionOf,
  submit,
} from '@writ/cell';
import { printJson } from '@writ/proof';
import { homeIn, openIn } from '../cell/world.ts';
import { ALL_CANARIES, canary, FORM_NAMES, form, OPERATORS_TEXT } from './canaries.ts';
import { type CanaryWorld, fillWorld } from './canary-world.ts';

/**
 * `canary-child.ts DIRECTORY RESULTS`: puts a canary in every place that is filled from outside, through all
 * commands and their refusals, says what an operator's log would say, and scans all that was written.
 */
const [directory = '', results = ''] = process.argv.slice(2);
const home = join(directory, 'home');
const SCANNER = fileURLToPath(new URL('../../../../scripts/canary-scan.mjs', import.meta.url));
const scans: { readonly phase: string; readonly finds: string; readonly files: readonly string[] }[] = [];

/** Whole, and the secret alone. */
const keys: string[] = [];

function scan(phase: string): void {
  const words = [...ALL_CANARIES, OPERATORS_TEXT, ...keys].flatMap((text) => ['--canary', text]);
  const options = { encoding: 'utf8' } as const;
  const { stdout } = spawnSync(process.execPath, [SCANNER, directory, ...words], options);
  const files = readdirSync(directory, { recursive: true }).map(String);
  scans.push({ phase, finds: stdout, files });
}

/** Whatever fails is told as an operator's log tells it: with all of the error. */
async function attempt(what: string, work: () => Promise<Answered | Cell>): Promise<void> {
  try {
    const answered = await work();
    const { answer } = 'answer' in answered ? answered : { answer: null };
    console.log(`${what}: ${answer?.kind} ${answer !== null && 'code' in answer ? answer.code : ''}`);
  } catch (error) {
    console.error(what, error);
  }
}

const ARGS: Proposal['action']['args'] = {
  text: canary('arg-value'),
  deep: { list: [canary('arg-deep'), ...FORM_NAMES.map(form)] },
};

function proposalFrom(world: CanaryWorld, change: Partial<Proposal> = {}): Proposal {
  return {
    by: world.agent,
    session: canary('session'),
    action: {
      tool: 'notes.write',
      args: ARGS,
      why: canary('why'),
      claims: [{ fact: canary('claim-fact'), value: canary('claim-value'), confidence: 900_000 }],
      evidence: [{ kind: canary('evidence-kind'), digest: 'LXEWQrcmsEQBYnyp-6wy9chTD7GQPMTbAiWHF5IaSIE' }],
    },
    scene: {
      directory: `/${canary('scene-directory')}`,
      roots: [`/${canary('scene-root')}`],
      shell: canary('scene-shell'),
      items: [
        {
          kind: 'path',
          name: `/${canary('scene-item')}`,
          digest: 'LXEWQrcmsEQBYnyp-6wy9chTD7GQPMTbAiWHF5IaSIE',
          used: true,
        },
      ],
    },
    understanding: {
      effects: ['READ_REPO'],
      resources: [{ kind: 'path', name: canary('resource') }],
      findings: [{ code: 'unfamiliar', where: canary('finding-where') }],
      reversibility: 'reversible',
      risk: 1_000,
      costs: [],
    },
    idempotency: null,
    claim: null,
    met_obligations: null,
    ...change,
  };
}

async function actAll(cell: Cell, world: CanaryWorld): Promise<number> {
  const plain = proposalFrom(world);
  const decided = await propose(cell, plain);
  const { action, scene } = plain;
  const spend = { by: world.agent, attempt: canary('attempt'), target: canary('target'), scene };
  const args_text = printJson(ARGS);
  const outcome = {
    by: world.agent,
    id: decided.id,
    status: 'succeeded',
    attested_by: 'agent',
    unwrapped: false,
    produced: [],
    spent: [],
    report: { said: canary('report'), to: form('email') },
  } as const;
  const wrong = printJson({ text: canary('wrong-args') });
  await attempt('wrong arguments', () => commit(cell, { ...spend, id: decided.id, args_text: wrong }));
  const drifted = await propose(cell, plain);
  await attempt('drift', () => commit(cell, { ...spend, id: drifted.id, args_text, scene: null }));
  await attempt('commit', () => commit(cell, { ...spend, id: decided.id, args_text }));
  await attempt('again', () => commit(cell, { ...spend, attempt: 'another', id: decided.id, args_text }));
  await attempt('outcome', () => reportOutcome(cell, outcome));
  await attempt('outcome again', () => reportOutcome(cell, { ...outcome, status: 'failed' }));
  const claim = { attempt: canary('claimed-attempt'), target: canary('claimed-target') };
  await attempt('claimed', () => propose(cell, proposalFrom(world, { claim, scene: null })));
  const key = { key: canary('idempotency-key'), sent_at: Date.now() };
  await attempt('keyed', () => propose(cell, proposalFrom(world, { idempotency: key })));
  const other = { ...action, args: { text: 'other' } };
  await attempt('key reused', () => propose(cell, proposalFrom(world, { idempotency: key, action: other })));
  const unknown = { ...action, tool: canary('unknown-tool') };
  await attempt('unknown tool', () => propose(cell, proposalFrom(world, { action: unknown })));
  const undeclared = { ...action, args: { [canary('arg-name')]: 1 } };
  await attempt('undeclared argument', () => propose(cell, proposalFrom(world, { action: undeclared })));
  const huge = { ...action, args: { text: `${canary('arg-value')} `.repeat(4_000) } };
  await attempt('too large', () => propose(cell, proposalFrom(world, { action: huge })));
  const lone = { ...action, args: { text: `${canary('arg-value')}\ud800` } };
  await attempt('malformed', () => propose(cell, proposalFrom(world, { action: lone })));
  const costs = [{ unit: canary('cost-unit'), amount: 1 }];
  const costly = { ...plain.understanding, costs };
  await attempt('a cost', () => propose(cell, proposalFrom(world, { understanding: costly })));
  await attempt('nobody', () => propose(cell, proposalFrom(world, { by: `prn_${'0'.repeat(26)}` })));
  return decided.proven?.index ?? 0;
}

/** The access key at a door, right and wrong, and where an agent may let it slip. */
async function showKey(cell: Cell, world: CanaryWorld): Promise<void> {
  const { access_key, agent: by, ns } = world;
  const shown = { right: access_key, cut: access_key.slice(0, -1), joined: `${access_key}0` };
  for (const [what, text] of Object.entries(shown)) {
    const { kind, ...said } = authenticateKey(cell, text);
    console.log(`${what} key: ${kind}`, said);
  }
  const action = { ...proposalFrom(world).action, args: { text: `curl -H 'X-Key: ${access_key}'` } };
  await attempt('key in arguments', () => propose(cell, proposalFrom(world, { action })));
  const more = { by, ns, principal: by, scopes: ['propose'], expires_at: Date.now() + 60_000 } as const;
  await attempt('own key', () => registerCredential(cell, more));
}

async function askPeople(cell: Cell, world: CanaryWorld): Promise<void> {
  const { person, agent: by } = world;
  for (const [kind, note] of [
    ['approve', 'approval-note'],
    ['deny', 'denial-note'],
  ] as const) {
    const action = {
      ...proposalFrom(world).action,
      tool: 'mail.send',
      args: { text: `${kind} ${form('email')}` },
    };
    const { answer } = await propose(cell, proposalFrom(world, { action }));
    if (answer.kind !== 'judged' || !answer.ticket?.binding) throw new Error('no ticket');
    const { id: ticket, binding } = answer.ticket;
    const sealed = printJson({ note: canary(note) });
    const command = { kind, by: person, ticket, binding, proof_of_person: 'p1', sealed } as const;
    await attempt('not a person', () => submit(cell, { ...command, by }));
    await attempt(kind, () => submit(cell, command));
    const claim = { attempt: canary('claimed-attempt'), target: canary('claimed-target') };
    await attempt('release', () => release(cell, { by, ticket, scene: proposalFrom(world).scene, claim }));
  }
  const session = sessionOf(cell, world.agent, canary('frozen-session'));
  const scope = { scope: 'session', ns: world.ns, session } as const;
  await attempt('freeze', () => submit(cell, { kind: 'freeze', id: cell.mint.id('frz'), by: person, scope }));
  const frozen = proposalFrom(world, { session: canary('frozen-session') });
  await attempt('frozen', () => propose(cell, frozen));
}

/** Lists follow when they like: all that was done is in them before they are scanned. */
async function listsAreThere(cell: Cell): Promise<void> {
  const { projections } = cell.followers;
  while (projections.status().as_of < cell.running.durableSize()) await pause(10);
}

async function main(): Promise<void> {
  const settings = await initCell(homeIn(home), { name: 'canary', now_ms: Date.now() });
  const options = {
    report: (event: unknown) => console.error('event', event),
    pace: { snapshot_every_records: 10, scrub_first_rest_ms: 0 },
  };
  const cell = await openIn(home, options);
  const world = await fillWorld(cell, settings.operator);
  keys.push(world.access_key, world.access_key.slice(30));
  const index = await actAll(cell, world);
  await showKey(cell, world);
  await askPeople(cell, world);
  await cell.followers.snapshots.idle();
  await listsAreThere(cell);
  await backupCell(homeIn(home), cell, join(directory, 'backup'));
  scan('running');
  const by = settings.operator;
  await attempt('erase an action', () => eraseAction(cell, { by, ns: world.ns, index }));
  await attempt('erase nothing', () => eraseAction(cell, { by, ns: world.ns, index: 1_000_000 }));
  scan('an action erased');
  await cell.close();
  await attempt('no cell', () => openIn(join(directory, 'nothing')));
  scan('closed');
  const again = await openIn(home, options);
  await attempt('erase', () => eraseNamespace(again, { by, ns: world.ns }));
  await attempt('after', () => propose(again, proposalFrom(world)));
  scan('a namespace erased');
  await again.close();
  scan('closed after the erasure');
  writeFileSync(results, JSON.stringify(scans));
}

await main();
