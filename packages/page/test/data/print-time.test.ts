import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printTime } from '../../src/data/print-time.ts';

it('printTime() prints what the calendar of the host prints', () => {
  const time = fc.integer({ min: 0, max: 253_402_300_799_999 });
  fc.assert(
    fc.property(time, (time_ms) => {
      expect(printTime(time_ms)).toBe(new Date(time_ms).toISOString().replace('T', ' ').replace('Z', ' UTC'));
    }),
    { numRuns: 2_000, examples: [[0], [951_782_399_999], [951_868_800_000], [4_107_542_399_999]] },
  );
});

it('printTime() shows the number when it is no time of four-digit years', () => {
  expect([-1, 253_402_300_800_000].map(printTime)).toEqual(['-1 ms', '253402300800000 ms']);
});
