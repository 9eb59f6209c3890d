import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { systemDisk } from '../../src/parts/disk.ts';
import { partOf } from './contract.ts';
import { frameBytes, modelDirectory, SEGMENT } from './directory.ts';
import { serve } from './serve.ts';

let directory = '';
let segment = '';

beforeEach(() => {
  directory = modelDirectory();
  segment = join(directory, SEGMENT);
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
    for (let length = whole.length - frameBytes('two'); length <= whole.length; length += 1) {
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
    bytes.fill(0xff, 32 + frameBytes('zero') + 3, 32 + frameBytes('zero') + 40);
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
    const start = bytes.length - frameBytes('seven');
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

  test('get() names the record when the index leads to another one', () => {
    const served = serve(directory, systemDisk);
    served.put(partOf(1, 'ns_a', 'one'), partOf(2, 'ns_a', 'two'));
    const index = readFileSync(join(directory, 'index'));
    index.copyWithin(16, 8, 16);
    writeFileSync(join(directory, 'index'), index);
    expect(served.read(2, 'two')).toBe('(PART_CORRUPT 2)');
    served.close();
  });

  test('an orphan is overwritten when its record is put again, or found when everything is scanned', () => {
    const bodyAt = (start: number, text: string): Buffer => {
      const body = start + 76 + 4;
      return readFileSync(segment).subarray(body, body + 28 + text.length);
    };
    const served = serve(directory, systemDisk);
    served.put(partOf(1, 'ns_a', 'orphan'));
    const sealed = readFileSync(segment);
    served.put(partOf(1, 'ns_a', 'record'));
    expect(bodyAt(32, 'orphan')).toEqual(Buffer.alloc(28 + 6));
    expect(bodyAt(32 + frameBytes('orphan'), 'record')).not.toEqual(Buffer.alloc(28 + 6));
    served.close();
    // As if the crash had come before the orphan was erased.
    const both = Buffer.concat([sealed, readFileSync(segment).subarray(sealed.length)]);
    writeFileSync(segment, both);
    rmSync(join(directory, 'mark'));
    const again = serve(directory, systemDisk);
    expect(again.read(1, 'record')).toBe('record');
    expect(bodyAt(32, 'orphan')).toEqual(Buffer.alloc(28 + 6));
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
