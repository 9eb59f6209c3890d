import { describe, expect, it } from 'vitest';
import {
  BATCH_UNITS_MAX,
  LANE_MAX,
  LANE_UNITS_MAX,
  openLanes,
  type Waiting,
  WAITING_MAX,
} from '../../src/understanding/lanes.ts';

type Item = Waiting & { readonly name: string };

function item(by: string, name: string, units: number = 1): Item {
  return { by, name, units };
}

const names = (items: readonly Item[]): string => items.map(({ name }) => name).join(' ');
const anyone = (): boolean => true;

describe('openLanes()', () => {
  it('take() takes one of each in turn, in the order of each', () => {
    const lanes = openLanes<Item>();
    for (const name of ['a1', 'a2', 'a3', 'b1', 'c1', 'c2']) lanes.offer(item(name.slice(0, 1), name));
    expect(names(lanes.take(anyone))).toBe('a1 b1 c1 a2 c2 a3');
    expect(lanes.size()).toBe(0);
  });

  it('take() leaves who may not, and takes a large one alone', () => {
    const lanes = openLanes<Item>();
    lanes.offer(item('a', 'a1'));
    lanes.offer(item('b', 'large', BATCH_UNITS_MAX));
    lanes.offer(item('c', 'c1'));
    expect(names(lanes.take((by) => by !== 'a'))).toBe('large');
    expect(names(lanes.take((by) => by !== 'a'))).toBe('c1');
    expect(names(lanes.take(anyone))).toBe('a1');
  });

  it('putBack() puts to the front of a lane, and always has room', () => {
    const lanes = openLanes<Item>();
    lanes.offer(item('a', 'a2'));
    lanes.putBack(item('a', 'a1'));
    expect(names(lanes.heads())).toBe('a1');
    lanes.drop('a');
    expect(names(lanes.take(anyone))).toBe('a2');
    lanes.drop('nobody');
    expect(lanes.size()).toBe(0);
  });

  it('offer() refuses what is over the bounds of a lane, or of all', () => {
    const lanes = openLanes<Item>();
    expect(lanes.offer(item('a', 'too long', LANE_UNITS_MAX + 1))).toBe(false);
    for (let at = 0; at < LANE_MAX; at += 1) expect(lanes.offer(item('a', 'a'))).toBe(true);
    expect(lanes.offer(item('a', 'one more'))).toBe(false);
    for (let at = 0; lanes.size() < WAITING_MAX; at += 1) lanes.offer(item(`b${at}`, 'b'));
    expect(lanes.offer(item('c', 'c'))).toBe(false);
    expect(lanes.size()).toBe(WAITING_MAX);
  });
});
