import type { Command } from '@writ/contract';
import { decideAgain, decodeStored, emptyState, fold, printSnapshot, restoreSnapshot } from '@writ/kernel';
import { encodeUtf8, parseHead } from '@writ/proof';
import {
  ADMIN,
  AGENT,
  ALICE,
  BOB,
  commitOf,
  ENGINE,
  hash,
  idOf,
  NS,
  openWorld,
  proposal,
  sealedOf,
  tagOf,
  type World,
} from '../support/world.ts';
import { replay, type RunFile } from '../vectors/replay.ts';

/** Long enough that every kind of command meets states that the others left. */
const STEPS = 1000;
const TOOLS = ['files.read', 'files.write', 'mail.send', 'deploy', 'pay', 'prove', 'unknown'];

type Proposed = { readonly name: string; readonly tool: string };
type Walk = {
  readonly world: World;
  readonly pick: (count: number) => number;
  readonly at: number;
  readonly proposed: Proposed[];
};

/** The first n numbers of a small generator: the walk is data, the same everywhere. */
const generator = (seed: number): ((count: number) => number) => {
  let state = seed;
  return (count) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 16) % count;
  };
};

/** One of the last few proposals, so that what follows mostly finds it alive. */
const recent = ({ pick, proposed }: Walk): Proposed =>
  proposed.at(-1 - pick(Math.min(4, proposed.length + 1))) ?? { name: 'none', tool: 'files.read' };

const propose = (walk: Walk): Command => {
  const { pick, at, proposed } = walk;
  const claim = pick(4) === 0 ? { attempt: tagOf('attempt'), target: null } : null;
  const tool = TOOLS[pick(TOOLS.length)] ?? 'unknown';
  proposed.push({ name: `a${at}`, tool });
  const findings = pick(9) === 0 ? [{ code: 'opaque', where: 'path' } as const] : [];
  const risk = pick(8) === 0 ? 900_000 : 100_000;
  const reversibility = (['reversible', 'nothing_to_undo', 'reversible', 'irreversible', 'unknown'] as const)[
    pick(5)
  ];
  return proposal({
    name: `a${at}`,
    tool,
    understanding: { findings, risk, reversibility: reversibility ?? 'unknown' },
    judged: { check: pick(9) === 0 ? 'malformed' : 'valid' },
    change: { claim, costs: pick(5) === 0 ? [{ unit: tagOf('eur'), amount: pick(9000) }] : [] },
  });
};

const commit = (walk: Walk): Command =>
  commitOf(walk.world, proposal(recent(walk)), walk.pick(3) === 0 ? 'other' : 'attempt');

const outcome = (walk: Walk): Command => ({
  kind: 'outcome',
  by: AGENT,
  id: idOf('act', recent(walk).name),
  status: (['succeeded', 'failed', 'unknown'] as const)[walk.pick(3)] ?? 'unknown',
  attested_by: 'agent',
  unwrapped: false,
  produced: [],
  spent: [],
  sealed: '{}',
});

/** Answers the binding that the ticket really has, or another one. */
const answer = (walk: Walk): Command => {
  const ticket = idOf('tkt', recent(walk).name);
  const binding = walk.pick(5) === 0 ? undefined : walk.world.state.tickets.get(ticket)?.binding;
  return {
    kind: walk.pick(4) === 0 ? 'deny' : 'approve',
    by: [ALICE, BOB, ALICE, BOB, AGENT][walk.pick(5)] ?? ALICE,
    ticket,
    binding: binding ?? hash('another'),
    proof_of_person: (['p0', 'p1', 'p2', 'p3', 'p3'] as const)[walk.pick(5)] ?? 'p0',
    sealed: '{}',
  };
};

const release = (walk: Walk): Command => {
  const { name } = recent(walk);
  const recorded = sealedOf(walk.world, idOf('act', name));
  return { kind: 'release', by: AGENT, ticket: idOf('tkt', name), recorded, scene: [], claim: null };
};

const freeze = ({ pick, at }: Walk): Command => {
  const scope = pick(3) === 0 ? ({ scope: 'namespace', ns: NS } as const) : ({ scope: 'all' } as const);
  const id = idOf('frz', String(at));
  return pick(4) === 0
    ? { kind: 'freeze', id, by: ALICE, scope }
    : { kind: 'thaw', id, by: ADMIN, scope, proof_of_person: 'p2' };
};

const tick = ({ at }: Walk): Command => ({ kind: 'tick', id: idOf('tik', String(at)), folded: [] });

const erase = (walk: Walk): Command => ({
  kind: 'erase',
  id: idOf('ers', String(walk.at)),
  by: ADMIN,
  ns: NS,
  subject: { kind: 'action', index: walk.pick(walk.at + 1) },
});

const OFTEN = [propose, propose, commit, commit, outcome, answer, answer, release, release];
const MOVES = [...OFTEN, ...OFTEN, freeze, tick, erase];

/** A walk through the kernel: every answer and record, the folded state, and every judgment judged again. */
export const probe = (vectors: Readonly<Record<string, string>>): unknown => {
  replayRecorded(vectors);
  const world = openWorld();
  const pick = generator(20_261_120);
  const proposed: Proposed[] = [];
  const answers: Record<string, number> = {};
  const texts: string[] = [];
  for (let at = 0; at < STEPS; at++) {
    world.now_ms += pick(60) === 0 ? 4_000_000 : pick(2000);
    const move = MOVES[pick(MOVES.length)] ?? tick;
    const given = world.run(move({ world, pick, at, proposed }));
    texts.push(JSON.stringify(given));
    const name = `${given.kind} ${'code' in given ? given.code : ''}`;
    answers[name] = (answers[name] ?? 0) + 1;
  }
  const records = world.records.map(({ head, state, sealed }) => JSON.stringify([head, state, sealed]));
  return {
    answers,
    answered: hash(texts.join('\n')),
    recorded: hash(records.join('\n')),
    ...foldedOf(world),
  };
};

const RUNS = 'vectors/kernel/runs.json';

const replayRecorded = (vectors: Readonly<Record<string, string>>): void => {
  const file = JSON.parse(vectors[RUNS] ?? '{}') as RunFile;
  for (const run of file.cases) {
    const why = replay(file, run);
    if (why !== null) throw new Error(`${RUNS}, ${run.reason}: ${why}`);
  }
};

const foldedOf = (world: World): Readonly<Record<string, unknown>> => {
  const snapshot = printSnapshot(world.state);
  const stored = world.records.map((record) => decodeStored(hash, encodeUtf8(record.head), record.state));
  if (printSnapshot(fold(emptyState(), stored)) !== snapshot)
    throw new Error('the fold is not the live state');
  if (printSnapshot(restoreSnapshot(snapshot)) !== snapshot) throw new Error('the snapshot does not restore');
  return { snapshot: hash(snapshot), again: againOf(world) };
};

const againOf = (world: World): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  const decisions = new Map<string, { readonly sealed: string | null; readonly commitment: string }>();
  for (const record of world.records) {
    const head = parseHead(encodeUtf8(record.head));
    if (head.kind !== 'decision' && head.kind !== 'release' && head.kind !== 'commit') continue;
    const { sealed } = record;
    if (head.kind === 'decision' && head.parts.sealed !== null) {
      decisions.set(head.id, { sealed, commitment: head.parts.sealed });
    }
    const decision = head.kind === 'decision' ? null : (decisions.get(head.id) ?? null);
    const { kind } = decideAgain({ head, sealed, decision }, ENGINE, world.library);
    counts[`${head.kind} ${kind}`] = (counts[`${head.kind} ${kind}`] ?? 0) + 1;
  }
  return counts;
};
