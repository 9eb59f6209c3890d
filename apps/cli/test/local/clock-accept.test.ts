import { afterEach, describe, expect, it, vi } from 'vitest';
import { furnishedWorld } from '../furnished.ts';
import { SETUP_MS } from '../run-writ.ts';

const DAY_MS = 86_400_000;

afterEach(() => {
  vi.useRealTimers();
});

/** The wall of this process alone is turned: within it the commands run. */
function turnTo(wall_ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: wall_ms });
}

describe('writ clock accept', () => {
  it(
    'is asked for 91 days after the last record, accepts and records that, and then has nothing to do',
    async () => {
      const world = await furnishedWorld();
      expect(await world.json('clock', 'accept')).toMatchObject({ exit: 0, value: { accepted: null } });
      const late = Date.now() + 91 * DAY_MS;
      turnTo(late);
      const refused = await world.json('propose', 'read.json');
      expect(refused).toMatchObject({ exit: 2, value: { code: 'CLOCK_SUSPECT' } });
      expect(refused.value.detail).toMatch(/^the clock shows 91 days after .*writ clock accept/);
      const accepted = await world.quick('clock', 'accept', '--json');
      expect(accepted.exit).toBe(0);
      const { from, to } = JSON.parse(accepted.out).accepted;
      expect(to).toBe(late);
      expect(Math.floor((to - from) / DAY_MS)).toBe(91);
      expect((await world.json('propose', 'read.json')).value.answer.verdict).toBe('ALLOW');
      expect(await world.json('clock', 'accept')).toMatchObject({ exit: 0, value: { accepted: null } });
      const { out } = await world.quick('log', 'show');
      expect(out.match(/ clock /g)).toHaveLength(1);
    },
    SETUP_MS,
  );
});
