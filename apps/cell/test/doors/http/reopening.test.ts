import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CoreFailure } from '../../../src/core/failure.ts';
import { createDoorWorld, type DoorWorld } from './world.ts';

const READ = { tool: 'files.read', args: { path: 'notes.txt' } };

let world: DoorWorld;
beforeEach(async () => {
  world = await createDoorWorld();
});
afterEach(() => world.destroy());

/** What a request meets while the cell has no writer, or loses it in the middle. */
function reopening(): () => void {
  const { running } = world.cell;
  const before = { ...running };
  const gone = (): never => {
    throw new CoreFailure('UNAVAILABLE', 'the cell restarts; try again');
  };
  Object.assign(running, { phase: () => 'reopening', state: gone, head: gone, submit: async () => gone() });
  return () => void Object.assign(running, before);
}

describe('a door while its cell opens anew', () => {
  it.each([
    ['POST', '/api/v1/actions', READ],
    ['POST', '/api/v1/actions/admissible', { candidates: [READ] }],
    ['GET', '/api/v1/log/checkpoint', undefined],
  ])('answers %s %s with a code of its own, as something that passes', async (method, path, body) => {
    const end = reopening();
    const got = await world.ask(method, path, { body });
    expect(got).toMatchObject({ status: 503, json: { code: 'REOPENING' } });
    expect(got.headers['retry-after']).toBe('1');
    end();
    expect((await world.ask(method, path, { body })).status).toBe(200);
  });

  it('reports nothing of it, and whatever is no name of ours', async () => {
    const end = reopening();
    await world.ask('POST', '/api/v1/actions', { body: READ });
    end();
    expect(world.failures).toEqual([]);
    const unknown = new TypeError('nobody knows');
    Object.assign(world.cell.running, { submit: () => Promise.reject(unknown) });
    const got = await world.ask('POST', '/api/v1/actions', { body: READ });
    expect(got).toMatchObject({ status: 503, json: { code: 'UNAVAILABLE' } });
    expect(world.failures).toEqual([unknown]);
  });
});
