import { carryState, printSnapshot, restoreSnapshot, type State } from '@writ/kernel';
import { describe, expect, it } from 'vitest';
import { answerTo, freeze, outcomeOf, releaseOf, standing, thaw } from '../support/acts.ts';
import {
  ADMIN,
  AGENT,
  ALICE,
  commitOf,
  definitionOf,
  emptyWorld,
  ENGINE,
  EUR,
  hash,
  HOME,
  idOf,
  NS,
  openWorld,
  proposal,
  registerPolicy,
  RULES,
  START_MS,
  tagOf,
  type World,
} from '../support/world.ts';

const paying = (name: string) =>
  proposal({ name, tool: 'pay', change: { costs: [{ unit: EUR, amount: 100 }] } });
const MAIL = proposal({ name: 'mail', tool: 'mail.send' });

/** An epoch with something open of every kind. */
function before(): World {
  const world = openWorld();
  world.run(paying('open'));
  world.run(paying('committed'));
  world.run(commitOf(world, paying('committed')));
  world.run(proposal({ name: 'finished' }));
  world.run(commitOf(world, proposal({ name: 'finished' })));
  world.run(outcomeOf(proposal({ name: 'finished' })));
  world.run(MAIL);
  world.run(answerTo(world, MAIL, ALICE));
  freeze(world, { scope: 'effect', ns: NS, effect: 'DEPLOY' });
  return world;
}

/** The world of the next epoch: the carried state, the old records only to find sealed parts in. */
function after(old: World, isErased: (ns: string) => boolean = () => false): World {
  const world = emptyWorld();
  world.now_ms = old.now_ms + 1;
  Object.assign(world.library, old.library);
  Object.assign(world, { addPolicy: old.addPolicy });
  world.records.push(...old.records);
  (world as { state: State }).state = carryState(old.state, isErased);
  const operator = { id: ADMIN, definition: definitionOf({ kind: 'admin', scopes: ['thaw', 'govern'] }) };
  const genesis = {
    kind: 'genesis',
    id: idOf('log', 'two'),
    ns: HOME,
    origin: 'example.test/cell/8899aabbccddeeff',
    reason: 'recover',
    predecessor: { origin: hash('o'), root: hash('r'), size: 20 },
    keys: [hash('key')],
    engine: ENGINE,
    state_digest: hash(printSnapshot(world.state)),
    operator,
  } as const;
  expect(world.run({ ...genesis, state_digest: null })).toMatchObject({ code: 'INVALID_COMMAND' });
  expect(world.run({ ...genesis, predecessor: null })).toMatchObject({ code: 'INVALID_COMMAND' });
  expect(world.run(genesis)).toMatchObject({ kind: 'done', index: 0 });
  return world;
}

describe('carryState()', () => {
  it('carryState() leaves nothing open, and what was committed counts as spent', () => {
    const world = after(before());
    const { permitted, committed, finished, tickets, ticket_of, open_writs, pending, idempotency } =
      world.state;
    for (const map of [
      permitted,
      committed,
      finished,
      tickets,
      ticket_of,
      open_writs,
      pending,
      idempotency,
    ]) {
      expect(map.size).toBe(0);
    }
    expect(standing(world)).toEqual({ limit: 10_000, spent: 100, reserved: 0, held: {} });
  });

  it('carryState() voids writs, receipts and approvals of the epoch before', () => {
    const old = before();
    const world = after(old);
    thaw(world, { scope: 'all' });
    expect(world.run(commitOf(old, paying('open')))).toMatchObject({ code: 'WRIT_UNKNOWN' });
    expect(world.run(commitOf(old, paying('committed')))).toMatchObject({ code: 'WRIT_UNKNOWN' });
    expect(world.run(releaseOf(old, MAIL))).toMatchObject({ code: 'TICKET_UNKNOWN' });
  });

  it('carryState() begins frozen, and keeps what was frozen when everything is thawed', () => {
    const world = after(before());
    expect(world.run(proposal())).toMatchObject({ code: 'LOCKED' });
    thaw(world, { scope: 'all' });
    expect(world.run(proposal({ name: 'b' }))).toMatchObject({ verdict: 'ALLOW' });
    expect(world.run(proposal({ name: 'c', tool: 'deploy' }))).toMatchObject({ code: 'LOCKED' });
  });

  it('carryState() refuses with KEY_TOO_OLD what was sent before the epoch began', () => {
    const world = after(before());
    thaw(world, { scope: 'all' });
    const keyed = (name: string, sent_at: number) =>
      proposal({ name, change: { idempotency: { key: tagOf(name), body: tagOf('b'), sent_at } } });
    expect(world.run(keyed('old', START_MS))).toMatchObject({ code: 'KEY_TOO_OLD' });
    expect(world.run(keyed('new', START_MS + 1))).toMatchObject({ verdict: 'ALLOW' });
  });

  it('carryState() lets later changes be drift', () => {
    const world = after(before());
    thaw(world, { scope: 'all' });
    world.run(proposal());
    registerPolicy(world, RULES.slice(1));
    registerPolicy(world, RULES);
    expect(world.run(commitOf(world, proposal()))).toMatchObject({ code: 'STATE_DRIFT' });
  });

  it('carryState() keeps an erasure that the state does not know of', () => {
    const world = after(before(), (ns) => ns === NS);
    thaw(world, { scope: 'all' });
    expect(world.run(proposal())).toMatchObject({ code: 'NAMESPACE_ERASED' });
    expect(world.state.namespaces.get(NS)).toMatchObject({ erased: true, policy: null });
    expect(world.state.namespaces.get(HOME)?.erased).toBe(false);
  });

  it('carryState() gives a state that a snapshot holds', () => {
    const { state } = after(before());
    expect(printSnapshot(restoreSnapshot(printSnapshot(state)))).toBe(printSnapshot(state));
    expect(state.principals.get(AGENT)).toMatchObject({ version: 0 });
  });
});
