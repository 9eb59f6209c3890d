import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkProblem, OPERATIONS } from '@writ/contract/api';
import { createDoorWorld, type DoorWorld, type Got } from './world.ts';

let world: DoorWorld;
beforeAll(async () => {
  world = await createDoorWorld();
});
afterAll(() => world.destroy());

const admin = (method: string, path: string, body?: unknown): Promise<Got> =>
  world.ask(method, path, { key: world.keys.admin, ...(body === undefined ? {} : { body }) });

const DAY_MS = 86_400_000;

describe('registerCredential', () => {
  it('gives a key once, which works, and not after its end', async () => {
    const { agent } = world;
    const scopes = ['propose'];
    const path = `/api/v1/principals/${agent}/credentials`;
    const made = await admin('POST', path, { scopes, expires_at: Date.now() + DAY_MS });
    expect(made).toMatchObject({ status: 200 });
    const { key, credential } = made.json as unknown as { readonly key: string; readonly credential: string };
    expect((await world.ask('GET', '/api/v1/me', { key })).json).toMatchObject({
      principal: agent,
      scopes,
      credential,
    });
    const listed = await admin('GET', path);
    expect(listed.text).toContain(credential);
    expect(listed.text).not.toContain(key.slice(-52));
    // It narrows: its principal may commit, it may not.
    const commit = '/api/v1/actions/act_00000000000000000000000000/commit';
    const refused = await world.ask('POST', commit, { key, body: { attempt: 'a', args: {} } });
    expect(refused.json).toMatchObject({ code: 'INSUFFICIENT_AUTHORITY' });
    expect((await admin('POST', `/api/v1/credentials/${credential}/end`, {})).status).toBe(200);
    expect((await world.ask('GET', '/api/v1/me', { key })).status).toBe(401);
  });

  it('overlaps with the one before until that ends', async () => {
    const path = `/api/v1/principals/${world.agent}/credentials`;
    const body = { scopes: ['propose'], expires_at: Date.now() + DAY_MS };
    const [first, second] = [await admin('POST', path, body), await admin('POST', path, body)];
    const { credential, key } = first.json as unknown as {
      readonly key: string;
      readonly credential: string;
    };
    const at = Date.now() + DAY_MS / 2;
    expect((await admin('POST', `/api/v1/credentials/${credential}/end`, { at })).status).toBe(200);
    for (const one of [key, (second.json as unknown as { readonly key: string }).key])
      expect((await world.ask('GET', '/api/v1/me', { key: one })).status).toBe(200);
  });

  it('refuses scopes that the principal does not have', async () => {
    const path = `/api/v1/principals/${world.agent}/credentials`;
    const got = await admin('POST', path, { scopes: ['govern'], expires_at: Date.now() + DAY_MS });
    expect(got.status).toBeGreaterThanOrEqual(400);
    expect(got.json).not.toHaveProperty('key');
  });

  it('finds no principal of another namespace', async () => {
    const path = `/api/v1/principals/${world.settings.operator}/credentials`;
    expect((await admin('GET', path)).status).toBe(404);
  });
});

describe('setPolicy', () => {
  const yaml = (raw: string): Promise<Got> =>
    world.ask('PUT', '/api/v1/policy', {
      key: world.keys.admin,
      raw,
      headers: { 'content-type': 'application/yaml' },
    });

  it('refuses one with faults, names them, and leaves the old one in force', async () => {
    const before = (await admin('GET', '/api/v1/policy')).text;
    const got = await yaml('version: 1\nname: x\nrules:\n  - id: a\n    tools: [t]\n    verdict: PERHAPS\n');
    expect(got.json).toMatchObject({ code: 'POLICY_INVALID', status: 422, detail: expect.any(String) });
    expect((await admin('GET', '/api/v1/policy')).text).toBe(before);
  });

  it('puts a good one in force', async () => {
    const got = await yaml(OPERATIONS.setPolicy.body.example);
    expect(got).toMatchObject({ status: 200 });
    expect((await admin('GET', '/api/v1/policy')).text).toContain('example');
  });
});

describe('freeze of a session', () => {
  it('names it as its agent does, and stops that session alone', async () => {
    const scope = { scope: 'session', principal: world.agent, session: 'tuesday' };
    const { person: key } = world.keys;
    const frozen = await world.ask('POST', '/api/v1/freezes', { key, body: { scope } });
    expect(frozen).toMatchObject({ status: 200 });
    const propose = (session: string): Promise<Got> => {
      const body = { tool: 'files.read', args: { path: 'a' }, session };
      return world.ask('POST', '/api/v1/actions', { key: world.keys.agent, body });
    };
    expect((await propose('tuesday')).json).toMatchObject({ code: 'LOCKED' });
    expect((await propose('wednesday')).json).not.toMatchObject({ code: 'LOCKED' });
  });
});

