import type { Id } from '@writ/proof';

/** Something that waits, of whom, and how many UTF-16 units of text it is. */
export type Waiting = { readonly by: Id; readonly units: number };

/** Waiting proposals in all, and of one principal; as many as the queue behind takes. */
export const WAITING_MAX = 4_096;
export const WAITING_UNITS_MAX: number = 32 * 1024 * 1024;
export const LANE_MAX = 1_024;
export const LANE_UNITS_MAX: number = 8 * 1024 * 1024;

/** So many small ones cross to a thread at once; a larger one crosses alone, and delays no other. */
export const BATCH_MAX = 64;
export const BATCH_UNITS_MAX: number = 32 * 1024;

/** A lane for each principal, taken from in turn. */
export type Lanes<Item extends Waiting> = {
  /** False, and nothing taken, when there is no room. */
  offer(item: Item): boolean;
  /** To the front of its lane: it waited already. */
  putBack(item: Item): void;
  /** The next that go together, of principals that may. */
  take(may: (by: Id) => boolean): readonly Item[];
  /** The first of each lane. */
  heads(): readonly Item[];
  /** Takes the first of a lane away. */
  drop(by: Id): void;
  size(): number;
};

type Lane<Item> = { readonly items: Item[]; units: number };

export function openLanes<Item extends Waiting>(): Lanes<Item> {
  const lanes = new Map<Id, Lane<Item>>();
  let [count, units] = [0, 0];
  const laneOf = (by: Id): Lane<Item> => lanes.get(by) ?? { items: [], units: 0 };
  const add = (item: Item, lane: Lane<Item>): void => {
    lane.units += item.units;
    units += item.units;
    count += 1;
    lanes.set(item.by, lane);
  };
  const shift = (by: Id): void => {
    const lane = laneOf(by);
    const item = lane.items.shift();
    lanes.delete(by);
    if (item === undefined) return;
    lane.units -= item.units;
    units -= item.units;
    count -= 1;
    // Behind the others: it had its turn.
    if (lane.items.length > 0) lanes.set(by, lane);
  };
  return {
    offer(item) {
      const lane = laneOf(item.by);
      if (count >= WAITING_MAX || units + item.units > WAITING_UNITS_MAX) return false;
      if (lane.items.length >= LANE_MAX || lane.units + item.units > LANE_UNITS_MAX) return false;
      lane.items.push(item);
      add(item, lane);
      return true;
    },
    putBack(item) {
      const lane = laneOf(item.by);
      lane.items.unshift(item);
      add(item, lane);
    },
    take(may) {
      const taken: Item[] = [];
      let taken_units = 0;
      // A lane that gave one stands at the end again, and is met again.
      for (const [by, { items }] of lanes) {
        const [first] = items;
        if (first === undefined || !may(by)) continue;
        if (taken.length > 0 && taken_units + first.units > BATCH_UNITS_MAX) break;
        taken.push(first);
        taken_units += first.units;
        shift(by);
        if (taken.length >= BATCH_MAX) break;
      }
      return taken;
    },
    heads: () => [...lanes.values()].flatMap(({ items }) => items.slice(0, 1)),
    drop: shift,
    size: () => count,
  };
}
