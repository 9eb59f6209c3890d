import { describe, expect, it, vi } from 'vitest';
import { tokenise } from '../../src/index.ts';

/** Spellings of one address that differ in case alone. */
function spellings(count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => {
    const letters = Array.from({ length: 12 }, (__, bit) => ((n >> bit) & 1 ? 'A' : 'a'));
    return `${letters.join('')}@b.cd`;
  });
}

describe('walk()', () => {
  it('walk() keeps members apart whose names were one value or look like its token', () => {
    const { args } = tokenise({ 'a@b.cd': 1, 'A@b.cd': 2, 'email#2~2': 3 });
    expect(new Set(Object.values(args))).toEqual(new Set([1, 2, 3]));
    expect(Object.keys(args)).toHaveLength(3);
  });

  it('walk() does not count from the beginning for each spelling of one name', () => {
    const names = spellings(2_000);
    const asked = vi.spyOn(Set.prototype, 'has');
    try {
      const { args } = tokenise(Object.fromEntries(names.map((name) => [name, 1])));
      expect(Object.keys(args)).toHaveLength(names.length);
      // Twice a member and reading: what is counted anew for each would be two million.
      expect(asked.mock.calls.length).toBeLessThan(50 * names.length);
    } finally {
      asked.mockRestore();
    }
  });
});
