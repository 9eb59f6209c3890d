import { describe, expect, it } from 'vitest';
import { openLabels } from '../../src/actions/labels.ts';

describe('hold()', () => {
  it('gives the time of the first use, and nothing to another label', () => {
    const labels = openLabels();
    expect(labels.hold('a', 'one', 100, 10)).toBe(10);
    expect(labels.hold('a', 'one', 100, 20)).toBe(10);
    expect(labels.hold('a', 'two', 100, 20)).toBeNull();
  });

  it('forgets what is over and nothing else when it is full', () => {
    const labels = openLabels();
    for (let count = 0; count < 10_000; count += 1) labels.hold(`${count}`, 'one', count === 0 ? 5 : 100, 0);
    expect(() => labels.hold('more', 'one', 100, 5)).toThrow('CLIENT_FULL');
    expect(labels.hold('more', 'one', 100, 6)).toBe(6);
    expect(labels.hold('1', 'two', 100, 6)).toBeNull();
    expect(() => labels.hold('one too many', 'one', 100, Number.NaN)).toThrow('CLIENT_FULL');
  });
});
