import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CODES, isCode } from '@writ/contract';
import { describe, expect, it } from 'vitest';

const kernel = join(import.meta.dirname, '..');
const textOf = (pattern: string): string =>
  globSync(pattern, { cwd: kernel })
    .map((path) => readFileSync(join(kernel, path), 'utf8'))
    .join('\n');

/** Codes are literals everywhere, so that they can be found. */
const codesIn = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/'([A-Z][A-Z_]+)'/g)].map((match) => match[1] ?? ''))].filter(isCode).sort();

describe('codes', () => {
  it('codes that the kernel can give are each provoked by name in a test', () => {
    const given = codesIn(textOf('src/**/*.ts'));
    expect(given.length).toBeGreaterThan(40);
    const tests = new Set(codesIn(textOf('test/**/*.test.ts')));
    expect(given.filter((code) => !tests.has(code))).toEqual([]);
  });

  it('codes that the kernel gives as liftable are liftable in the list', () => {
    for (const code of [
      'RISK_OVER_CAP',
      'RULE_ESCALATE',
      'TOXIC_COMBINATION',
      'TAINTED_FLOW',
      'IRREVERSIBLE',
    ]) {
      expect(isCode(code) && CODES[code].class).toBe('liftable');
    }
  });
});