describe('freeze', () => {
  it('refuses everything until a person thaws it', async () => {
    const scope = { scope: 'principal', principal: world.agent };
    const frozen = await world.ask('POST', '/api/v1/freezes', { key: world.keys.person, body: { scope } });
    expect(frozen).toMatchObject({ status: 200 });
    const read = { tool: 'files.read', args: { path: 'a' } };
    expect((await world.ask('POST', '/api/v1/actions', { body: read })).json).toMatchObject({
      code: 'LOCKED',
    });
    expect((await world.ask('GET', '/api/v1/freezes')).text).toContain(world.agent);
    const thawed = await world.ask('POST', '/api/v1/thaws', { key: world.keys.person, body: { scope } });
    // A key alone is the weakest proof of a person: the kernel says whether it is enough.
    expect([200, 403]).toContain(thawed.status);
  });
});

type Example = { readonly definition: object };

describe('a refusal', () => {
  it('is a problem as it is declared, whatever the answer would have held', async () => {
    const definition = {
      ...(OPERATIONS.registerPrincipal.body.example as Example).definition,
      scopes: ['approve'],
    };
    const refused = await admin('POST', '/api/v1/principals', { name: 'climber', definition });
    expect(refused).toMatchObject({ status: 422, json: { code: 'INVALID_COMMAND' } });
    const ticket = `/api/v1/tickets/tkt_${'0'.repeat(26)}/release`;
    const released = await world.ask('POST', ticket, { body: {} });
    expect(released).toMatchObject({ status: 404, json: { code: 'TICKET_UNKNOWN' } });
    for (const { json } of [refused, released]) expect(checkProblem(json)).toMatchObject({ kind: 'valid' });
  });
});

describe('listPrincipals', () => {
  it('pages through everyone', async () => {
    const first = await admin(
      'GET',
      `/api/v1/principals?limit=1&min_index=${world.cell.running.durableSize() - 1}`,
    );
    const page = first.json as unknown as { readonly principals: readonly object[]; readonly next: string };
    expect(page.principals).toHaveLength(1);
    const second = await admin('GET', `/api/v1/principals?limit=1&after=${page.next}`);
    expect(second.text).not.toBe(first.text);
  });
});

describe('listTools', () => {
  it('names what is declared', async () => {
    const got = await world.ask('GET', '/api/v1/tools');
    expect(got.json).toMatchObject({
      tools: expect.arrayContaining([
        expect.objectContaining({ name: 'files.read', effects: ['READ_REPO'] }),
      ]),
    });
  });
});

describe('registerNamespace', () => {
  it('leaves no key behind for whoever governs another namespace only', async () => {
    const before = world.cell.keys.size();
    for (let tries = 0; tries < 3; tries += 1) {
      const got = await admin('POST', '/api/v1/namespaces', { budgets: [] });
      expect(got.json).toMatchObject({ code: 'INSUFFICIENT_AUTHORITY', status: 403 });
    }
    expect(world.cell.keys.size()).toBe(before);
  });

  it('makes one for the operators of the cell', async () => {
    const { operator } = world.keys;
    const got = await world.ask('POST', '/api/v1/namespaces', { key: operator, body: { budgets: [] } });
    expect(got).toMatchObject({ status: 200 });
  });
});

describe('eraseNamespace', () => {
  it('destroys what was sealed; nobody of it is known any more, and the log still proves it', async () => {
    const path = `/api/v1/namespaces/${world.ns}/erase`;
    // Nobody destroys the records of what they did themselves.
    expect((await admin('POST', path)).json).toMatchObject({ code: 'INVALID_COMMAND' });
    const { operator: key } = world.keys;
    const erased = await world.ask('POST', path, { key });
    expect(erased).toMatchObject({ status: 200 });
    expect(erased.json).toMatchObject({ answer: { kind: 'done' }, proven: { index: expect.any(Number) } });
    const read = { tool: 'files.read', args: { path: 'a' } };
    expect((await world.ask('POST', '/api/v1/actions', { body: read })).status).toBe(401);
    expect((await world.ask('GET', '/api/v1/log/entries?from=0', { key })).status).toBe(200);
    expect(world.failures).toEqual([]);
  });
});
