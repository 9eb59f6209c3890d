import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Disk, systemDisk } from '../../src/parts/disk.ts';
import { openPartStore } from '../../src/parts/open-part-store.ts';
import { openMemoryKeystore } from '../../src/sealing/memory-keystore.ts';
import { partOf, textAt } from './contract.ts';
import { modelDirectory, SEGMENT } from './directory.ts';
import { dataKeys, serve } from './serve.ts';

let directory = '';
let segment = '';

beforeEach(() => {
  directory = modelDirectory();
  segment = join(directory, SEGMENT);
});

describe('segments', () => {
  test('put() begins a new segment at 64 MB, and all are read, erased and rebuilt', () => {
    const served = serve(directory, systemDisk);
    const text = (index: number): string => `${index} `.padEnd(48 * 1024, 'x');
    for (let start = 0; start < 1500; start += 250) {
      served.put(
        ...Array.from({ length: 250 }, (_, part) =>
          partOf(start + part, part % 2 ? 'ns_a' : 'ns_b', text(start + part)),
        ),
      );
    }
    expect(statSync(segment).size).toBeLessThanOrEqual(64 * 1024 * 1024);
    expect(statSync(join(directory, '0000000002.parts')).size).toBeGreaterThan(1000);
    served.eraseDomain('ns_b');
    served.close();
    rmSync(join(directory, 'index'));
    const again = serve(directory, systemDisk);
    for (const index of [0, 1, 248, 249, 1298, 1299, 1498, 1499]) {
      expect(again.read(index, text(index))).toBe(index % 2 ? text(index) : '(erased)');
    }
    again.close();
  });

  test('puts that wait together share one write and one sync', () => {
    const calls: string[] = [];
    const disk: Disk = {
      ...systemDisk,
      write: (fd, bytes, position) => {
        calls.push('write');
        systemDisk.write(fd, bytes, position);
      },
      sync: (fd) => {
        calls.push('sync');
        systemDisk.sync(fd);
      },
    };
    const served = serve(directory, disk);
    calls.length = 0;
    const responses = served.putTogether(
      ...Array.from({ length: 20 }, (_, call) => [partOf(call, 'ns_a', `${call}`)]),
    );
    expect(responses.map((response) => response.ok)).toEqual(Array.from({ length: 20 }, () => true));
    expect(responses.map((response) => response.id)).toEqual(Array.from({ length: 20 }, (_, call) => call));
    // Frames, their sync, and the index, which needs none.
    expect(calls).toEqual(['write', 'sync', 'write']);
    served.close();
  });
});

describe('the store over its worker', () => {
  test('openPartStore() says why it cannot open', async () => {
    const keys = openMemoryKeystore();
    writeFileSync(segment, Buffer.alloc(100));
    await expect(openPartStore({ directory, keys })).rejects.toMatchObject({ code: 'PART_CORRUPT' });
    writeFileSync(join(directory, 'erasures'), 'something else', { mode: 0o600 });
    await expect(openPartStore({ directory, keys })).rejects.toMatchObject({ code: 'PARTS_VERSION' });
  });

  test('put() refuses with PARTS_BUSY beyond 64 MB in the queue, and takes more later', async () => {
    const keys = openMemoryKeystore();
    await keys.createDomains(['ns_a']);
    const store = await openPartStore({ directory, keys });
    const text = 'x'.repeat(48 * 1024);
    const call = (first: number) =>
      store.put(Array.from({ length: 400 }, (_, part) => partOf(first + part, 'ns_a', text)));
    const results = await Promise.allSettled([call(0), call(400), call(800), call(1200)]);
    expect(results.map((result) => result.status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
    ]);
    expect(results[3]).toMatchObject({ reason: { code: 'PARTS_BUSY' } });
    await call(1200);
    expect(await textAt(store, 1599, text)).toBe(text);
    await store.close();
  });

  test('get() asks for keys that its worker has not seen', async () => {
    const keys = { dataKey: (domain: string) => dataKeys[domain], destroyDomains: async () => {} };
    const first = join(directory, 'first');
    const store = await openPartStore({ directory: first, keys });
    await store.put([partOf(1, 'ns_a', 'one'), partOf(2, 'ns_b', 'two')]);
    await store.close();
    const again = await openPartStore({ directory: first, keys });
    expect([await textAt(again, 1, 'one'), await textAt(again, 2, 'two')]).toEqual(['one', 'two']);
    await again.close();
    const second = join(directory, 'second');
    renameSync(first, second);
    const withoutKeys = { ...keys, dataKey: () => undefined };
    const blind = await openPartStore({ directory: second, keys: withoutKeys });
    expect(await textAt(blind, 1, 'one')).toBe('(erased)');
    await blind.close();
  });

  test('erase() names a damaged frame after it has erased all others', async () => {
    const keys = openMemoryKeystore();
    await keys.createDomains(['ns_a']);
    const store = await openPartStore({ directory, keys });
    await store.put([partOf(1, 'ns_a', 'one'), partOf(3000, 'ns_a', 'last')]);
    const bytes = readFileSync(segment);
    bytes.fill(0, 32, 64);
    writeFileSync(segment, bytes);
    const all = Array.from({ length: 3001 }, (_, index) => index);
    await expect(store.erase(all)).rejects.toMatchObject({ code: 'PART_CORRUPT', index: 1 });
    expect(await textAt(store, 3000, 'last')).toBe('(erased)');
    await store.close();
  });

  test('resumeErasures() keeps the new keys of a domain that was created again', async () => {
    const keys = openMemoryKeystore();
    await keys.createDomains(['ns_a', 'ns_b']);
    const first = await openPartStore({ directory, keys });
    await first.put([partOf(1, 'ns_a', 'old'), partOf(2, 'ns_b', 'begun')]);
    await first.close();
    const idOf = (domain: string): string => Buffer.from(keys.dataKey(domain)?.id ?? []).toString('hex');
    const begun = ['writ-erasures/v1', `ns_a ${idOf('ns_a')}`, `ns_b ${idOf('ns_b')}`, ''].join('\n');
    // A crash after the intent: one domain went on to be destroyed and created again, one did not.
    await keys.destroyDomains(['ns_a']);
    await keys.createDomains(['ns_a']);
    writeFileSync(join(directory, 'erasures'), begun, { mode: 0o600 });
    const store = await openPartStore({ directory, keys });
    expect(store.unfinishedErasures()).toEqual(['ns_a', 'ns_b']);
    await store.put([partOf(3, 'ns_a', 'new')]);
    await store.resumeErasures();
    expect(store.unfinishedErasures()).toEqual([]);
    expect([await textAt(store, 1, 'old'), await textAt(store, 2, 'begun')]).toEqual([
      '(erased)',
      '(erased)',
    ]);
    expect(await textAt(store, 3, 'new')).toBe('new');
    expect([keys.has('ns_a'), keys.has('ns_b')]).toEqual([true, false]);
    await store.close();
  });
});
