import { describe, expect, test } from 'vitest';
import { runScript } from './run-script.ts';

/** These start real processes many times over. */
const SLOW_MS = 300_000;

/** All lines say `ok`: the controls too, which say so when they have found fault. */
async function expectShown(words: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await runScript('durability/run.mjs', words);
  expect(stderr).toBe('');
  expect(stdout.split('\n').filter((line) => !line.startsWith('ok '))).toEqual(['']);
  expect(status).toBe(0);
  return stdout;
}

describe('a cell under load', () => {
  test(
    'killed 20 times at random moments has every acknowledged answer, and no writ is spent twice',
    async () => {
      expect(await expectShown(['kill', '--rounds', '20'])).toMatch(/^ok {3}kill: 20 kills/);
    },
    SLOW_MS,
  );
});
