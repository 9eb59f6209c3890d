import type { ToolDefinition } from '@writ/contract';
import { type ClientOptions, digestOfTool, openClient } from '@writ/sdk';
import { describe, expect, it } from 'vitest';
import { changeJson } from './support/lies.ts';
import { AGENT, KEY, LOG, openSmallCell, refuse, routeOf, TOOL } from './support/small-cell.ts';
import { trustOf } from './support/trust.ts';
import { openMemory, openWorld, uuidOf } from './support/world.ts';

const PROPOSAL = { tool: 'files.read', args: { path: 'a' } };

const optionsOf = (transport: ClientOptions['transport']): ClientOptions => ({
  transport,
  key: KEY,
  trust: trustOf(LOG),
  tools: new Map([['files.read', TOOL]]),
  memory: openMemory(),
  newId: () => uuidOf(1_790_000_000_000, 1),
  now_ms: () => 1_790_000_000_000,
  wait: async () => undefined,
});

describe('openClient()', () => {
  it('asks who it is when it was not told', async () => {
    const cell = openSmallCell();
    const client = await openClient(optionsOf(async (request) => cell.answer(request)));
    expect(client.executor).toBe(AGENT);
    expect(await client.propose(PROPOSAL)).toMatchObject({ verdict: 'ALLOW' });
  });

  it('refuses when nobody says who it is', async () => {
    const cell = openSmallCell();
    const opened = openClient(
      optionsOf(async (request) =>
        routeOf(request).id === 'whoAmI' ? refuse('UNAUTHENTICATED') : cell.answer(request),
      ),
    );
    await expect(opened).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('refuses when there is no checkpoint', async () => {
    const opened = openClient(optionsOf(async () => refuse('UNAVAILABLE')));
    await expect(opened).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

describe('call()', () => {
  it('verifies every proof of a batch, and that of a refusal', async () => {
    const world = await openWorld();
    const { client, cell } = world;
    const one = await client.call('proposeAction', { body: PROPOSAL });
    if (one.kind === 'problem') throw new Error(one.problem.code);
    const batch = (proven: object) => ({
      answers: [
        { status: 200, code: 'ALLOWED', proposed: { ...one.value, proven } },
        { status: 503, code: 'UNAVAILABLE', proposed: null },
      ],
    });
    const body = { proposals: [{ proposal: PROPOSAL }] };
    const good = cell.proven(3);
    const bad = { ...good, head: cell.proven(0).head };
    const json = {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array([0x7b, 0x7d]),
    };
    world.lie = () => changeJson(json, () => batch(good));
    expect(await client.call('proposeActions', { body })).toMatchObject({ kind: 'answer' });
    world.lie = () => changeJson(json, () => batch(bad));
    await expect(client.call('proposeActions', { body })).rejects.toMatchObject({
      code: 'TREE_ROOT_MISMATCH',
    });
    world.lie = () => changeJson(refuse('NO_RULE'), (value) => ({ ...value, proven: bad }));
    await expect(client.call('proposeAction', { body: PROPOSAL })).rejects.toMatchObject({
      code: 'TREE_ROOT_MISMATCH',
    });
  });
});

describe('digestOfTool()', () => {
  const definition: ToolDefinition = {
    v: 1,
    name: 'files.read',
    description: 'reads a file',
    parameters: { type: 'object' },
    effects: ['READ_REPO'],
  };

  it('is that of the canonical definition, whatever the order of its members', () => {
    const { v, ...rest } = definition;
    expect(digestOfTool({ ...rest, v })).toBe(digestOfTool(definition));
    expect(digestOfTool({ ...definition, effects: [] })).not.toBe(digestOfTool(definition));
  });

  it('refuses what is no definition', () => {
    expect(() => digestOfTool({ ...definition, parameters: { of: undefined } } as never)).toThrow(
      'JSON_NOT_PLAIN',
    );
  });
});
