import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HTTP_LIMITS } from '../../../src/doors/http/limits.ts';
import { openLeaving } from '../../../src/doors/http/leaving.ts';
import { openDoor, type OpenDoor } from '../../../src/doors/http/open-door.ts';
import { askDoor, createDoorWorld, type DoorWorld, type Got } from './world.ts';

const ROOM_BYTES = 16_384;

let world: DoorWorld;
let narrow: OpenDoor;
beforeAll(async () => {
  world = await createDoorWorld();
  const door = { ...world.door, leaving: openLeaving(ROOM_BYTES) };
  narrow = await openDoor(door, { kind: 'loopback', address: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await narrow.close();
  await world.destroy();
});

const ask = (method: string, path: string, key: string, body?: object): Promise<Got> =>
  askDoor({ port: narrow.port ?? 0, key }, method, path, body === undefined ? {} : { body });
const READ = { proposal: { tool: 'files.read', args: { path: 'a' } } };

describe('an answer for which there is no room', () => {
  it('is refused where it can be read again, and small ones leave', async () => {
    for (let n = 0; n < 20; n += 1) await world.ask('POST', '/api/v1/actions', { body: READ.proposal });
    const { admin } = world.keys;
    expect((await ask('GET', '/api/v1/log/entries', admin)).json).toMatchObject({ code: 'OVERLOADED' });
    expect((await ask('GET', '/api/v1/log/entries?limit=4', admin)).status).toBe(200);
    expect((await ask('GET', '/openapi.json', admin)).bytes.length).toBeGreaterThan(ROOM_BYTES);
  });

  it('is lost with its connection where something was decided, which stands in the log', async () => {
    const before = world.cell.running.durableSize();
    const body = { proposals: Array.from({ length: 8 }, () => READ) };
    await expect(ask('POST', '/api/v1/actions/batch', world.keys.agent, body)).rejects.toThrow(
      'socket hang up',
    );
    expect(world.cell.running.durableSize()).toBeGreaterThanOrEqual(before + 1);
  });

  it('takes its room only until it is taken', async () => {
    const { admin } = world.keys;
    const size = (await ask('GET', '/api/v1/log/entries?limit=20', admin)).bytes.length;
    expect(size).toBeGreaterThan(HTTP_LIMITS.small_answer_bytes);
    const many = Math.ceil(ROOM_BYTES / size) + 4;
    for (let n = 0; n < many; n += 1)
      expect((await ask('GET', '/api/v1/log/entries?limit=20', admin)).status).toBe(200);
  });
});
