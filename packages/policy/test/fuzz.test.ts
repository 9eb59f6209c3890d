import { describe, expect, it } from 'vitest';
import { fuzzPolicies } from './fuzz.ts';

const SEED = 20_261_120;
const TEXTS = 1_500;

describe('parsePolicy()', () => {
  it('loads or refuses texts that are nearly policies, and what loads holds', () => {
    const { faults, loaded, refused, tried, verdicts } = fuzzPolicies(SEED, TEXTS);
    expect(faults).toEqual([]);
    expect(tried).toBe(TEXTS);
    // Many load, and many of those decide something: what is tried is the product.
    expect(loaded).toBeGreaterThan(TEXTS / 10);
    expect(Object.keys(refused).length).toBeGreaterThan(10);
    expect(Object.keys(verdicts).length).toBe(4);
  });
});
