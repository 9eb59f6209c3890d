import { describe, expect, it } from 'vitest';
import { fuzz } from './fuzz.ts';
import { TARGETS } from './targets.ts';

const CASES = 200;

describe('fuzz()', () => {
  it.each(TARGETS)('fuzz() finds nothing wrong in two hundred cases of $name', ({ name }) => {
    expect(fuzz(1, CASES, name)).toEqual([{ target: name, cases: CASES, problems: [] }]);
  });
});
