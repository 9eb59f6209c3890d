import { describe, expect, test } from 'vitest';
import {
  carryState,
  decodeOwn,
  emptyState,
  fold,
  printSnapshot,
  restoreSnapshot,
  type State,
  step,
} from '@writ/kernel';
import type { Command } from '@writ/contract';
import {
  ADMIN,
  AGENT,
  commitOf,
  ENGINE,
  EUR,
  hash,
  HOME,
  idOf,
  NS,
  openWorld,
  proposal,
  saltsOf,
  tagOf,
  type World,
} from '../support/world.ts';

/** The commands that begin a log with what is carried over from another. */
function genesisOf(world: World, state_digest: string | null): Extract<Command, { kind: 'genesis' }> {
  const definition = world.state.principals.get(ADMIN)?.definition;
  if (definition === undefined) throw new TypeError('no operator');
  return {
    kind: 'genesis',
    id: idOf('log', 'two'),
    ns: HOME,
    origin: 'example.test/cell/8899aabbccddeeff',
    reason: 'restore',
    predecessor: { origin: hash('origin'), root: hash('root'), size: world.state.size },
    keys: [hash('another key')],
    engine: ENGINE,
    state_digest,
    operator: { id: ADMIN, definition },
  };
}

const copyOf = (state: State): State => restoreSnapshot(printSnapshot(state));
const carry = (world: World, erased: readonly string[] = []): State =>
  carryState(copyOf(world.state), (ns) => erased.includes(ns));

/** The world as it goes on in the next epoch. */
function nextEpoch(world: World): World {
  const carried = carry(world);
  const command = genesisOf(world, hash(printSnapshot(carried)));
  const stamp = { now_ms: world.now_ms, salts: [saltsOf('g/0'), saltsOf('g/1')] };
  const { records } = step(carried, command, stamp, world.library);
  expect(records.length).toBe(1);
  const next: World = {
    ...world,
    state: carried,
    records: [...records],
    run(command_) {
      const made = step(carried, command_, next.stamp(), world.library);
      next.records.push(...made.records);
      return made.answer;
    },
  };
  return next;
}

const spending = (name: string) =>
  proposal({ name, tool: 'pay', change: { costs: [{ unit: EUR, amount: 100 }] } });

function busyWorld(): World {
  const world = openWorld();
  world.run({
    kind: 'register_credential',
    id: idOf('key', 'x'),
    by: ADMIN,
    ns: NS,
    principal: AGENT,
    digest: hash('an access key'),
    scopes: ['propose'],
    expires_at: world.now_ms + 86_400_000,
  });
  world.run(proposal({ name: 'open' }));
  const committed = spending('committed');
  world.run(committed);
  world.run(commitOf(world, committed));
  world.run(spending('permitted'));
  world.run(proposal({ name: 'asked', tool: 'mail.send' }));
  const idempotency = { key: tagOf('key'), body: tagOf('body'), sent_at: world.now_ms };
  world.run(proposal({ name: 'keyed', change: { idempotency } }));
  world.run({
    kind: 'freeze',
    id: idOf('frz', 'x'),
    by: ADMIN,
    scope: { scope: 'principal', principal: AGENT },
  });
  return world;
}

describe('carryState()', () => {
  test('keeps who is there and what is in force, and nothing that was open', () => {
    const world = busyWorld();
    expect(world.state.permitted.size).toBeGreaterThan(0);
    expect(world.state.tickets.size).toBeGreaterThan(0);
    expect(world.state.credentials.size).toBe(1);
    const carried = carry(world);
    for (const name of [
      'credentials',
      'permitted',
      'committed',
      'finished',
      'tickets',
      'ticket_of',
      'idempotency',
    ] as const) {
      expect([name, carried[name].size]).toEqual([name, 0]);
    }
    for (const name of ['folds', 'open_writs', 'pending'] as const) expect(carried[name].size).toBe(0);
    expect([...carried.principals.keys()].sort()).toEqual([...world.state.principals.keys()].sort());
    const before = world.state.namespaces.get(NS);
    const after = carried.namespaces.get(NS);
    expect(after?.policy?.policy).toBe(before?.policy?.policy);
    expect(after?.tools.size).toBe(before?.tools.size);
    expect(after?.pending_tickets).toBe(0);
  });

  test('counts what was committed as spent, and gives back what was only permitted', () => {
    const carried = carry(busyWorld());
    const budget = carried.namespaces.get(NS)?.budgets.get(EUR);
    expect(budget).toMatchObject({ spent: 100, reserved: 0 });
    expect(budget?.held.size).toBe(0);
  });

  test('keeps freezes, and sets every version to that of record 0', () => {
    const carried = carry(busyWorld());
    expect(carried.freezes).toEqual(new Map([[`principal:${AGENT}`, 0]]));
    expect(carried.thawed.size).toBe(0);
    expect(
      [...printSnapshot(carried).matchAll(/"version":(\d+)/g)].every(([, version]) => version === '0'),
    ).toBe(true);
  });

  test('takes a namespace without keys for erased', () => {
    const space = carry(busyWorld(), [NS]).namespaces.get(NS);
    expect(space).toMatchObject({ erased: true, policy: null });
    expect(space?.tools.size).toBe(0);
  });
});

describe('genesis', () => {
  test('begins a frozen log on the carried state, which every later fold reaches as well', () => {
    const world = busyWorld();
    const next = nextEpoch(world);
    expect(next.state.freezes.get('all')).toBe(0);
    expect(next.run(proposal({ name: 'x' }))).toMatchObject({
      kind: 'judged',
      verdict: 'BLOCK',
      code: 'LOCKED',
    });
    const folded = fold(carry(world), next.records.map(decodeOwn));
    expect(printSnapshot(folded)).toBe(printSnapshot(next.state));
    expect(next.state).toMatchObject({ size: 2, began_at: world.now_ms });
  });

  test('voids the permissions of the epoch before', () => {
    const world = openWorld();
    const proposed = proposal({ name: 'left' });
    world.run(proposed);
    const commit = commitOf(world, proposed);
    expect(nextEpoch(world).run(commit)).toMatchObject({ kind: 'refused' });
  });

  test('refuses requests that were sent before the epoch began: they may have run', () => {
    const world = openWorld();
    const next = nextEpoch(world);
    const idempotency = { key: tagOf('key'), body: tagOf('body'), sent_at: world.now_ms - 1 };
    const early = proposal({ name: 'early', change: { idempotency } });
    expect(next.run(early)).toMatchObject({ kind: 'refused', code: 'KEY_TOO_OLD' });
    const late = proposal({
      name: 'late',
      change: { idempotency: { ...idempotency, sent_at: world.now_ms } },
    });
    expect(next.run(late)).toMatchObject({ kind: 'judged' });
  });

  test('is refused when state and digest do not go together', () => {
    const world = openWorld();
    const stamp = { now_ms: world.now_ms, salts: [saltsOf('g/0'), saltsOf('g/1')] };
    const digest = hash('state');
    const cases: readonly (readonly [State, Command])[] = [
      [carry(world), genesisOf(world, null)],
      [emptyState(), genesisOf(world, digest)],
      [carry(world), { ...genesisOf(world, digest), predecessor: null }],
    ];
    for (const [state, command] of cases) {
      const { records, answer } = step(state, command, stamp, world.library);
      expect(records).toEqual([]);
      expect(answer).toMatchObject({ kind: 'refused' });
    }
  });
});
