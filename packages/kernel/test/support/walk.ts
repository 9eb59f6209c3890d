import type { Command, Effect, FreezeScope, ProposeCommand } from '@writ/contract';
import { answerTo, outcomeOf, registerPrincipal, releaseOf } from './acts.ts';
import {
  ADMIN,
  AGENT,
  ALICE,
  BOB,
  commitOf,
  definitionOf,
  EUR,
  hash,
  HOME,
  idOf,
  NS,
  openWorld,
  proposal,
  RULES,
  ruleOf,
  RUNNER,
  sealedOf,
  tagOf,
  toolDigest,
  type World,
} from './world.ts';

/** One step of a random walk: which command, numbers that choose its members, and how much time passes. */
export type Move = { readonly kind: number; readonly picks: readonly number[]; readonly passed_ms: number };

export const CHILD: string = idOf('prn', 'child');
export const ROUTED: string = idOf('prn', 'routed');
export const WATCHED: string = idOf('prn', 'watched');
const USD = tagOf('usd');
const AGENTS = [AGENT, AGENT, CHILD, ROUTED, WATCHED];
const TOOLS = ['files.read', 'files.write', 'mail.send', 'deploy', 'pay', 'prove', 'unknown'];
const EFFECTS: readonly Effect[] = ['READ_REPO', 'WRITE_PATCH', 'SEND_NOTIFICATION', 'DEPLOY'];
const CALM = 'has(session.refused) && session.refused > 2';

const POLICIES = [
  RULES,
  [...RULES, ruleOf({ id: 'calm', tools: ['files.read'], verdict: 'ESCALATE', when: CALM })],
  [...RULES, ruleOf({ id: 'second', tools: ['mail.send'], verdict: 'ESCALATE', needs: 'p2' })],
  RULES.slice(0, 3),
];

/** The small world with a child, an agent whose writs a runner spends, and one that is only watched. */
export function walkWorld(): World {
  const world = openWorld();
  const person = { kind: 'human', scopes: ['approve', 'outcome'], effects: [] } as const;
  registerPrincipal(world, ALICE, person);
  registerPrincipal(world, BOB, person);
  registerPrincipal(world, RUNNER, { kind: 'runner', scopes: ['commit', 'outcome'], wall: 4 });
  registerPrincipal(world, CHILD, { root: AGENT });
  registerPrincipal(world, ROUTED, { executor: RUNNER, risk_cap: 50_000 });
  registerPrincipal(world, WATCHED, { wall: 0 });
  const budgets = [
    { unit: EUR, limit: 1000, window_ms: 60_000 },
    { unit: USD, limit: 50, window_ms: 86_400_000 },
  ];
  world.run({ kind: 'register_namespace', id: NS, by: ADMIN, ns: NS, budgets });
  return world;
}

type Walk = {
  readonly world: World;
  readonly proposed: readonly ProposeCommand[];
  readonly pick: <T>(items: readonly T[]) => T;
  readonly number: (below: number) => number;
  readonly name: string;
};

/** A walk over a world: each move becomes a command that mostly fits what is there. */
export function walker(world: World): (move: Move) => Command {
  const proposed: ProposeCommand[] = [];
  let count = 0;
  return ({ kind, picks, passed_ms }) => {
    world.now_ms += passed_ms;
    count += 1;
    let at = 0;
    const number = (below: number): number => {
      const found = (picks[at % picks.length] ?? 0) % below;
      at += 1;
      return found;
    };
    const pick = <T>(items: readonly T[]): T => {
      const item = items[number(items.length)];
      if (item === undefined) throw new RangeError('nothing to pick');
      return item;
    };
    const make = MOVES[kind % MOVES.length] ?? proposeMove;
    const command = make({ world, proposed, pick, number, name: `w${count}` });
    if (command.kind === 'propose') proposed.push(command);
    return command;
  };
}

