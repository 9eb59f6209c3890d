import type { Answer } from '@writ/contract';
import {
  decodeStored,
  emptyState,
  type EncodedRecord,
  explain,
  explainRecorded,
  type Explanation,
  fold,
  printSnapshot,
  restoreSnapshot,
  type State,
} from '@writ/kernel';
import { encodeUtf8, parseHead } from '@writ/proof';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Move, walker, walkWorld } from '../support/walk.ts';
import { ENGINE, hash, type World } from '../support/world.ts';
import { faultsOfLog, faultsOfRecord, faultsOfState } from './invariants.ts';

const MOVES: fc.Arbitrary<Move[]> = fc.array(
  fc.record({
    kind: fc.nat(1000),
    picks: fc.array(fc.nat(5039), { minLength: 16, maxLength: 16 }),
    passed_ms: fc.oneof(
      { weight: 8, arbitrary: fc.nat(2000) },
      { weight: 1, arbitrary: fc.constantFrom(10_000, 30_000, 60_001) },
      { weight: 1, arbitrary: fc.constantFrom(600_001, 3_600_000) },
    ),
  }),
  { minLength: 1, maxLength: 60, size: 'max' },
);

const RUNS = { numRuns: 60 };

function storedOf(world: World, from = 0) {
  return world.records.slice(from).map((record) => decodeStored(hash, encodeUtf8(record.head), record.state));
}

/** Lets the world go on from another state that should be equal. */
function exchange(world: World, change: (state: State) => State): void {
  (world as { state: State }).state = change(world.state);
}

/** A refusal that was folded into an earlier record has its code and no more. */
function expectSame(told: Answer, answer: Answer): void {
  if (answer.kind !== 'repeat') expect(plainOf(told)).toEqual(plainOf(answer));
  else expect('code' in told ? told.code : null).toBe(answer.code);
}

/** What a ticket binds to is salted, and each was asked with salts of its own. */
function plainOf(answer: Answer): Answer {
  if (answer.kind !== 'judged' || answer.ticket === null) return answer;
  return { ...answer, ticket: { ...answer.ticket, binding: null } };
}

function expectSameAgain(told: Explanation, { head: text, sealed }: EncodedRecord, world: World): void {
  const head = parseHead(encodeUtf8(text));
  if (head.kind !== 'decision' || told.answer.kind !== 'judged' || head.id !== told.answer.id) return;
  const recorded = { head, sealed, decision: null, index: told.answer.index };
  expect(explainRecorded(recorded, ENGINE, world.library)).toEqual({
    kind: 'explained',
    explanation: { ...told, answer: { ...told.answer, ticket: null } },
  });
}

/** The same state, its maps without meaning in their order filled the other way round. */
function reversed(state: State): State {
  const other = restoreSnapshot(printSnapshot(state));
  const unordered = [
    'namespaces',
    'principals',
    'credentials',
    'open_writs',
    'pending',
    'ticket_of',
    'activities',
    'freezes',
    'thawed',
    'questions',
  ] as const;
  for (const name of unordered) {
    const map: Map<string, unknown> = other[name];
    const entries = [...map].reverse();
    map.clear();
    for (const [key, value] of entries) map.set(key, value);
  }
  return other;
}

describe('a random walk', () => {
  it('step() keeps every invariant of records, state and log', () => {
    fc.assert(
      fc.property(MOVES, (moves) => {
        const world = walkWorld();
        const next = walker(world);
        for (const move of moves) {
          const { length } = world.records;
          world.run(next(move));
          const faults = world.records.slice(length).flatMap(faultsOfRecord);
          expect([...faults, ...faultsOfState(world.state)]).toEqual([]);
          expect(world.state.size).toBe(world.records.length);
        }
        expect(faultsOfLog(world)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('explain() says of every proposal what step() then answers, and of every record what was judged', () => {
    fc.assert(
      fc.property(MOVES, (moves) => {
        const world = walkWorld();
        const next = walker(world);
        for (const move of moves) {
          const command = next(move);
          if (command.kind !== 'propose') {
            world.run(command);
            continue;
          }
          const asked = { ...command, idempotency: null, claim: null };
          const before = printSnapshot(world.state);
          const told = explain(world.state, asked, world.stamp(), world.library);
          expect(printSnapshot(world.state)).toBe(before);
          const { records } = world;
          expectSame(told.answer, world.run(asked));
          const last = records.at(-1);
          if (told.answer.kind === 'judged' && last !== undefined) expectSameAgain(told, last, world);
        }
      }),
      RUNS,
    );
  });

  it('fold() of the records is the live state, and so is any snapshot with the records after it', () => {
    fc.assert(
      fc.property(MOVES, fc.nat(), (moves, cut) => {
        const world = walkWorld();
        const next = walker(world);
        const at = cut % moves.length;
        let snapshot = '';
        let size = 0;
        for (const [index, move] of moves.entries()) {
          if (index === at) [snapshot, size] = [printSnapshot(world.state), world.records.length];
          world.run(next(move));
        }
        const live = printSnapshot(world.state);
        expect(printSnapshot(fold(emptyState(), storedOf(world)))).toBe(live);
        const restored = fold(restoreSnapshot(snapshot), storedOf(world, size));
        expect(printSnapshot(restored)).toBe(live);
        // Compared as they are too: what no snapshot holds would be missing on both sides.
        expect(restored).toEqual(world.state);
      }),
      RUNS,
    );
  });

  it.each([
    { how: 'restored from a snapshot', change: (state: State) => restoreSnapshot(printSnapshot(state)) },
    { how: 'filled in another order', change: reversed },
  ])('step() makes the same bytes from a state that was $how', ({ change }) => {
    fc.assert(
      fc.property(MOVES, fc.nat(), (moves, cut) => {
        const plain = walkWorld();
        const changed = walkWorld();
        const [one, two] = [walker(plain), walker(changed)];
        for (const [index, move] of moves.entries()) {
          if (index === cut % moves.length) exchange(changed, change);
          expect(changed.run(two(move))).toEqual(plain.run(one(move)));
        }
        expect(changed.records).toEqual(plain.records);
        expect(printSnapshot(changed.state)).toBe(printSnapshot(plain.state));
      }),
      RUNS,
    );
  });

  it('the walk reaches every kind of record that it should', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(MOVES, (moves) => {
        const world = walkWorld();
        const next = walker(world);
        for (const move of moves) world.run(next(move));
        for (const { head } of world.records) kinds.add((JSON.parse(head) as { kind: string }).kind);
      }),
      { ...RUNS, seed: 7 },
    );
    const reached =
      'approval clock commit credential decision denial erase freeze genesis namespace outcome policy ' +
      'principal questions refusal release snapshot term thaw tick tool';
    expect([...kinds].sort()).toEqual(reached.split(' '));
  });
});
