/** A generator of numbers that is the same on every machine (mulberry32). */
export type Random = { readonly below: (limit: number) => number };

export function openRandom(seed: number): Random {
  let state = seed >>> 0;
  return {
    below: (limit) => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
    },
  };
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[random.below(items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** So many of them at most, one behind the other. */
export function joined(random: Random, items: readonly string[], most: number): string {
  return Array.from({ length: random.below(most + 1) }, () => pick(random, items)).join('');
}

/**
 * A text with some of its characters taken away, doubled, or changed; well formed, as all JSON of the wire
 * is.
 */
export function mutated(random: Random, text: string): string {
  let result = text;
  for (let count = random.below(4); count > 0; count--) {
    const at = random.below(result.length + 1);
    const sign = String.fromCharCode(
      pick(random, [random.below(0x80), random.below(0x800), random.below(0x10000)]),
    );
    const end = at + random.below(3);
    result =
      result.slice(0, at) + pick(random, ['', sign, result.slice(at, end).repeat(2)]) + result.slice(end);
  }
  return result.toWellFormed();
}