function proposeMove({ pick, number, name, proposed }: Walk): Command {
  const tool = pick(TOOLS);
  const costs = [
    [],
    [],
    [{ unit: EUR, amount: number(250) }],
    [
      { unit: EUR, amount: number(250) },
      { unit: USD, amount: number(12) },
      { unit: EUR, amount: number(9) },
    ],
  ];
  const effects = number(6) === 0 ? [pick(EFFECTS), pick(EFFECTS)] : undefined;
  const idempotency = {
    key: tagOf(`key${number(20)}`),
    body: tagOf(`b${number(2)}`),
    sent_at: 1_800_000_000_000,
  };
  const same = proposed.length > 0 && number(4) === 0 ? pick(proposed).same : tagOf(`same/${name}`);
  return proposal({
    name,
    tool,
    understanding: {
      risk: pick([0, 100_000, 700_000]),
      reversibility: pick(['reversible', 'with_snapshot', 'unknown', 'nothing_to_undo'] as const),
      ...(effects === undefined ? {} : { effects }),
    },
    judged: {
      scene: number(3) === 0 ? sceneOf(name) : null,
      claims: number(5) === 0 ? [{ fact: 'f', value: 1, confidence: 900_000 }] : [],
    },
    change: {
      by: pick(AGENTS),
      session: tagOf(`session${number(4)}`),
      shape: tagOf(`shape/${tool}/${number(3)}`),
      same,
      costs: pick(costs),
      idempotency: number(5) === 0 ? idempotency : null,
      claim: number(4) === 0 ? { attempt: tagOf('attempt'), target: null } : null,
      met_obligations: number(6) === 0 ? [] : null,
    },
  });
}

function sceneOf(name: string) {
  const item = { kind: 'path', name: `/w/${name}`, digest: hash(name), used: true } as const;
  return { directory: '/w', roots: ['/w'], shell: null, items: [item] };
}

/** One of the newest proposals, so that what follows mostly finds it alive. */
function recent({ proposed, number }: Walk): ProposeCommand {
  return proposed.at(-1 - number(Math.min(5, proposed.length + 1))) ?? proposal({ name: 'none' });
}

function sceneNow(walk: Walk, proposed: ProposeCommand) {
  const { scene } = JSON.parse(proposed.judged) as { readonly scene: ReturnType<typeof sceneOf> | null };
  const changed = walk.number(6) === 0;
  return (scene?.items ?? []).map(({ kind, name, digest }) => ({
    kind,
    name,
    digest: changed ? hash('changed') : digest,
  }));
}

function commitMove(walk: Walk): Command {
  const proposed = recent(walk);
  const by = proposed.by === ROUTED ? RUNNER : proposed.by;
  const command = { ...commitOf(walk.world, proposed, walk.pick(['attempt', 'attempt', 'other'])), by };
  return { ...command, scene: sceneNow(walk, proposed) };
}

function outcomeMove(walk: Walk): Command {
  const proposed = recent(walk);
  const by = walk.number(5) === 0 ? ALICE : proposed.by === ROUTED ? RUNNER : proposed.by;
  return outcomeOf(proposed, {
    by,
    status: walk.pick(['succeeded', 'failed', 'unknown'] as const),
    attested_by:
      walk.number(20) === 0 ? 'hook' : by === ALICE ? 'person' : by === RUNNER ? 'runner' : 'agent',
    spent: walk.pick([[], [{ unit: EUR, amount: walk.number(400) }], [{ unit: USD, amount: -1 }]]),
  });
}

function answerMove(walk: Walk): Command {
  const { world, pick, number } = walk;
  const waiting = [...world.state.tickets.values()].map((ticket) => ticket.id);
  const ticket = waiting.length > 0 && number(3) > 0 ? pick(waiting) : recent(walk).ticket;
  const binding = world.state.tickets.get(ticket)?.binding;
  return answerTo(world, recent(walk), pick([ALICE, BOB, ALICE, AGENT, ADMIN]), {
    kind: pick(['approve', 'approve', 'approve', 'deny'] as const),
    ticket,
    binding: number(6) === 0 || binding === undefined ? hash('other') : binding,
    proof_of_person: pick(['p0', 'p1', 'p2', 'p3', 'p4'] as const),
  });
}

function releaseMove(walk: Walk): Command {
  const { world, pick, number } = walk;
  const waiting = [...world.state.tickets.values()];
  const chosen = waiting.length > 0 && number(4) > 0 ? pick(waiting) : null;
  const proposed = recent(walk);
  const change = chosen === null ? {} : { ticket: chosen.id, by: chosen.by };
  const recorded = sealedOf(world, chosen?.action ?? proposed.id);
  const claim = number(4) === 0 ? { attempt: tagOf('attempt'), target: null } : null;
  const scene = [{ kind: 'path', name: `/w/${recent(walk).id}`, digest: hash('x') }];
  return releaseOf(world, proposed, { ...change, recorded, claim, scene: number(2) === 0 ? scene : [] });
}

