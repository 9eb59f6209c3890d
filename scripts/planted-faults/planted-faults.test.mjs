// The whole table takes minutes (`npm run planted-faults`); here its anchors, and two faults planted for
// real.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { anchorsOf, openCopy, root, tryFault, tryWithout } from './run.mjs';
import { FAULTS } from './table.mjs';

describe('planted faults', () => {
  it('are at least forty, each another one', () => {
    expect(FAULTS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(FAULTS.map((fault) => `${fault.file} ${fault.find}`)).size).toBe(FAULTS.length);
  });

  it.each(FAULTS)('$file still has the text to replace, once, and its test: $title', (fault) => {
    expect(anchorsOf(fault)).toBe(1);
    expect(fault.replace).not.toBe(fault.find);
    expect(existsSync(join(root, fault.test))).toBe(true);
    // Titles may be put together from parts; their first two words stand in the file as they are.
    const [first, second] = fault.title.split(' ');
    expect(readFileSync(join(root, fault.test), 'utf8')).toContain(first);
    expect(second).toBeDefined();
  });
});

describe('planted for real', () => {
  const { copy, close } = openCopy();
  afterAll(close);

  it.each([
    FAULTS.find((fault) => fault.file.endsWith('gate-4-absolutes.ts')),
    FAULTS.find((fault) => fault.file.endsWith('receipt/verify.ts')),
  ])('$file: the test it names passes without the fault and fails with it', (fault) => {
    expect(tryWithout(copy, fault)).toBe(true);
    expect(tryFault(copy, fault)).toMatchObject({ caught: true });
  });

  it('an edit that no test can see is told as missed', () => {
    const harmless = {
      ...FAULTS.find((fault) => fault.file.endsWith('gate-4-absolutes.ts')),
      find: '/** Gate 4: what no policy may permit. */',
      replace: '/** Gate 4. */',
    };
    expect(tryFault(copy, harmless)).toEqual({ caught: false, why: 'the test passes' });
  });
});
