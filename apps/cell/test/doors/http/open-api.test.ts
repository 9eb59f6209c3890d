import { Validator } from '@seriousme/openapi-schema-validator';
import { OpenAPIClientAxios } from 'openapi-client-axios';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBody, openApi, type Operation, OPERATIONS, type OperationId } from '@writ/contract/api';
import { createDoorWorld, type DoorWorld, type Got } from './world.ts';

let world: DoorWorld;
beforeAll(async () => {
  world = await createDoorWorld();
});
afterAll(() => world.destroy());

const ALL = Object.entries(OPERATIONS) as readonly (readonly [OperationId, Operation])[]; // its own keys

describe('/openapi.json', () => {
  it('is valid by the schema of OpenAPI 3.1', async () => {
    const { json, status } = await world.ask('GET', '/openapi.json', { key: null });
    expect(status).toBe(200);
    const result = await new Validator().validate(json);
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });

  it('is what a generated client works with', async () => {
    const { json } = await world.ask('GET', '/openapi.json', { key: null });
    const api = new OpenAPIClientAxios({
      definition: json as never, // as it was served
      withServer: { url: `http://127.0.0.1:${world.port}` },
      axiosConfigDefaults: {
        headers: { authorization: `Bearer ${world.keys.agent}` },
        validateStatus: () => true,
        proxy: false,
      },
    });
    const client = await api.init();
    const call = (id: OperationId, ...words: unknown[]): Promise<{ status: number; data: Got['json'] }> =>
      (
        client as never as Record<
          string,
          (...asked: unknown[]) => Promise<{ status: number; data: Got['json'] }>
        >
      )[id]?.(...words) ?? Promise.reject(new Error(`no such method: ${id}`));
    const proposed = await call('proposeAction', null, { tool: 'files.read', args: { path: 'a' } });
    expect(proposed.data).toMatchObject({ answer: { verdict: 'ALLOW' } });
    const { id } = proposed.data as unknown as { readonly id: string };
    const spent = await call('commitAction', { id }, { attempt: 'first', args: { path: 'a' } });
    expect(spent.data).toMatchObject({ answer: { kind: 'spent', id } });
    expect((await call('whoAmI')).data).toMatchObject({ principal: world.agent });
  });
});

describe('every documented example', () => {
  it.each(ALL.filter(([, { body }]) => body !== null))('of %s runs', async (id, operation) => {
    const body = operation.body?.example;
    const path = operation.path.replace('{id}', idFor(operation.path));
    const key = keyFor(operation);
    const sent =
      typeof body === 'string' ? { raw: body, headers: { 'content-type': 'application/yaml' } } : { body };
    const got = await world.ask(operation.method, path, { key, ...sent });
    // The request fits; whether the cell does what it asks is its own answer.
    expect(got.json).not.toMatchObject({ code: 'REQUEST_INVALID' });
    expect(got.status).not.toBe(503);
    if (got.status >= 400) expect(OPERATIONS[id].codes as readonly string[]).toContain(got.json['code']);
    else expect(got.status).toBeLessThan(300);
    expect(checkBody(id, body)).toMatchObject({ kind: 'valid' });
  });
});

describe('every answer', () => {
  it.each(ALL.filter(([, { method, path }]) => method === 'GET' && !path.includes('{')))(
    'of %s has the declared media type',
    async (_, { path, query, access, answer }) => {
      const needed = 'from' in query && path.endsWith('consistency') ? '?from=1' : '';
      const got = await world.ask('GET', `${path}${needed}`, {
        key: access === 'anyone' ? null : world.keys.admin,
      });
      expect(got).toMatchObject({ status: 200 });
      expect(got.headers['content-type']).toBe(answer.media);
      expect(Number(got.headers['writ-index'])).toBeGreaterThanOrEqual(0);
    },
  );

  it('of the OpenAPI document is the one of the table', async () => {
    expect((await world.ask('GET', '/openapi.json')).json).toEqual(
      JSON.parse(JSON.stringify(openApi('0.0.0'))),
    );
  });
});

function keyFor({ access }: Operation): string {
  if (access === 'propose' || access === 'commit' || access === 'outcome') return world.keys.agent;
  return access === 'approve' ? world.keys.person : world.keys.operator;
}

/** Something of the right kind: of principals there is one. */
function idFor(path: string): string {
  if (path.includes('/principals/')) return world.settings.operator;
  const prefix = path.includes('/tickets/') ? 'tkt' : path.includes('/credentials/') ? 'key' : 'act';
  return `${prefix}_${'0'.repeat(26)}`;
}
