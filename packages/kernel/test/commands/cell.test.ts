import type { Command } from '@writ/contract';
import { limits } from '@writ/kernel';
import { describe, expect, it } from 'vitest';
import { lastHead, outcomeOf, registerPrincipal, thaw, tick } from '../support/acts.ts';
import {
  ADMIN,
  AGENT,
  ALICE,
  commitOf,
  definitionOf,
  emptyWorld,
  ENGINE,
  hash,
  HOME,
  idOf,
  NS,
  openWorld,
  proposal,
  tagOf,
} from '../support/world.ts';

const genesis = (change: Partial<Extract<Command, { kind: 'genesis' }>> = {}): Command => ({
  kind: 'genesis',
  id: idOf('log', 'two'),
  ns: HOME,
  origin: 'example.test/cell/0011223344556677',
  reason: 'new',
  predecessor: null,
  keys: [hash('key')],
  engine: ENGINE,
  state_digest: null,
  operator: { id: ADMIN, definition: definitionOf({ kind: 'admin', scopes: ['thaw', 'govern'] }) },
  ...change,
});

const FIRST: readonly Command[] = [
  { kind: 'term', id: idOf('trm', '1'), term: 1, reason: 'start' },
  { kind: 'clock', id: idOf('clk', '1'), from: 0, to: 1 },
  { kind: 'engine', id: idOf('eng', '1'), engine: ENGINE },
  { kind: 'snapshot', id: idOf('snp', '1'), size: 0, state_digest: hash('x') },
  { kind: 'quarantine', id: idOf('qua', '1'), command: hash('x') },
  { kind: 'tick', id: idOf('tik', '1'), folded: [{ index: 0, count: 1 }] },
];

describe('genesis', () => {
  it.each(FIRST)('genesis is record 0: $kind is refused with UNAVAILABLE before it', (command) => {
    const world = emptyWorld();
    expect(world.run(command)).toMatchObject({ kind: 'refused', index: null, code: 'UNAVAILABLE' });
    expect(world.records).toEqual([]);
  });

  it('genesis stands once: a second one is refused with ALREADY_EXISTS', () => {
    const world = emptyWorld();
    expect(world.run(genesis())).toMatchObject({ kind: 'done', index: 0 });
    expect(world.run(genesis())).toMatchObject({ kind: 'refused', code: 'ALREADY_EXISTS' });
    expect(world.records).toHaveLength(1);
  });

  it('genesis with a predecessor starts frozen, until a person thaws everything', () => {
    const world = emptyWorld();
    const predecessor = { origin: hash('o'), root: hash('r'), size: 7 };
    world.run(genesis({ predecessor, reason: 'recover' }));
    expect(world.state.freezes.get('all')).toBe(0);
    registerPrincipal(world, AGENT, {}, HOME);
    expect(world.run(proposal())).toMatchObject({ verdict: 'BLOCK', code: 'LOCKED' });
    expect(thaw(world, { scope: 'all' }, ADMIN, 'p0')).toMatchObject({ code: 'PROOF_OF_PERSON_TOO_WEAK' });
    expect(thaw(world, { scope: 'all' }, ADMIN, 'p1')).toMatchObject({ kind: 'done' });
    expect(world.run(proposal({ name: 'b' }))).toMatchObject({ code: 'UNKNOWN_TOOL' });
  });

  it('genesis without a predecessor starts open', () => {
    const world = emptyWorld();
    world.run(genesis());
    expect(world.state.freezes.size).toBe(0);
  });
});

