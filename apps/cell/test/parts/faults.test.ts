import { copyFileSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Disk, systemDisk } from '../../src/parts/disk.ts';
import { openPartStore } from '../../src/parts/open-part-store.ts';
import { openMemoryKeystore } from '../../src/sealing/memory-keystore.ts';
import { partOf, textAt } from './contract.ts';
import { modelDirectory } from './directory.ts';
import { dataKeys, serve } from './serve.ts';

const SEGMENT = '0000000001.parts';
const FRAME = (text: string): number => 76 + 4 + 28 + text.length;
let directory = '';
let segment = '';

beforeEach(() => {
  directory = modelDirectory();
  segment = join(directory, SEGMENT);
});

/** A disk whose `call` fails with `code` while it is told to. */
function failing(call: keyof Disk, code: string): { disk: Disk; fail(times: number, skip?: number): void } {
  let left = 0;
  let skipped = 0;
  const fault = (): void => {
    if (skipped > 0) {
      skipped -= 1;
      return;
    }
    if (left === 0) return;
    left -= 1;
    throw Object.assign(new Error('injected'), { code });
  };
  const wrapped = (...given: never[]): unknown => {
    fault();
    const original: (...rest: never[]) => unknown = systemDisk[call];
    return original(...given);
  };
  return {
    disk: { ...systemDisk, [call]: wrapped },
    fail(times, skip = 0) {
      left = times;
      skipped = skip;
    },
  };
}

describe('a full disk', () => {
  test.each([
    ['write', 0],
    ['write', 1],
    ['sync', 0],
  ] as const)('put() refuses with PARTS_FULL when %s number %i fails, and goes on later', (call, skip) => {
    const { disk, fail } = failing(call, 'ENOSPC');
    const served = serve(directory, disk);
    served.put(partOf(1, 'ns_a', 'one'));
    const { size } = statSync(segment);
    fail(1, skip);
    expect(() => served.put(partOf(2, 'ns_a', 'two'))).toThrow(
      expect.objectContaining({ code: 'PARTS_FULL' }),
    );
    expect(statSync(segment).size).toBe(size);
    expect(served.read(1, 'one')).toBe('one');
    served.put(partOf(2, 'ns_a', 'two'), partOf(3, 'ns_b', 'three'));
    expect(served.read(2, 'two')).toBe('two');
    served.close();
    const again = serve(directory, systemDisk);
    expect([again.read(1, 'one'), again.read(2, 'two'), again.read(3, 'three')]).toEqual([
      'one',
      'two',
      'three',
    ]);
    again.close();
  });

  test('sweep() passes over an index entry whose frame is not there', () => {
    const served = serve(directory, systemDisk);
    served.put(partOf(1, 'ns_a', 'one'), partOf(2, 'ns_a', 'two'));
    const bytes = readFileSync(segment);
    bytes.fill(0, 32, 32 + FRAME('one'));
    writeFileSync(segment, bytes);
    expect(served.sweep(0)).toBe(2);
    expect([served.read(1, 'one'), served.read(2, 'two')]).toEqual(['(missing)', '(missing)']);
    expect(() => served.erase(1, 2)).not.toThrow();
    served.close();
  });

  test('erase() erases what it can and names a damaged frame', () => {
    const served = serve(directory, systemDisk);
    served.put(partOf(1, 'ns_a', 'one'), partOf(2, 'ns_a', 'two'));
    const bytes = readFileSync(segment);
    bytes.fill(0, 32, 32 + FRAME('one'));
    writeFileSync(segment, bytes);
    expect(() => served.erase(1, 2)).toThrow(expect.objectContaining({ code: 'PART_CORRUPT' }));
    expect(served.read(2, 'two')).toBe('(erased)');
    served.close();
  });
});

