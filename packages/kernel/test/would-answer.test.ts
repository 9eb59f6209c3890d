import { describe, expect, it } from 'vitest';
import { printSnapshot, step, wouldAnswer } from '@writ/kernel';
import { openWorld, proposal } from './support/world.ts';

describe('wouldAnswer()', () => {
  it.each(['files.write', 'files.read', 'unknown.tool'])('answers for %s as step() then does', (tool) => {
    const world = openWorld();
    const proposed = proposal({ tool });
    const stamp = world.stamp();
    const would = wouldAnswer(world.state, proposed, stamp, world.library);
    expect(step(world.state, proposed, stamp, world.library).answer).toEqual(would);
  });

  it('changes nothing, however often it is asked', () => {
    const world = openWorld();
    const before = printSnapshot(world.state);
    for (let n = 0; n < 20; n += 1)
      wouldAnswer(world.state, proposal({ tool: 'files.write' }), world.stamp(), world.library);
    expect(printSnapshot(world.state)).toEqual(before);
  });

  it('refuses what nobody known proposes', () => {
    const world = openWorld();
    const stranger = { ...proposal({ tool: 'files.read' }), by: 'prn_00000000000000000000000000' };
    expect(wouldAnswer(world.state, stranger, world.stamp(), world.library)).toMatchObject({
      kind: 'refused',
      code: 'UNAUTHENTICATED',
      index: null,
    });
  });
});
