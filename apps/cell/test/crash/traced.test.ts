import { describe, expect, test } from 'vitest';
import { canTrace, expectShown, SLOW_MS } from './run-script.ts';

describe('a cell under load', () => {
  // Without strace there is nothing to look at; `npm run durability` says how to get it.
  test.skipIf(!canTrace)(
    'answers after the syncs of the row and of the sealed parts; without syncs that is found out',
    async () => {
      const stdout = await expectShown(['order', '--short']);
      expect(stdout).toMatch(/^ok {3}cell, order: 0 of \d{3,} answers/m);
      expect(stdout).toMatch(/^ok {3}cell, order, control: [1-9]\d* of/m);
    },
    SLOW_MS,
  );

  test.skipIf(!canTrace)(
    'starts from what its disks may hold after a loss of power; without syncs answers are missing',
    async () => {
      const stdout = await expectShown(['images', '--short']);
      expect(stdout).toMatch(/^ok {3}cell, images: 0 of \d+ images lost something/m);
      expect(stdout).toMatch(/^ok {3}cell, images, control: [1-9]\d* of/m);
    },
    SLOW_MS,
  );
});