function freezeMove({ pick, number, name }: Walk): Command {
  const scopes: readonly FreezeScope[] = [
    { scope: 'all' },
    { scope: 'namespace', ns: NS },
    { scope: 'session', ns: NS, session: tagOf(`session${number(4)}`) },
    { scope: 'principal', principal: pick(AGENTS) },
    { scope: 'effect', ns: NS, effect: pick(EFFECTS) },
  ];
  const scope = pick(scopes);
  const id = idOf('frz', name);
  if (number(5) === 0) return { kind: 'freeze', id, by: pick([ADMIN, ALICE]), scope };
  return { kind: 'thaw', id, by: ADMIN, scope, proof_of_person: pick(['p0', 'p2'] as const) };
}

function governMove(walk: Walk): Command {
  const { world, pick, number, name } = walk;
  const by = pick([ADMIN, ADMIN, ALICE, AGENT]);
  const { digest, slices } = world.addPolicy(pick(POLICIES));
  const unit = pick([EUR, USD]);
  const tool = pick(TOOLS);
  return pick<Command>([
    { kind: 'register_policy', id: idOf('pol', name), by, ns: NS, policy: digest, slices, sealed: '{}' },
    {
      kind: 'register_namespace',
      id: NS,
      by,
      ns: NS,
      budgets: number(4) === 0 ? [] : [{ unit, limit: number(2000), window_ms: 60_000 }],
    },
    {
      kind: 'register_tool',
      id: idOf('tol', name),
      by,
      ns: NS,
      tool: tagOf(`tool/${tool}`),
      definition: toolDigest(number(4) === 0 ? 'other' : tool),
      effects: [...EFFECTS, 'SPEND_MONEY'],
      sealed: '{}',
    },
    { kind: 'disable_principal', by, ns: NS, principal: CHILD },
    registerCredential(walk, by),
    endCredential(walk, by),
    {
      kind: 'register_principal',
      by,
      ns: NS,
      principal: CHILD,
      definition: definitionOf({ root: AGENT, risk_cap: number(2) * 600_000 }),
      sealed: '{}',
    },
  ]);
}

function registerCredential({ world, pick, number, name }: Walk, by: string): Command {
  return {
    kind: 'register_credential',
    id: idOf('key', name),
    by,
    ns: NS,
    principal: pick(AGENTS),
    digest: hash(name),
    scopes: pick([['propose'], ['propose', 'commit'], ['govern']] as const),
    expires_at: world.now_ms + 1 + number(7_200_000),
  };
}

function endCredential({ world, pick, number, name }: Walk, by: string): Command {
  const known = [...world.state.credentials.keys()].sort();
  const credential = known.length > 0 ? pick(known) : idOf('key', name);
  return { kind: 'end_credential', by, ns: NS, credential, at: world.now_ms + number(2) * number(3_600_000) };
}

function cellMove({ world, pick, number, name }: Walk): Command {
  const tick: Command = { kind: 'tick', id: idOf('tik', name), folded: [] };
  const root = [...world.state.questions.keys()].sort()[0] ?? AGENT;
  return pick<Command>([
    tick,
    tick,
    tick,
    { kind: 'open_questions', id: idOf('ask', name), by: pick([...AGENTS, ALICE, ADMIN]) },
    {
      kind: 'close_questions',
      id: world.state.questions.get(root)?.id ?? idOf('ask', name),
      root,
      explained: pick([null, 0, 7]),
      weighed: pick([null, 64]),
    },
    { kind: 'term', id: idOf('trm', name), term: world.state.term + number(2), reason: 'takeover' },
    { kind: 'snapshot', id: idOf('snp', name), size: world.state.size, state_digest: hash(name) },
    {
      kind: 'erase',
      id: idOf('ers', name),
      by: ADMIN,
      ns: NS,
      subject: { kind: 'action', index: number(40) },
    },
    { kind: 'erase', id: idOf('ers', name), by: ADMIN, ns: HOME, subject: { kind: 'namespace' } },
    { kind: 'clock', id: idOf('clk', name), from: number(9), to: number(9) },
  ]);
}

const MOVES: readonly ((walk: Walk) => Command)[] = [
  proposeMove,
  proposeMove,
  proposeMove,
  commitMove,
  commitMove,
  outcomeMove,
  answerMove,
  answerMove,
  releaseMove,
  freezeMove,
  governMove,
  cellMove,
];
