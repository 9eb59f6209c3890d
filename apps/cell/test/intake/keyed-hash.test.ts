import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOnce, openKeyedHash } from '../../src/intake/keyed-hash.ts';

function hmac(key: Uint8Array, text: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('base64url');
}

const keys = fc.uint8Array({ maxLength: 64 });
const texts = fc.string({ unit: 'binary', maxLength: 200 }).filter((text) => text.isWellFormed());

describe('keyedHash', () => {
  it('openKeyedHash() gives HMAC-SHA-256 of RFC 4231, case 1', () => {
    const digest = openKeyedHash(new Uint8Array(20).fill(0x0b))('Hi There');
    expect(digest).toBe('sDRMYdjbOFNcqK_OrwvxK4gdwgDJgz2nJuk3bC4yz_c');
  });

  it('openKeyedHash() equals the HMAC of node:crypto for every key and every text', () => {
    fc.assert(
      fc.property(keys, texts, (key, text) => {
        expect(openKeyedHash(key)(text)).toBe(hmac(key, text));
        expect(hashOnce(key, text)).toBe(hmac(key, text));
      }),
    );
  });

  it.each([0, 1, 5_439, 5_440, 5_441, 16_319, 16_320, 16_321, 60_000])(
    'openKeyedHash() equals it for %i characters of one and of three bytes',
    (length) => {
      const key = new Uint8Array(32).fill(7);
      for (const character of ['x', '\u20ac']) {
        const text = character.repeat(length);
        expect(openKeyedHash(key)(text)).toBe(hmac(key, text));
        expect(hashOnce(key, text)).toBe(hmac(key, text));
      }
    },
  );

  it('openKeyedHash() keeps keys apart that are used in turns, and never gives a digest that changes', () => {
    const one = new Uint8Array(32).fill(1);
    const two = new Uint8Array(32).fill(2);
    const [hashOne, hashTwo] = [openKeyedHash(one), openKeyedHash(two)];
    const first = hashOne('a long text before a short one');
    const second = hashTwo('b');
    const third = hashOne('c');
    expect(first).toBe(hmac(one, 'a long text before a short one'));
    expect(second).toBe(hmac(two, 'b'));
    expect(third).toBe(hmac(one, 'c'));
  });

  it('openKeyedHash() does not look at the key again after it was opened', () => {
    const key = new Uint8Array(32).fill(9);
    const hash = openKeyedHash(key);
    key.fill(0);
    expect(hash('a')).toBe(hmac(new Uint8Array(32).fill(9), 'a'));
  });

  it('openKeyedHash() refuses a key that HMAC would hash first', () => {
    expect(() => openKeyedHash(new Uint8Array(65))).toThrow(RangeError);
    expect(() => hashOnce(new Uint8Array(65), '')).toThrow(RangeError);
  });
});
