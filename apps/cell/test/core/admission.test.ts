import type { Command } from '@writ/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ADMISSION_CLASSES,
  type AdmissionClass,
  type Admitted,
  classOf,
  LANE_BYTES_MAX,
  LANE_COMMANDS_MAX,
  openAdmission,
  QUEUE_BYTES_MAX,
  QUEUE_COMMANDS_MAX,
  RESERVED_BYTES,
  RESERVED_COMMANDS,
} from '../../src/core/admission.ts';

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
  return { command: commandOf(kind), bytes: 1, lane: 'one', item, ...change };
}

function fill(kind: Command['kind'], count: number): ReturnType<typeof openAdmission<number>> {
  const admission = openAdmission<number>();
  for (let item = 0; item < count; item += 1) {
    const lane = `lane ${Math.floor(item / LANE_COMMANDS_MAX)}`;
    expect(admission.offer(entryOf(kind, item, { lane }))).toBe(true);
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
    for (const kind of kinds) admission.offer(entryOf(kind, kind));
    const taken = kinds.map(() => admission.take()?.item);
    expect(taken).toEqual(['freeze', 'tick', 'outcome', 'commit', 'release', 'propose']);
    expect(admission.take()).toBeUndefined();
  });

  it('take() goes round the lanes: a flood of one delays another by one turn', () => {
    const admission = openAdmission<string>();
    for (let turn = 0; turn < 100; turn += 1)
      admission.offer(entryOf('propose', `flood ${turn}`, { lane: 'flood' }));
    admission.offer(entryOf('propose', 'single', { lane: 'other' }));
    expect([admission.take()?.item, admission.take()?.item, admission.take()?.item]).toEqual([
      'flood 0',
      'single',
      'flood 1',
    ]);
  });

  it('offer() keeps the last places for freezes and the cell itself', () => {
    const admission = fill('propose', QUEUE_COMMANDS_MAX - RESERVED_COMMANDS);
    for (const kind of ['propose', 'release', 'commit', 'outcome'] as const) {
      expect(admission.offer(entryOf(kind, -1))).toBe(false);
    }
    for (let place = 0; place < RESERVED_COMMANDS; place += 1) {
      expect(admission.offer(entryOf(place % 2 === 0 ? 'freeze' : 'term', place))).toBe(true);
    }
    expect(admission.offer(entryOf('freeze', -1))).toBe(false);
    expect(admission.size()).toBe(QUEUE_COMMANDS_MAX);
    admission.take();
    expect(admission.offer(entryOf('freeze', -1))).toBe(true);
  });

  it('offer() bounds the bytes that wait, and counts them down again', () => {
    const admission = openAdmission<number>();
    const lanes = ['a', 'b', 'c', 'd'];
    const bytes = QUEUE_BYTES_MAX / lanes.length;
    for (const [item, lane] of lanes.entries()) {
      expect(admission.offer(entryOf('propose', item, { lane, bytes }))).toBe(true);
    }
    expect(admission.offer(entryOf('propose', 4, { lane: 'e' }))).toBe(false);
    admission.take();
    expect(admission.offer(entryOf('propose', 5, { lane: 'e', bytes: bytes + 1 }))).toBe(false);
    expect(admission.offer(entryOf('propose', 6, { lane: 'e', bytes }))).toBe(true);
  });

  it('offer() takes a freeze though the bytes of all others are used up', () => {
    const admission = openAdmission<string>();
    for (const lane of ['a', 'b', 'c', 'd']) {
      admission.offer(entryOf('propose', lane, { lane, bytes: QUEUE_BYTES_MAX / 4 }));
    }
    expect(admission.offer(entryOf('freeze', 'freeze', { bytes: RESERVED_BYTES }))).toBe(true);
    expect(admission.offer(entryOf('freeze', 'one more'))).toBe(false);
    expect(admission.take()?.item).toBe('freeze');
  });

  it('offer() refuses a lane that is full, and still takes others', () => {
    const many = fill('propose', LANE_COMMANDS_MAX);
    expect(many.offer(entryOf('propose', -1, { lane: 'lane 0' }))).toBe(false);
    expect(many.offer(entryOf('propose', -1, { lane: 'other' }))).toBe(true);
    const large = openAdmission<number>();
    expect(large.offer(entryOf('propose', 0, { bytes: LANE_BYTES_MAX }))).toBe(true);
    expect(large.offer(entryOf('propose', 1))).toBe(false);
    large.take();
    expect(large.offer(entryOf('propose', 2))).toBe(true);
    const halves = openAdmission<number>();
    const half = { bytes: LANE_BYTES_MAX / 2 };
    for (const item of [0, 1]) expect(halves.offer(entryOf('propose', item, half))).toBe(true);
    halves.take();
    expect(halves.offer(entryOf('propose', 2, half))).toBe(true);
    expect(halves.offer(entryOf('propose', 3))).toBe(false);
  });

  it('drain() gives everything and leaves nothing behind', () => {
    const admission = fill('commit', 10);
    expect(admission.drain().map(({ item }) => item)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(admission.size()).toBe(0);
    expect(admission.drain()).toEqual([]);
    expect(admission.offer(entryOf('propose', 0, { bytes: LANE_BYTES_MAX }))).toBe(true);
  });

  it('take() gives each entry once, lanes in their own order, never a lighter class before a heavier', () => {
    const kind = fc.constantFrom(...Object.values(KINDS).flat());
    const entry = fc.record({ kind, lane: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 60 }), (entries) => {
        const admission = openAdmission<number>();
        for (const [item, { kind: name, lane }] of entries.entries()) {
          admission.offer(entryOf(name, item, { lane }));
        }
        const taken = admission.drain();
        const items = taken.map(({ item }) => item);
        expect(items.toSorted((one, other) => one - other)).toEqual([...entries.keys()]);
        const weights = taken.map(({ command }) => ADMISSION_CLASSES.indexOf(classOf(command)));
        expect(weights).toEqual(weights.toSorted((one, other) => one - other));
        for (const name of ADMISSION_CLASSES) {
          for (const lane of ['a', 'b', 'c']) {
            const own = taken.filter((one) => one.lane === lane && classOf(one.command) === name);
            const order = own.map(({ item }) => item);
            expect(order).toEqual(order.toSorted((one, other) => one - other));
          }
        }
      }),
    );
  });
});
