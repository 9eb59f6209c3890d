/**
 * The only source of chance in a simulated world. What was drawn is kept, so that a failing run can be
 * replayed from its numbers alone, cut short or with some of them set to 0. INVARIANT: 0 is always the calm
 * choice (no fault, the oldest event), so a script that ends leaves a world in which nothing more goes wrong.
 */
export type Choices = {
  /** 0 … bound − 1. */
  draw(bound: number): number;
  /** True so often in a thousand. */
  chance(permille: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** One of the kinds by weight; the first one is the calm one. */
  weigh<K extends string>(weights: readonly (readonly [kind: K, weight: number])[]): K;
  readonly taken: readonly number[];
};

export function openChoices(seed: number, script: readonly number[] | null = null): Choices {
  const random = sequenceOf(seed);
  const taken: number[] = [];
  const draw = (bound: number): number => {
    const value = script === null ? Math.floor(random() * bound) : (script[taken.length] ?? 0);
    const within = Math.min(value, Math.max(0, bound - 1));
    taken.push(within);
    return within;
  };
  return {
    draw,
    chance: (permille) => draw(1_000) >= 1_000 - permille,
    pick: (items) => items[draw(items.length)] as (typeof items)[number], // lists here are never empty
    weigh(weights) {
      let left = draw(weights.reduce((sum, [, weight]) => sum + weight, 0));
      for (const [kind, weight] of weights) {
        left -= weight;
        if (left < 0) return kind;
      }
      throw new RangeError('nothing to choose from');
    },
    taken,
  };
}

/** SplitMix32: neighbouring seeds give unrelated sequences. */
function sequenceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    mixed ^= mixed >>> 15;
    return (mixed >>> 0) / 2 ** 32;
  };
}
