import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { PartFailure } from '../../src/parts/failure.ts';
import { openMemoryPartStore } from '../../src/parts/memory-part-store.ts';
import { openLastingPartStore } from '../../src/parts/open-lasting-part-store.ts';
import type { Part, PartStore } from '../../src/parts/part-store.ts';
import { openMemoryKeystore } from '../../src/sealing/memory-keystore.ts';

const DOMAIN = 'ns_00000000000000000000000001';
const COMMITMENT = new Uint8Array(32).fill(7);
const keys = openMemoryKeystore();
await keys.createDomains([DOMAIN]);

function partOf(index: number): Part {
  return { index, domain: DOMAIN, commitment: COMMITMENT, plaintext: new Uint8Array([index]) };
}

type Opened = { readonly store: PartStore; fail(): void; closed: boolean };

/** Instances over one memory, each of which can be made to fail for good, as those on a disk do. */
function instances(): { readonly opened: Opened[]; open(): Promise<PartStore>; refuse: boolean } {
  const memory = openMemoryPartStore(keys);
  const opened: Opened[] = [];
  const world = {
    opened,
    refuse: false,
    async open(): Promise<PartStore> {
      if (world.refuse) throw new PartFailure('PARTS_FAILED', 'the disk does not answer');
      let failed = false;
      const check = (): void => {
        if (failed) throw new PartFailure('PARTS_FAILED', 'failed before');
      };
      const store: PartStore = {
        ...memory,
        async put(parts) {
          check();
          await memory.put(parts);
        },
        async close() {
          one.closed = true;
        },
      };
      const one: Opened = { store, closed: false, fail: () => (failed = true) };
      opened.push(one);
      return store;
    },
  };
  return world;
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await setImmediate();
}

const FAILED = { code: 'PARTS_FAILED' };

describe('openLastingPartStore()', () => {
  it('openLastingPartStore() puts a fresh instance in the place of one that failed', async () => {
    const world = instances();
    const store = await openLastingPartStore(world.open);
    await store.put([partOf(1)]);
    world.opened[0]?.fail();
    await expect(store.put([partOf(2)])).rejects.toMatchObject(FAILED);
    await settle();
    await store.put([partOf(2)]);
    expect(await store.get(2, COMMITMENT)).toEqual(new Uint8Array([2]));
    expect(world.opened.map(({ closed }) => closed)).toEqual([true, false]);
    await store.close();
    expect(world.opened.map(({ closed }) => closed)).toEqual([true, true]);
  });

  it('openLastingPartStore() tries again for as long as the disk does not answer', async () => {
    const world = instances();
    const store = await openLastingPartStore(world.open);
    world.opened[0]?.fail();
    world.refuse = true;
    for (let tries = 0; tries < 3; tries += 1) {
      await expect(store.put([partOf(1)])).rejects.toMatchObject(FAILED);
      await settle();
    }
    world.refuse = false;
    await expect(store.get(1, COMMITMENT)).rejects.toMatchObject(FAILED);
    await settle();
    await store.put([partOf(1)]);
  });

  it('openLastingPartStore() opens one instance, however many calls meet the failure', async () => {
    const world = instances();
    const store = await openLastingPartStore(world.open);
    world.opened[0]?.fail();
    await Promise.allSettled([1, 2, 3].map((index) => store.put([partOf(index)])));
    await settle();
    expect(world.opened).toHaveLength(2);
  });

  it('openLastingPartStore() keeps an instance that refused a call and is whole', async () => {
    const world = instances();
    const store = await openLastingPartStore(world.open);
    await expect(store.put([{ ...partOf(1), domain: 'ns_unknown' }])).rejects.toMatchObject({
      code: 'DOMAIN_UNKNOWN',
    });
    await settle();
    expect(world.opened).toHaveLength(1);
  });

  it('openLastingPartStore() opens nothing any more once it is closed', async () => {
    const world = instances();
    const store = await openLastingPartStore(world.open);
    world.opened[0]?.fail();
    await expect(store.put([partOf(1)])).rejects.toMatchObject(FAILED);
    await store.close();
    expect(world.opened.every(({ closed }) => closed)).toBe(true);
    await expect(store.put([partOf(1)])).rejects.toMatchObject({ code: 'PARTS_CLOSED' });
  });
});