describe('a failing disk', () => {
  test.each(['write', 'sync'] as const)('every call refuses with PARTS_FAILED after %s failed', (call) => {
    const { disk, fail } = failing(call, 'EIO');
    const served = serve(directory, disk);
    served.put(partOf(1, 'ns_a', 'one'));
    fail(1);
    const failed = expect.objectContaining({ code: 'PARTS_FAILED' });
    expect(() => served.put(partOf(2, 'ns_a', 'two'))).toThrow(failed);
    expect(() => served.put(partOf(3, 'ns_a', 'three'))).toThrow(failed);
    expect(served.read(1, 'one')).toBe('(PARTS_FAILED)');
    const again = serve(directory, systemDisk);
    expect(again.read(1, 'one')).toBe('one');
    again.close();
  });

  test('put() refuses for good when a full disk cannot even be cut back', () => {
    const { disk, fail } = failing('write', 'ENOSPC');
    const broken = {
      ...disk,
      truncate: () => {
        throw Object.assign(new Error('injected'), { code: 'EIO' });
      },
    };
    const opened = serve(directory, systemDisk);
    opened.close();
    const served = serve(directory, broken);
    fail(1);
    const failed = expect.objectContaining({ code: 'PARTS_FAILED' });
    expect(() => served.put(partOf(1, 'ns_a', 'one'))).toThrow(failed);
    expect(() => served.put(partOf(1, 'ns_a', 'one'))).toThrow(failed);
  });

  test('get() names the record that cannot be read and goes on with the others', () => {
    const { disk, fail } = failing('read', 'EIO');
    const served = serve(directory, disk);
    served.put(partOf(1, 'ns_a', 'one'));
    fail(1);
    expect(served.read(1, 'one')).toBe('(PART_CORRUPT 1)');
    expect(served.read(1, 'one')).toBe('one');
    served.close();
  });
});

