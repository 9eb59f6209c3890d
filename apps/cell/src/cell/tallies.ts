import type { Answer, Command } from '@writ/contract';

/**
 * What is counted and not recorded one by one: identical refusals, which a tick names by the record they
 * repeat, and requests by nobody known, which leave no record at all.
 */
export type Tallies = {
  count(answer: Answer): void;
  /** What was folded since, for the next tick; what does not fit waits for the one after. */
  takeFolded(): Folded;
  /** What was taken and not recorded after all. */
  giveBack(folded: Folded): void;
  counters(): Counters;
};

type Folded = Extract<Command, { readonly kind: 'tick' }>['folded'];

export type Counters = { readonly unauthenticated: number; readonly folded: number };

/** As many as one tick may name. */
const FOLDED_AT_ONCE = 64;
/** Beyond this many different records the count alone is kept: a flood of refusals must not cost memory. */
const FOLDED_MAX = 10_000;

export function openTallies(): Tallies {
  const waiting = new Map<number, number>();
  let unauthenticated = 0;
  let folded = 0;
  const add = (index: number, count: number): void => {
    if (waiting.has(index) || waiting.size < FOLDED_MAX)
      waiting.set(index, (waiting.get(index) ?? 0) + count);
  };
  return {
    count(answer) {
      if (answer.kind === 'refused' && answer.code === 'UNAUTHENTICATED') unauthenticated += 1;
      if (answer.kind !== 'repeat' || !answer.folded) return;
      folded += 1;
      add(answer.index, 1);
    },
    takeFolded() {
      const taken = [...waiting].slice(0, FOLDED_AT_ONCE);
      for (const [index] of taken) waiting.delete(index);
      return taken.map(([index, count]) => ({ index, count }));
    },
    giveBack(taken) {
      for (const { index, count } of taken) add(index, count);
    },
    counters: () => ({ unauthenticated, folded }),
  };
}
