import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CODES, type Code, type CodeEntry, isCode } from '../src/index.ts';

const PAGE = new URL('../../../spec/21-codes.md', import.meta.url);

const entries: readonly (readonly [string, CodeEntry])[] = Object.entries(CODES);

/** The table of the page, as it must stand there. */
function table(): string {
  const rows = entries.map(
    ([code, { class: reasonClass, status, agent, operator }]) =>
      `| \`${code}\` | ${reasonClass} | ${status} | ${agent} | ${operator === agent ? '' : operator} |`,
  );
  return [
    '| code | class | status | to the agent | to the operator, where it differs |',
    '| --- | --- | ---: | --- | --- |',
  ]
    .concat(rows)
    .join('\n');
}

describe('CODES', () => {
  it.each(entries)('CODES says class, status and both texts of %s', (code, entry) => {
    expect(code).toMatch(/^[A-Z][A-Z0-9_]{1,47}$/);
    expect(['final', 'liftable', 'fillable']).toContain(entry.class);
    for (const text of [entry.agent, entry.operator]) {
      expect(text).toMatch(/^[a-z][a-z ,;:]{3,119}$/); // a fixed template: no values, no markup
      expect(text.trim()).toBe(text);
    }
  });

  it.each(entries)('CODES gives %s a status that fits its class', (code, { class: reasonClass, status }) => {
    if (code === 'ALLOWED') expect(status).toBe(200);
    else if (reasonClass === 'final') expect(status >= 400 && status < 600).toBe(true);
    else expect(status).toBe(202); // there is something to wait for or to bring
  });

  it('CODES keeps 503 for what the cell itself cannot do now, and never says 500', () => {
    const unavailable = entries.filter(([, { status }]) => status >= 500);
    expect(unavailable.every(([, { status }]) => status === 503)).toBe(true);
    expect(unavailable.map(([code]) => code)).toEqual([
      'OVERLOADED',
      'UNAVAILABLE',
      'REOPENING',
      'CLOCK_SUSPECT',
      'UNDERSTANDING_TIMEOUT',
      'UNDERSTANDING_FAILED',
      'DISK_LOW',
      'ENGINE_UNKNOWN',
    ]);
  });

  it('CODES gives the statuses that the way of an action promises', () => {
    const promised: readonly (readonly [Code, number])[] = [
      ['STATE_DRIFT', 409],
      ['ALREADY_SPENT', 409],
      ['ARGUMENTS_DIFFER', 409],
      ['WRIT_EXPIRED', 410],
      ['UNDERSTANDING_TIMEOUT', 503],
      ['CLOCK_SUSPECT', 503],
      ['IDEMPOTENCY_MISMATCH', 422],
    ];
    for (const [code, status] of promised) expect([code, CODES[code].status]).toEqual([code, status]);
  });

  it('CODES is the table of its page in the specification', () => {
    expect(readFileSync(PAGE, 'utf8')).toContain(`\n${table()}\n`);
  });
});

describe('isCode', () => {
  it.each(['', 'allowed', 'ALLOWED ', 'toString', '__proto__', 'constructor', 'UNKNOWN'])(
    'isCode() refuses %j',
    (text) => {
      expect(isCode(text)).toBe(false);
    },
  );

  it('isCode() takes every code of the list', () => {
    expect(entries.every(([code]) => isCode(code))).toBe(true);
  });
});
