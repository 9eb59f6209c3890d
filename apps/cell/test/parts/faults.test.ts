import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Disk, systemDisk } from '../../src/parts/disk.ts';
import { partOf } from './contract.ts';
import { frameBytes, modelDirectory, SEGMENT } from './directory.ts';
import { serve } from './serve.ts';

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
    bytes.fill(0, 32, 32 + frameBytes('one'));
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
    bytes.fill(0, 32, 32 + frameBytes('one'));
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
