import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDoorWorld, type DoorWorld } from './world.ts';

let world: DoorWorld;
beforeAll(async () => {
  world = await createDoorWorld();
});
afterAll(() => world.destroy());

const LINE =
  /^(?:# (?:HELP|TYPE) [a-z_]+ .+|[a-z_]+(?:\{[a-z]+="[^"\n\\]*"(?:,[a-z]+="[^"\n\\]*")*\})? [0-9.e+-]+|)$/;

describe('/metrics', () => {
  it('is text that Prometheus reads, and counts what was asked', async () => {
    const body = { tool: 'files.read', args: { path: 'a' } };
    for (let n = 0; n < 3; n += 1) await world.ask('POST', '/api/v1/actions', { body });
    await world.ask('GET', '/nothing');
    const { text, status } = await world.ask('GET', '/metrics', { key: world.keys.operator });
    expect(status).toBe(200);
    for (const line of text.split('\n')) expect(line).toMatch(LINE);
    expect(text).toContain('writ_requests_total{operation="proposeAction",status="200"} 3');
    expect(text).toContain('writ_request_seconds_count{operation="proposeAction"} 3');
    expect(text).toContain('writ_refused_total{code="NOT_FOUND"} 1');
    expect(text).toMatch(/^writ_background_failures_total\{what="scrub"\} 0$/m);
    expect(text).toMatch(/^writ_log_size [1-9]\d*$/m);
  });

  it('is for operators alone', async () => {
    expect((await world.ask('GET', '/metrics')).status).toBe(403);
    expect((await world.ask('GET', '/metrics', { key: null })).status).toBe(401);
  });
});
