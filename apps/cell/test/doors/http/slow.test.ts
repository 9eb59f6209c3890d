import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HTTP_LIMITS } from '../../../src/doors/http/limits.ts';
import { openDoor, type OpenDoor } from '../../../src/doors/http/open-door.ts';
import { openRaw } from './raw.ts';
import { createDoorWorld, type DoorWorld } from './world.ts';

const PATIENCE = {
  head_ms_max: 200,
  request_ms_max: 400,
  idle_ms_max: 200,
  stalled_ms_max: 500,
  check_interval_ms: 50,
};

let world: DoorWorld;
let hasty: OpenDoor;
beforeAll(async () => {
  world = await createDoorWorld();
  hasty = await openDoor(world.door, { kind: 'loopback', address: '127.0.0.1', port: 0 }, PATIENCE);
});
afterAll(async () => {
  await hasty.close();
  await world.destroy();
});

const port = (): number => hasty.port ?? 0;

describe('a request that takes its time', () => {
  it('in its head is ended, however many there are', async () => {
    const many = await Promise.all(Array.from({ length: 100 }, () => openRaw(port())));
    for (const { socket } of many) socket.write('GET /health HTTP/1.1\r\nx');
    const answers = await Promise.all(many.map(({ ended }) => ended));
    expect(new Set(answers.map((text) => text.slice(0, 12)))).toEqual(new Set(['HTTP/1.1 408']));
  });

  it('in its body is ended, and nothing is decided', async () => {
    const size = world.cell.running.durableSize();
    const raw = await openRaw(port());
    const fields = `host: 127.0.0.1:${port()}\r\nauthorization: Bearer ${world.keys.agent}\r\n`;
    const body = 'content-type: application/json\r\ncontent-length: 50\r\n\r\n{';
    raw.socket.write(`POST /api/v1/actions HTTP/1.1\r\n${fields}${body}`);
    expect(await raw.ended).toContain('HTTP/1.1 408');
    expect(world.cell.running.durableSize()).toBe(size);
    await expect.poll(() => world.door.arriving.bytes).toBe(0);
  });

  it('between two requests is ended without a word', async () => {
    const raw = await openRaw(port());
    raw.socket.write(`GET /health HTTP/1.1\r\nhost: 127.0.0.1:${port()}\r\n\r\n`);
    expect((await raw.ended).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200']);
  });
});

describe('a reader that takes nothing', () => {
  const asking = (path: string, key: string | null = null): string => {
    const credential = key === null ? '' : `authorization: Bearer ${key}\r\n`;
    return `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port()}\r\n${credential}\r\n`;
  };
  const answered = (): number => {
    const text = world.door.metrics.print(world.cell);
    return Number(/operation="openApi",status="200"\} (\d+)/.exec(text)?.[1] ?? 0);
  };

  it('is ended when it has asked for too much ahead, and costs no more than that', async () => {
    const before = answered();
    const raw = await openRaw(port());
    raw.socket.pause();
    const closed = new Promise((resolve) => raw.socket.once('close', resolve));
    raw.socket.write(asking('/openapi.json').repeat(1_000));
    raw.socket.once('end', () => raw.socket.destroy());
    raw.socket.resume();
    await closed;
    expect(answered() - before).toBeLessThanOrEqual(HTTP_LIMITS.requests_ahead_max);
  });

  it('is ended when nothing moves any more', async () => {
    const raw = await openRaw(port());
    // Longer than anything may stand still here: it waits for records that nobody makes.
    const from = world.cell.running.durableSize() + 1_000;
    raw.socket.write(asking(`/api/v1/actions?min_index=${from}`, world.keys.admin));
    expect(await raw.ended).toBe('');
  });
});
