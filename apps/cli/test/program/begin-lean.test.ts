import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { platform } from 'node:process';
import { expect, it } from 'vitest';
import { LEAN_ENVIRONMENT, LEAN_FLAGS } from '../../src/program/begin-lean.ts';
import { furnishedWorld } from '../furnished.ts';
import { SETUP_MS } from '../run-writ.ts';

it.runIf(platform === 'linux').each([
  { words: ['serve', '--port', '0'], says: /open|serving/ },
  { words: ['demo-load'], says: /^\d+ / },
])(
  'beginLean() gives a process that keeps a cell open its flags, under its own number: $words',
  async ({ words: asked, says }) => {
    const world = await furnishedWorld();
    const child = world.start(...asked);
    const closed = once(child, 'close');
    try {
      expect(child.stdout).not.toBeNull();
      // It has answered: whatever it is now, it is for good.
      const [line] = await once(child.stdout ?? child, 'data');
      expect(String(line)).toMatch(says);
      const words = readFileSync(`/proc/${child.pid}/cmdline`, 'utf8').split('\0');
      expect(LEAN_FLAGS.filter((flag) => !words.includes(flag))).toEqual([]);
      expect(words).toEqual(expect.arrayContaining(asked));
      const environment = readFileSync(`/proc/${child.pid}/environ`, 'utf8').split('\0');
      const settings = Object.entries(LEAN_ENVIRONMENT).map(([name, value]) => `${name}=${value}`);
      expect(environment).toEqual(expect.arrayContaining(settings));
    } finally {
      child.kill('SIGKILL');
      await closed;
    }
  },
  SETUP_MS,
);
