import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DETECTION_KINDS, DETECTION_LIMITS, detect } from '../../src/index.ts';
import { hostileText, readCases } from '../support.ts';

const FOUND = readCases('found');

/** Another digit for a digit, another letter for a letter. */
function turn(unit: number, by: number): string {
  const digit = unit < 0x3a;
  return String.fromCharCode(digit ? 0x30 + ((unit - 0x30 + by) % 10) : 0x41 + ((unit - 0x41 + by) % 26));
}

describe('detect', () => {
  it.each(FOUND)('detect() finds $reason', ({ text, found }) => {
    const whole = text.join('');
    const seen = detect(whole).map(({ kind, start, end }) => ({ kind, value: whole.slice(start, end) }));
    expect(seen).toEqual(found.map(({ kind, value }) => ({ kind, value: value.join('') })));
  });

  it.each(readCases('not-found'))('detect() finds nothing in $reason', ({ text }) => {
    expect(detect(text.join(''))).toEqual([]);
  });

  it('detect() says that the checksum fits exactly for the kinds that have one', () => {
    const withChecksum = ['card', 'iban', 'person_id'];
    for (const { text } of FOUND) {
      for (const { kind, checksum_ok } of detect(text.join(''))) {
        expect(checksum_ok).toBe(withChecksum.includes(kind) ? true : null);
      }
    }
  });

  it('detect() says that the checksum of a token of GitHub or npm fits only where it does', () => {
    // CRC-32 of thirty characters, in the digits of these issuers.
    const body = 'zYxWvUtSrQpOnMlKjIhGfEdCbA9876';
    const sum = '1X78mm';
    const checksums = (text: string): readonly unknown[] =>
      detect(text).map(({ checksum_ok }) => checksum_ok);
    for (const prefix of ['ghp_', 'npm_']) {
      expect(checksums(`${prefix}${body}${sum}`)).toEqual([true]);
      expect(checksums(`${prefix}${body.replace('z', 'a')}${sum}`)).toEqual([null]);
    }
  });

  it('detect() finds what it finds among other words too', () => {
    for (const { text, found } of FOUND) {
      const whole = text.join('');
      if (whole.includes('\n') || whole.endsWith('-rZXk') || found.length === 0) continue;
      const kinds = (given: string) => detect(given).map(({ kind }) => kind);
      expect(kinds(`so ${whole} `)).toEqual(kinds(whole));
    }
  });

  it('detect() finds no card when any one digit of a card is changed', () => {
    const card = '4111111111111111';
    fc.assert(
      fc.property(fc.nat(15), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const digit = (Number(card[at]) + by) % 10;
        expect(detect(`${card.slice(0, at)}${digit}${card.slice(at + 1)}`)).toEqual([]);
      }),
    );
  });

  it('detect() finds no IBAN when any one digit or letter is changed for another', () => {
    const iban = 'GB29NWBK60161331926819';
    fc.assert(
      fc.property(fc.nat(21), fc.integer({ min: 1, max: 25 }), (at, by) => {
        const changed = turn(iban.charCodeAt(at), by);
        fc.pre(changed !== iban.charAt(at));
        expect(detect(iban.slice(0, at) + changed + iban.slice(at + 1))).toEqual([]);
      }),
    );
  });

  it('detect() gives ranges in order, apart, and within the text, whatever the text', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        let last = 0;
        for (const { kind, start, end } of detect(text)) {
          expect(DETECTION_KINDS).toContain(kind);
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('detect() says the same twice', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        expect(detect(text)).toEqual(detect(text));
      }),
    );
  });

  it('detect() refuses a text over its limit, and takes one at it', () => {
    const limit = DETECTION_LIMITS.text_units_max;
    expect(detect('a'.repeat(limit))).toEqual([]);
    expect(() => detect('a'.repeat(limit + 1))).toThrow(expect.objectContaining({ code: 'TEXT_TOO_LARGE' }));
  });
});
