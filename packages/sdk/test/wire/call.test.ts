import { OPERATIONS, type OperationId } from '@writ/contract/api';
import { ClientFailure, type TransportRequest } from '@writ/sdk';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { changeJson, htmlPage, textOf, withText } from '../support/lies.ts';
import { KEY, LOG, ORIGIN, refuse, termHead } from '../support/small-cell.ts';
import { noteOf, proofOf, signerOf } from '../support/tree.ts';
import { trustOf } from '../support/trust.ts';
import { openWorld, uuidOf } from '../support/world.ts';

const lastOf = (requests: readonly { readonly request: TransportRequest }[]): TransportRequest => {
  const last = requests.at(-1)?.request;
  if (last === undefined) throw new Error('nothing was asked');
  return last;
};

describe('call()', () => {
  it('sends what the operation declares', async () => {
    const { client, cell } = await openWorld();
    await client.call('listActions', { query: { limit: 10, verdict: 'ALLOW' } });
    expect(lastOf(cell.requests)).toMatchObject({
      method: 'GET',
      path: '/api/v1/actions?limit=10&verdict=ALLOW',
      body: null,
      headers: { accept: 'application/json, application/problem+json', authorization: `Bearer ${KEY}` },
    });
    await client.call('getTile', { path: { path: 'entries/x001/234.p/5' } });
    expect(lastOf(cell.requests).path).toBe('/api/v1/log/tile/entries/x001/234.p/5');
    await client.call('setPolicy', { body: 'version: 1\n' });
    expect(lastOf(cell.requests)).toMatchObject({ headers: { 'content-type': 'application/yaml' } });
    expect(textOf(lastOf(cell.requests).body ?? new Uint8Array())).toBe('version: 1\n');
  });

  it('shows the key only where one is asked for', async () => {
    const { client, cell } = await openWorld();
    await client.call('health', {});
    expect(lastOf(cell.requests).headers['authorization']).toBeUndefined();
  });

  it('is typed by the table of operations', async () => {
    const { client } = await openWorld();
    expectTypeOf(client.call<'getConsistency'>)
      .parameter(1)
      .toExtend<{ query: { from: number } }>();
    expectTypeOf(client.call<'getAction'>)
      .parameter(1)
      .toExtend<{ path: { id: string } }>();
    // @ts-expect-error a part of the path is missing
    await expect(client.call('getAction', {})).rejects.toThrow(ClientFailure);
    // @ts-expect-error a query that is needed
    await expect(client.call('getConsistency', {})).rejects.toThrow(ClientFailure);
    // @ts-expect-error a body where none is declared
    await expect(client.call('health', { body: {} })).rejects.toThrow(ClientFailure);
    const keyed = { body: { scope: { scope: 'all' } }, idempotency_key: uuidOf(1, 1) } as const;
    // @ts-expect-error a key that would be ignored
    await expect(client.call('freeze', keyed)).rejects.toThrow(ClientFailure);
    const called = await client.call('getProof', { path: { index: '0' } });
    if (called.kind === 'answer') expectTypeOf(called.value.head).toEqualTypeOf<string>();
  });

  it.each([
    ['a part with a slash', () => ['getAction', { path: { id: 'a/b' } }]],
    ['a part that climbs', () => ['getAction', { path: { id: '..' } }]],
    ['a part that goes on as a query', () => ['getAction', { path: { id: 'a?b' } }]],
    ['an empty part', () => ['getTile', { path: { path: '0//1' } }]],
    ['an inherited part', () => ['getAction', { path: Object.create({ id: 'a' }) }]],
    ['a query that is not declared', () => ['listActions', { query: { offset: 1 } }]],
    ['a query that is an object', () => ['listActions', { query: { limit: { toString: () => '1' } } }]],
    ['a query out of its range', () => ['listActions', { query: { limit: 0 } }]],
    ['no query where one is needed', () => ['getConsistency', {}]],
    ['a member that is not declared', () => ['proposeAction', { body: { tool: 'a', args: {}, agent: 'b' } }]],
    [
      'a key that is no UUIDv7',
      () => ['proposeAction', { body: { tool: 'a', args: {} }, idempotency_key: 'x' }],
    ],
  ])('refuses %s and sends nothing', async (_, make) => {
    const { client, cell } = await openWorld();
    const count = cell.requests.length;
    const [id, asking] = make() as [OperationId, object];
    await expect(client.call(id, asking as never)).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    expect(cell.requests).toHaveLength(count);
  });

  it('refuses a body that the door would refuse by its length', async () => {
    const { client } = await openWorld();
    const body = { tool: 'a', args: { text: 'x'.repeat(OPERATIONS.proposeAction.body.bytes_max) } };
    await expect(client.call('proposeAction', { body })).rejects.toMatchObject({ code: 'BODY_TOO_LARGE' });
  });

  it('gives a refusal of the cell as a problem', async () => {
    const { client } = await openWorld();
    expect(await client.call('getAction', { path: { id: 'act_1' } })).toMatchObject({
      kind: 'problem',
      problem: { code: 'NOT_FOUND', status: 404 },
    });
  });

  it.each([
    ['a page', () => htmlPage, 'ANSWER_MEDIA'],
    ['a refusal under another status', () => ({ ...refuse('NOT_FOUND'), status: 410 }), 'ANSWER_STATUS'],
    [
      'a refusal with a code that is none',
      () => withText(refuse('NOT_FOUND'), '{"code":"NO"}'),
      'ANSWER_MALFORMED',
    ],
    ['a status that is none', () => ({ ...refuse('NOT_FOUND'), status: Number.NaN }), 'ANSWER_STATUS'],
    ['no bytes', () => ({ ...htmlPage, body: 'text' as never }), 'TRANSPORT_FAILED'],
  ])('fails on %s', async (_, answer, code) => {
    const world = await openWorld();
    world.lie = answer;
    await expect(world.client.call('getProof', { path: { index: '0' } })).rejects.toMatchObject({ code });
  });

  it('verifies the proofs in any answer', async () => {
    const world = await openWorld();
    const thief = signerOf(ORIGIN, 6);
    const { heads } = world.cell;
    const call = () => world.client.call('getProof', { path: { index: '0' } });
    expect(await call()).toMatchObject({ kind: 'answer' });
    world.lie = (answer) =>
      changeJson(answer, (value) => ({ ...value, proof: proofOf(heads, 0, noteOf(heads, thief)) }));
    await expect(call()).rejects.toMatchObject({ code: 'NOTE_NOT_SIGNED' });
    world.lie = (answer) => changeJson(answer, (value) => ({ ...value, head: termHead(9) }));
    await expect(call()).rejects.toMatchObject({ code: 'TREE_ROOT_MISMATCH' });
  });

  it('refuses a proof of another log that is trusted too', async () => {
    const other = signerOf('other.example/x', 5);
    const world = await openWorld({ trust: trustOf(LOG, other), origin: ORIGIN });
    const { heads } = world.cell;
    world.lie = (answer) =>
      changeJson(answer, (value) => ({ ...value, proof: proofOf(heads, 0, noteOf(heads, other)) }));
    const called = world.client.call('getProof', { path: { index: '0' } });
    await expect(called).rejects.toMatchObject({ code: 'CHECKPOINT_WRONG_ORIGIN' });
  });

  it('refuses a smaller checkpoint and another one of its size, and then everything', async () => {
    for (const [heads, code] of [
      [[termHead(0)], 'ROLLED_BACK'],
      [[termHead(9), termHead(1), termHead(2)], 'FORKED'],
    ] as const) {
      const world = await openWorld();
      world.lie = (answer) => withText(answer, noteOf(heads, LOG));
      await expect(world.client.call('getCheckpoint', {})).rejects.toMatchObject({ code });
      world.lie = (answer) => answer;
      await expect(world.client.call('getCheckpoint', {})).rejects.toMatchObject({ code });
    }
  });
});

