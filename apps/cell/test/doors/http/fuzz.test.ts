import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDoor, type OpenDoor } from '../../../src/doors/http/open-door.ts';
import { fuzzDoor, HASTE } from './fuzz.ts';
import { createDoorWorld, type DoorWorld } from './world.ts';

let world: DoorWorld;
let hasty: OpenDoor;
beforeAll(async () => {
  world = await createDoorWorld();
  hasty = await openDoor(world.door, { kind: 'loopback', address: '127.0.0.1', port: 0 }, HASTE);
});
afterAll(async () => {
  await hasty.close();
  await world.destroy();
});

const SEED = 20_261_120;
const REQUESTS = 1_000;

describe('the door', () => {
  it('answers a thousand requests that are nearly right, and allows none by error', async () => {
    const { sent, statuses, allowed, faults } = await fuzzDoor(world, hasty.port ?? 0, SEED, REQUESTS);
    expect(faults).toEqual([]);
    expect(sent).toBe(REQUESTS);
    // Many come through whole: what is tried is the product, not the parser in front of it.
    expect(allowed).toBeGreaterThan(REQUESTS / 10);
    expect(Object.keys(statuses).length).toBeGreaterThan(5);
  }, 120_000);
});
