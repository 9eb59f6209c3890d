import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorld } from '../run-writ.ts';

// The demonstration of `writ demo`, by the way that `npm start -- --once` takes.
describe('writ stage --once', () => {
  it('shows the heart at work and leaves nothing behind', async () => {
    const outer = makeWorld();
    const temporary = join(outer.directory, 'temporary');
    mkdirSync(temporary);
    const world = makeWorld({ TMPDIR: temporary });
    const { exit, out, error } = await world.writ('stage', '--once');
    expect({ exit, error }).toEqual({ exit: 0, error: '' });
    const steps = out.split('\n').map((line) => line.split(' ')[0]);
    for (const step of ['allowed', 'committed', 'refused', 'escalated', 'approved', 'once', 'killed']) {
      expect(steps).toContain(step);
    }
    expect(out).toMatch(/100 parallel commits of one writ: 1 spent it/);
    expect(out).toMatch(/copy of the log: LOG_RECORD_CHANGED: record \d+/);
    expect(out).toMatch(/copy of the store: it does not start, [A-Z_]+: record \d+/);
    expect(out).toMatch(/[1-9]\d* acknowledged records, 0 lost/);
    expect(readdirSync(temporary)).toEqual([]);
    expect(readdirSync(world.home)).toEqual([]);
  });
});