describe('a cell that is busy', () => {
  const busy = refuse('UNAVAILABLE', { 'retry-after': '1' });
  const PROPOSAL = { tool: 'files.read', args: { path: 'a' } };

  it('is asked again as it says, three times at most', async () => {
    const world = await openWorld();
    let left = 2;
    world.lie = (answer) => ((left -= 1) >= 0 ? busy : answer);
    expect(await world.client.propose(PROPOSAL)).toMatchObject({ verdict: 'ALLOW' });
    expect(world.waits).toEqual([1_000, 1_000]);
    left = 9;
    expect(await world.client.propose(PROPOSAL)).toMatchObject({ verdict: 'BLOCK', code: 'UNAVAILABLE' });
    expect(world.waits).toHaveLength(4);
  });

  it('is asked again under the same key', async () => {
    const world = await openWorld();
    let left = 1;
    // The first one was recorded, and its answer got lost.
    world.lie = (answer, id) => (id === 'proposeAction' && (left -= 1) >= 0 ? busy : answer);
    expect(await world.client.propose(PROPOSAL)).toMatchObject({ verdict: 'ALLOW' });
    const keys = world.cell.requests.flatMap(({ request }) => request.headers['idempotency-key'] ?? []);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    expect(world.cell.heads.filter((head) => head.includes('"kind":"decision"'))).toHaveLength(1);
  });

  it.each([
    ['what changes something and has no key', 'freeze', { body: { scope: { scope: 'all' } } }],
    ['a proposal without a key', 'proposeAction', { body: PROPOSAL }],
  ] as const)('is not asked again for %s', async (_, id, asking) => {
    const world = await openWorld();
    world.lie = () => busy;
    const count = world.cell.requests.length;
    expect(await world.client.call(id, asking as never)).toMatchObject({ kind: 'problem' });
    expect(world.cell.requests).toHaveLength(count + 1);
  });

  it.each([
    ['says nothing of when', refuse('UNAVAILABLE')],
    ['says too late', refuse('UNAVAILABLE', { 'retry-after': '11' })],
    ['says a date', refuse('UNAVAILABLE', { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' })],
    ['is not busy', refuse('RATE_LIMIT_EXCEEDED', { 'retry-after': '1' })],
  ])('is not asked again when it %s', async (_, answer) => {
    const world = await openWorld();
    world.lie = () => answer;
    await world.client.propose(PROPOSAL);
    expect(world.waits).toEqual([]);
  });
});
