import { encodeUtf8, isCanonical, openPart } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { openWorld, proposal } from '../support/world.ts';

describe('countAction()', () => {
  it('countAction() keeps effects in one order when a later name came first', () => {
    const world = openWorld();
    for (const [name, tool] of [
      ['a', 'files.write'],
      ['b', 'files.read'],
      ['c', 'files.read'],
    ] as const) {
      expect(world.run(proposal({ name, tool }))).toMatchObject({ verdict: 'ALLOW' });
    }
    const { json } = openPart(world.records.at(-1)?.sealed ?? '');
    expect(json).toMatch(/"READ_REPO":\d+,"WRITE_PATCH":\d+/);
    expect(isCanonical(encodeUtf8(json))).toBe(true);
  });
});