describe('damage', () => {
  test('openPartFiles() recovers at every length of a torn last frame', () => {
    const before = serve(directory, systemDisk);
    before.put(partOf(1, 'ns_a', 'one'));
    before.close();
    // The mark of this moment: what follows has to be found by scanning.
    copyFileSync(join(directory, 'mark'), join(directory, 'kept'));
    const after = serve(directory, systemDisk);
    after.put(partOf(2, 'ns_a', 'two'));
    after.close();
    const whole = readFileSync(segment);
    for (let length = whole.length - FRAME('two'); length <= whole.length; length += 1) {
      copyFileSync(join(directory, 'kept'), join(directory, 'mark'));
      writeFileSync(segment, whole.subarray(0, length));
      const opened = serve(directory, systemDisk);
      expect(opened.read(1, 'one')).toBe('one');
      if (length === whole.length) expect(opened.read(2, 'two')).toBe('two');
      opened.put(partOf(2, 'ns_b', 'two again'), partOf(3, 'ns_b', 'three'));
      opened.close();
      const again = serve(directory, systemDisk);
      expect([again.read(1, 'one'), again.read(2, 'two again'), again.read(3, 'three')]).toEqual([
        'one',
        'two again',
        'three',
      ]);
      again.close();
    }
  });

  test('frames behind a damaged one are found again when everything is scanned', () => {
    const served = serve(directory, systemDisk);
    const texts = ['zero', 'one', 'two', 'three'];
    served.put(...texts.map((text, index) => partOf(index, 'ns_a', text)));
    served.close();
    const bytes = readFileSync(segment);
    bytes.fill(0xff, 32 + FRAME('zero') + 3, 32 + FRAME('zero') + 40);
    writeFileSync(segment, bytes);
    rmSync(join(directory, 'mark'));
    const again = serve(directory, systemDisk);
    expect(texts.map((text, index) => again.read(index, text))).toEqual([
      'zero',
      '(missing)',
      'two',
      'three',
    ]);
    again.close();
  });

  test('get() names the record when any byte of its frame is changed', () => {
    const served = serve(directory, systemDisk);
    served.put(partOf(6, 'ns_b', 'before'), partOf(7, 'ns_a', 'seven'));
    served.close();
    const bytes = readFileSync(segment);
    const start = bytes.length - FRAME('seven');
    const again = serve(directory, systemDisk);
    for (let offset = start; offset < bytes.length; offset += 1) {
      for (const bit of [0x01, 0x80]) {
        const changed = Buffer.from(bytes);
        changed[offset] = (changed[offset] ?? 0) ^ bit;
        writeFileSync(segment, changed);
        expect(again.read(7, 'seven')).toBe('(PART_CORRUPT 7)');
        expect(again.read(6, 'before')).toBe('before');
      }
    }
    again.close();
  });

  test('get() tells a wrong key from damage', () => {
    const served = serve(directory, systemDisk);
    served.put(partOf(1, 'ns_a', 'one'));
    served.close();
    const wrong = { ns_a: { id: new Uint8Array(8).fill(1), key: new Uint8Array(32).fill(9) } };
    const again = serve(directory, systemDisk, wrong);
    expect(again.read(1, 'one')).toBe('(PART_WRONG_KEY 1)');
    again.close();
    const right = serve(directory, systemDisk);
    expect(right.read(1, 'one')).toBe('one');
    right.close();
  });

  test('a frame cannot be moved to another segment', () => {
    const served = serve(directory, systemDisk);
    served.put(partOf(1, 'ns_a', 'one'));
    served.close();
    const other = modelDirectory();
    const strange = serve(other, systemDisk);
    strange.put(partOf(1, 'ns_a', 'one'));
    strange.close();
    const frames = readFileSync(segment).subarray(32);
    writeFileSync(
      join(other, SEGMENT),
      Buffer.concat([readFileSync(join(other, SEGMENT)).subarray(0, 32), frames]),
    );
    const moved = serve(other, systemDisk);
    expect(moved.read(1, 'one')).toBe('(PART_WRONG_KEY 1)');
    moved.close();
  });

  test.each([
    ['the index is gone', () => rmSync(join(directory, 'index'))],
    ['the index is short', () => truncateSync(join(directory, 'index'), 24)],
    ['the mark is gone', () => rmSync(join(directory, 'mark'))],
    ['the mark is damaged', () => writeFileSync(join(directory, 'mark'), 'writ-parts-mark/v1 1 9999 1 1\n')],
    ['the mark is of elsewhere', () => writeFileSync(join(directory, 'mark'), '')],
  ])('openPartFiles() rebuilds the index when %s', (_name, damage) => {
    const served = serve(directory, systemDisk);
    served.put(...Array.from({ length: 9 }, (_, index) => partOf(index, 'ns_a', `${index}`)));
    served.put(partOf(4, 'ns_b', 'four'));
    served.erase(5);
    served.close();
    damage();
    const again = serve(directory, systemDisk);
    const texts = ['0', '1', '2', '3', 'four', '5', '6', '7', '8'];
    const read = texts.map((text, index) => again.read(index, text));
    expect(read).toEqual(['0', '1', '2', '3', 'four', '(erased)', '6', '7', '8']);
    again.close();
  });

  test('openPartFiles() drops a last segment that was never born, and refuses others', () => {
    serve(directory, systemDisk).close();
    for (const bytes of [Buffer.alloc(0), Buffer.from('WRITPA'), Buffer.alloc(32)]) {
      writeFileSync(join(directory, '0000000002.parts'), bytes);
      serve(directory, systemDisk).close();
    }
    writeFileSync(join(directory, '0000000002.parts'), Buffer.alloc(33));
    expect(() => serve(directory, systemDisk)).toThrow(/has lost its header/);
    const header = readFileSync(segment);
    header[8] = 2;
    writeFileSync(join(directory, '0000000002.parts'), header);
    expect(() => serve(directory, systemDisk)).toThrow(/of a version that this Writ does not know/);
  });
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

  test('put() refuses with PARTS_BUSY beyond 64 MB in the queue, and again takes what comes later', async () => {
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
});
