import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { eraseNamespace, registerNamespace, registerPolicy, registerTool } from '@writ/cell';
import { afterEach, describe, expect, it } from 'vitest';
import { type CellWorld, createWorld, POLICY } from './world.ts';

const worlds: CellWorld[] = [];

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.destroy();
});

async function freshWorld(): Promise<CellWorld> {
  const world = await createWorld();
  worlds.push(world);
  return world;
}

function blobsOf({ directory }: CellWorld): readonly string[] {
  return readdirSync(join(directory, 'state', 'cell', 'blobs'));
}

describe('governing', () => {
  it.each([
    { who: 'an agent', code: 'INSUFFICIENT_AUTHORITY', by: (world: CellWorld) => world.agent },
    { who: 'nobody known', code: 'UNAUTHENTICATED', by: () => 'prn_00000000000000000000000001' },
  ])('registering leaves neither keys nor blobs when it is asked by $who', async ({ code, by }) => {
    const world = await freshWorld();
    const { cell, ns } = world;
    const before = { keys: cell.keys.size(), blobs: blobsOf(world) };
    const asker = by(world);
    const definition = { v: 1, name: 'a.new', description: '', parameters: {}, effects: [] } as const;
    await expect(registerNamespace(cell, { by: asker, ns: null, budgets: [] })).rejects.toMatchObject({
      code,
    });
    await expect(registerTool(cell, { by: asker, ns, definition })).rejects.toMatchObject({ code });
    const text = POLICY.replace('name: test', 'name: other');
    await expect(registerPolicy(cell, { by: asker, ns, text })).rejects.toMatchObject({ code });
    expect({ keys: cell.keys.size(), blobs: blobsOf(world) }).toEqual(before);
  });

  it('registerNamespace() makes no keys for a namespace that was erased', async () => {
    const world = await freshWorld();
    const { cell, ns, settings } = world;
    const by = settings.operator;
    await eraseNamespace(cell, { by, ns });
    expect(cell.keys.has(ns)).toBe(false);
    await expect(registerNamespace(cell, { by, ns, budgets: [] })).rejects.toMatchObject({
      code: 'NAMESPACE_ERASED',
    });
    expect(cell.keys.has(ns)).toBe(false);
  });
});
