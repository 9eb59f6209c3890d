import { describe, expect, test } from 'vitest';
import { expectShown, SLOW_MS } from './run-script.ts';

describe('a cell under load', () => {
  test(
    'killed 20 times at random moments has every acknowledged answer, and no writ is spent twice',
    async () => {
      expect(await expectShown(['kill', '--rounds', '20'])).toMatch(/^ok {3}kill: 20 kills/);
    },
    SLOW_MS,
  );
});
