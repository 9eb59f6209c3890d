import type { Command } from '@writ/contract';
import { emptyState, type State } from '@writ/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ADMISSION_CLASSES,
  type AdmissionClass,
  type Admitted,
  classOf,
  LANE_BYTES_MAX,
  LANE_COMMANDS_MAX,
  LANE_FREEZES_MAX,
  NAMESPACE_BYTES_MAX,
  NAMESPACE_COMMANDS_MAX,
  NAMESPACE_FREEZES_MAX,
  type Offered,
  openAdmission,
  QUEUE_BYTES_MAX,
  QUEUE_COMMANDS_MAX,
  RESERVED_BYTES,
  RESERVED_COMMANDS,
  turnOf,
} from '../../src/core/admission.ts';
import { FREEZES_PER_MINUTE_MAX } from '../../src/core/freeze-limiter.ts';

type Principal = State['principals'] extends Map<string, infer P> ? P : never;

const KINDS: Readonly<Record<AdmissionClass, readonly Command['kind'][]>> = {
  freeze: ['freeze', 'thaw'],
  cell: ['term', 'clock', 'tick', 'engine', 'snapshot', 'quarantine', 'genesis'],
  outcome: ['outcome'],
  commit: ['commit'],
  answer: ['approve', 'deny', 'release'],
  propose: [
    'propose',
    'erase',
    'rotate_key',
    'register_namespace',
    'register_principal',
    'register_tool',
    'register_policy',
    'disable_principal',
    'register_credential',
    'end_credential',
  ],
};

/** Admission reads nothing of a command but its kind. */
function commandOf(kind: Command['kind']): Command {
  return { kind } as Command;
}

function entryOf<T>(kind: Command['kind'], item: T, change: Partial<Admitted<T>> = {}): Admitted<T> {
  return { command: commandOf(kind), bytes: 1, ns: 'acme', lane: 'one', item, ...change };
}

function fill(kind: Command['kind'], count: number): ReturnType<typeof openAdmission<number>> {
  const admission = openAdmission<number>();
  for (let item = 0; item < count; item += 1) {
    const ns = `ns ${Math.floor(item / NAMESPACE_COMMANDS_MAX)}`;
    const lane = `lane ${Math.floor(item / LANE_COMMANDS_MAX)}`;
    expect(admission.offer(entryOf(kind, item, { ns, lane }), 0)).toBe('taken');
  }
  return admission;
}