describe('the cell itself', () => {
  it('term only rises, and stands in every head after it', () => {
    const world = openWorld();
    const term = (value: number): Command => ({
      kind: 'term',
      id: idOf('trm', '2'),
      term: value,
      reason: 'start',
    });
    for (const value of [0, 1]) expect(world.run(term(value))).toMatchObject({ code: 'INVALID_COMMAND' });
    expect(world.run(term(2))).toMatchObject({ kind: 'done' });
    world.run(proposal());
    expect(lastHead(world)).toMatchObject({ kind: 'decision', term: 2 });
  });

  it('snapshot is refused with INVALID_COMMAND when it claims records that are not there', () => {
    const world = openWorld();
    const { size } = world.state;
    const snapshot = (of: number): Command => ({
      kind: 'snapshot',
      id: idOf('snp', '1'),
      size: of,
      state_digest: hash('x'),
    });
    expect(world.run(snapshot(size + 1))).toMatchObject({ code: 'INVALID_COMMAND' });
    expect(world.run(snapshot(size))).toMatchObject({ kind: 'done' });
  });

  it('engine changes what later decisions name', () => {
    const world = openWorld();
    world.run({ kind: 'engine', id: idOf('eng', '2'), engine: hash('newer') });
    world.run(proposal());
    expect(lastHead(world)).toMatchObject({ engine: hash('newer') });
  });

  it('quarantine is remembered, and refused with CAPACITY when too many are', () => {
    const world = openWorld();
    const quarantine = (name: string): Command => ({
      kind: 'quarantine',
      id: idOf('qua', name),
      command: hash(name),
    });
    for (let at = 0; at < limits.QUARANTINED_MAX; at += 1) {
      expect(world.run(quarantine(String(at)))).toMatchObject({ kind: 'done' });
    }
    expect(world.run(quarantine('more'))).toMatchObject({ code: 'CAPACITY' });
    expect(world.state.quarantined.has(hash('0'))).toBe(true);
  });

  it('clock and key are records that change nothing else', () => {
    const world = openWorld();
    expect(world.run({ kind: 'clock', id: idOf('clk', '1'), from: 1, to: 2 })).toMatchObject({
      kind: 'done',
    });
    const key = { key: hash('k'), change: 'add', purpose: 'checkpoint' } as const;
    expect(world.run({ kind: 'rotate_key', id: idOf('key', '1'), by: ADMIN, ...key })).toMatchObject({
      kind: 'done',
    });
    expect(world.run({ kind: 'rotate_key', id: idOf('key', '1'), by: ALICE, ...key })).toMatchObject({
      code: 'INSUFFICIENT_AUTHORITY',
    });
  });
});

describe('tick', () => {
  it('tick makes no record when nothing is to be told', () => {
    const world = openWorld();
    world.run(proposal());
    const { length } = world.records;
    expect(tick(world)).toMatchObject({ kind: 'refused', index: null, code: 'NOT_FOUND' });
    expect(world.records).toHaveLength(length);
  });

  it('tick counts folded refusals, at most so many at once', () => {
    const world = openWorld();
    const folded = [
      { index: 3, count: 2 },
      { index: 4, count: 5 },
    ];
    expect(world.run({ kind: 'tick', id: idOf('tik', '1'), folded })).toMatchObject({ kind: 'done' });
    expect(lastHead(world)).toMatchObject({ kind: 'tick', folded: 7, expired_writs: 0, expired_tickets: 0 });
    const many = Array.from({ length: limits.TICK_FOLDED_MAX + 1 }, () => ({ index: 1, count: 1 }));
    expect(world.run({ kind: 'tick', id: idOf('tik', '2'), folded: many })).toMatchObject({
      code: 'INVALID_COMMAND',
    });
  });

  it('tick releases what expired in the order of time, and no more than fits one record', () => {
    const world = openWorld();
    const limitsOf = { actions_per_minute: 1000, open_writs: 1000, pending_tickets: 5 };
    registerPrincipal(world, AGENT, { limits: limitsOf });
    const count = limits.TICK_EXPIRED_MAX + 10;
    for (let at = 0; at < count; at += 1) world.run(proposal({ name: `t${at}` }));
    world.now_ms += 30_000;
    expect(tick(world)).toMatchObject({ kind: 'done' });
    expect(lastHead(world)).toMatchObject({ expired_writs: limits.TICK_EXPIRED_MAX });
    expect(world.state.permitted.has(idOf('act', `t${count - 1}`))).toBe(true);
    tick(world);
    expect(lastHead(world)).toMatchObject({ expired_writs: 10 });
    expect(world.state.permitted.size).toBe(0);
    expect(world.state.open_writs.size).toBe(0);
  });

  it('tick drops tickets whose time has come, of any life and any status', () => {
    const world = openWorld();
    const mail = proposal({ tool: 'mail.send' });
    world.run(mail);
    world.now_ms += 3_600_000;
    expect(tick(world)).toMatchObject({ kind: 'done' });
    expect(lastHead(world)).toMatchObject({ expired_tickets: 1 });
    expect(world.state.tickets.size + world.state.ticket_of.size + world.state.pending.size).toBe(0);
    expect(world.state.namespaces.get(NS)?.pending_tickets).toBe(0);
  });

  it('tick and everything else forget finished runs after a minute', () => {
    const world = openWorld();
    world.run(proposal());
    world.run(commitOf(world, proposal()));
    world.run(outcomeOf(proposal()));
    world.now_ms += 60_001;
    world.run(proposal({ name: 'later', change: { session: tagOf('later') } }));
    expect(world.run(commitOf(world, proposal()))).toMatchObject({ code: 'WRIT_UNKNOWN' });
  });
});
