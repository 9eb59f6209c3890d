import type { Answer, Command } from '@writ/contract';

/**
 * What is counted and not recorded one by one: identical refusals, which a tick names by the record they
 * repeat, and requests by nobody known, which leave no record at all.
 */
export type Tallies = {
  count(answer: Answer): void;
  /** What was folded since, for the next tick; what does not fit waits for the one after. */
  takeFolded(): Extract<Command, { readonly kind: 'tick' }>['folded'];
  counters(): Counters;
};

export type Counters = { readonly unauthenticated: number; readonly folded: number };

/** As many as one tick may name. */
const FOLDED_AT_ONCE = 64;
/** Beyond this many different records the count alone is kept: a flood of refusals must not cost memory. */
const FOLDED_MAX = 10_000;

export function openTallies(): Tallies {
  const waiting = new Map<number, number>();
  let unauthenticated = 0;
  let folded = 0;
  return {
    count(answer) {
      if (answer.kind === 'refused' && answer.code === 'UNAUTHENTICATED') unauthenticated += 1;
      if (answer.kind !== 'repeat' || !answer.folded) return;
      folded += 1;
      if (waiting.has(answer.index) || waiting.size < FOLDED_MAX) {
        waiting.set(answer.index, (waiting.get(answer.index) ?? 0) + 1);
      }
    },
    takeFolded() {
      const taken = [...waiting].slice(0, FOLDED_AT_ONCE);
      for (const [index] of taken) waiting.delete(index);
      return taken.map(([index, count]) => ({ index, count }));
    },
    counters: () => ({ unauthenticated, folded }),
  };
}