describe('admission', () => {
  it.each(ADMISSION_CLASSES)('classOf() knows which commands are of class %s', (name) => {
    for (const kind of KINDS[name]) expect(classOf(commandOf(kind))).toBe(name);
  });

  it('take() gives the classes in order of weight, whatever came first', () => {
    const admission = openAdmission<string>();
    const kinds = ['propose', 'release', 'commit', 'outcome', 'tick', 'freeze'] as const;
    for (const kind of kinds) admission.offer(entryOf(kind, kind), 0);
    const taken = kinds.map(() => admission.take()?.item);
    expect(taken).toEqual(['freeze', 'tick', 'outcome', 'commit', 'release', 'propose']);
    expect(admission.take()).toBeUndefined();
  });

  it('take() goes round the lanes: a flood of one delays another by one turn', () => {
    const admission = openAdmission<string>();
    for (let turn = 0; turn < 100; turn += 1)
      admission.offer(entryOf('propose', `flood ${turn}`, { lane: 'flood' }), 0);
    admission.offer(entryOf('propose', 'single', { lane: 'other' }), 0);
    expect([admission.take()?.item, admission.take()?.item, admission.take()?.item]).toEqual([
      'flood 0',
      'single',
      'flood 1',
    ]);
  });

  it('offer() keeps the last places for freezes and the cell itself', () => {
    const admission = fill('propose', QUEUE_COMMANDS_MAX - RESERVED_COMMANDS);
    for (const kind of ['propose', 'release', 'commit', 'outcome'] as const) {
      expect(admission.offer(entryOf(kind, -1), 0)).toBe('full');
    }
    for (let place = 0; place < RESERVED_COMMANDS; place += 1) {
      const turn = { ns: `ns ${place % 4}`, lane: `lane ${place % 16}` };
      const entry = entryOf(place % 8 < 6 ? 'freeze' : 'term', place, turn);
      expect(admission.offer(entry, 0)).toBe('taken');
    }
    expect(admission.offer(entryOf('freeze', -1), 0)).toBe('full');
    expect(admission.size()).toBe(QUEUE_COMMANDS_MAX);
    admission.take();
    expect(admission.offer(entryOf('freeze', -1), 0)).toBe('taken');
  });

  it('offer() bounds the bytes that wait, and counts them down again', () => {
    const admission = openAdmission<number>();
    const lanes = ['a', 'b', 'c', 'd'];
    const bytes = QUEUE_BYTES_MAX / lanes.length;
    for (const [item, lane] of lanes.entries()) {
      expect(admission.offer(entryOf('propose', item, { ns: lane, bytes }), 0)).toBe('taken');
    }
    expect(admission.offer(entryOf('propose', 4, { ns: 'e' }), 0)).toBe('full');
    admission.take();
    expect(admission.offer(entryOf('propose', 5, { ns: 'e', bytes: bytes + 1 }), 0)).toBe('full');
    expect(admission.offer(entryOf('propose', 6, { ns: 'e', bytes }), 0)).toBe('taken');
  });

  it('offer() takes a freeze though the bytes of all others are used up', () => {
    const admission = openAdmission<string>();
    for (const lane of ['a', 'b', 'c', 'd']) {
      admission.offer(entryOf('propose', lane, { ns: lane, bytes: QUEUE_BYTES_MAX / 4 }), 0);
    }
    expect(admission.offer(entryOf('freeze', 'freeze', { bytes: RESERVED_BYTES }), 0)).toBe('taken');
    expect(admission.offer(entryOf('freeze', 'one more'), 0)).toBe('full');
    expect(admission.take()?.item).toBe('freeze');
  });

  it('offer() refuses a lane that is full, and still takes others', () => {
    const many = fill('propose', LANE_COMMANDS_MAX);
    expect(many.offer(entryOf('propose', -1, { ns: 'ns 0', lane: 'lane 0' }), 0)).toBe('full');
    expect(many.offer(entryOf('propose', -1, { ns: 'ns 0', lane: 'other' }), 0)).toBe('taken');
    const large = openAdmission<number>();
    expect(large.offer(entryOf('propose', 0, { bytes: LANE_BYTES_MAX }), 0)).toBe('taken');
    expect(large.offer(entryOf('propose', 1), 0)).toBe('full');
    large.take();
    expect(large.offer(entryOf('propose', 2), 0)).toBe('taken');
    const halves = openAdmission<number>();
    const half = { bytes: LANE_BYTES_MAX / 2 };
    for (const item of [0, 1]) expect(halves.offer(entryOf('propose', item, half), 0)).toBe('taken');
    halves.take();
    expect(halves.offer(entryOf('propose', 2, half), 0)).toBe('taken');
    expect(halves.offer(entryOf('propose', 3), 0)).toBe('full');
  });

  it('offer() refuses a namespace that is full, whichever lane, and still takes others', () => {
    const many = fill('propose', NAMESPACE_COMMANDS_MAX);
    expect(many.offer(entryOf('propose', -1, { ns: 'ns 0', lane: 'other' }), 0)).toBe('full');
    expect(many.offer(entryOf('commit', -1, { ns: 'ns 0', lane: 'other' }), 0)).toBe('taken');
    expect(many.offer(entryOf('propose', -1, { ns: 'ns 1' }), 0)).toBe('taken');
    many.take();
    many.take();
    expect(many.offer(entryOf('propose', -1, { ns: 'ns 0', lane: 'other' }), 0)).toBe('taken');
    const large = openAdmission<number>();
    const half = NAMESPACE_BYTES_MAX / 2;
    for (const lane of ['a', 'b']) large.offer(entryOf('propose', 0, { lane, bytes: half }), 0);
    expect(large.offer(entryOf('propose', 1, { lane: 'c' }), 0)).toBe('full');
    expect(large.offer(entryOf('propose', 1, { ns: 'bell', lane: 'c' }), 0)).toBe('taken');
    large.take();
    expect(large.offer(entryOf('propose', 1, { lane: 'c' }), 0)).toBe('taken');
  });

  it('take() goes round the namespaces first: many lanes of one get as many turns as one of another', () => {
    const admission = openAdmission<string>();
    for (let turn = 0; turn < 100; turn += 1)
      admission.offer(entryOf('propose', `flood ${turn}`, { lane: `lane ${turn}` }), 0);
    for (const item of ['first', 'second'])
      admission.offer(entryOf('propose', item, { ns: 'bell', lane: 'single' }), 0);
    const taken = [0, 1, 2, 3, 4].map(() => admission.take()?.item);
    expect(taken).toEqual(['flood 0', 'first', 'flood 1', 'second', 'flood 2']);
  });

  it('offer() never lets one credential or one namespace fill the places of freezes', () => {
    const admission = fill('propose', QUEUE_COMMANDS_MAX - RESERVED_COMMANDS);
    const freeze = (ns: string, lane: string): Offered =>
      admission.offer(entryOf('freeze', -1, { ns, lane }), 0);
    for (let at = 0; at < LANE_FREEZES_MAX; at += 1) expect(freeze('acme', 'a')).toBe('taken');
    expect(freeze('acme', 'a')).toBe('full');
    let taken = LANE_FREEZES_MAX;
    for (let lane = 0; lane < 100; lane += 1) if (freeze('acme', `lane ${lane}`) === 'taken') taken += 1;
    expect(taken).toBe(NAMESPACE_FREEZES_MAX);
    expect(freeze('bell', 'b')).toBe('taken');
  });

  it('offer() takes so many freezes a minute from one credential, and none of its tries counts', () => {
    const admission = openAdmission<string>();
    const offer = (kind: 'freeze' | 'thaw' | 'outcome', elapsed_ms: number, lane = 'one'): Offered => {
      const offered = admission.offer(entryOf(kind, kind, { lane }), elapsed_ms);
      admission.take();
      return offered;
    };
    for (let at = 0; at < FREEZES_PER_MINUTE_MAX; at += 1) {
      expect(offer(at % 2 === 0 ? 'freeze' : 'thaw', 5_000)).toBe('taken');
    }
    for (let tries = 0; tries < 100; tries += 1) expect(offer('freeze', 5_000)).toBe('too_often');
    expect(offer('thaw', 5_999)).toBe('too_often');
    expect(offer('outcome', 5_999)).toBe('taken');
    expect(offer('freeze', 5_999, 'other')).toBe('taken');
    expect(offer('freeze', 6_000)).toBe('taken');
    expect(offer('freeze', 6_000)).toBe('too_often');
    const later = 6_000 + 60_000;
    for (let at = 0; at < FREEZES_PER_MINUTE_MAX; at += 1) expect(offer('freeze', later)).toBe('taken');
    expect(offer('freeze', later)).toBe('too_often');
  });

  it('turnOf() is that of the principal in its namespace, of the cell, and of all who are nobody', () => {
    const state = emptyState();
    const principal = { id: 'prn', ns: 'acme' } as Principal; // nothing else of it is read
    state.principals.set('prn', principal);
    const by = (id: unknown): Command => ({ kind: 'propose', by: id }) as Command;
    expect(turnOf(state, by('prn'))).toEqual({ ns: 'acme', lane: 'prn' });
    expect(turnOf(state, by('one'))).toEqual(turnOf(state, by(null)));
    expect(turnOf(state, commandOf('tick')).ns).not.toBe(turnOf(state, by('one')).ns);
  });

  it('drain() gives everything and leaves nothing behind', () => {
    const admission = fill('commit', 10);
    expect(admission.drain().map(({ item }) => item)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(admission.size()).toBe(0);
    expect(admission.drain()).toEqual([]);
    expect(admission.offer(entryOf('propose', 0, { bytes: LANE_BYTES_MAX }), 0)).toBe('taken');
  });

  it('take() gives each entry once, lanes in their own order, never a lighter class before a heavier', () => {
    const kind = fc.constantFrom(...Object.values(KINDS).flat());
    const names = fc.constantFrom('a', 'b', 'c');
    const entry = fc.record({ kind, ns: names, lane: names });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 60 }), (entries) => {
        const admission = openAdmission<number>();
        for (const [item, { kind: name, ns, lane }] of entries.entries()) {
          // Each in a lane of its own: one credential freezes only so often.
          const room = classOf(commandOf(name)) === 'freeze' ? { lane: `${lane} ${item}`, ns } : { lane, ns };
          admission.offer(entryOf(name, item, room), 0);
        }
        const taken = admission.drain();
        const items = taken.map(({ item }) => item);
        expect(items.toSorted((one, other) => one - other)).toEqual([...entries.keys()]);
        const weights = taken.map(({ command }) => ADMISSION_CLASSES.indexOf(classOf(command)));
        expect(weights).toEqual(weights.toSorted((one, other) => one - other));
        for (const name of ADMISSION_CLASSES) {
          for (const turn of ['a/a', 'a/b', 'a/c', 'b/a', 'b/b', 'b/c', 'c/a', 'c/b', 'c/c']) {
            const own = taken.filter(
              ({ ns, lane, command }) => `${ns}/${lane}` === turn && classOf(command) === name,
            );
            const order = own.map(({ item }) => item);
            expect(order).toEqual(order.toSorted((one, other) => one - other));
          }
        }
      }),
    );
  });
});
