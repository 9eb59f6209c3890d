import { Buffer } from 'node:buffer';
import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { cutToTag, hkdfSha256, hmacSha256, sha256, sha256Base64url, sha256Into } from '@writ/proof';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf, hexBytes, textBytes, toHex } from '../support.ts';

describe('digests', () => {
  it('sha256() agrees with the platform when bytes and texts are arbitrary', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'binary' }), (bytes, text) => {
        expect(toHex(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
        expect(sha256Base64url(bytes)).toBe(createHash('sha256').update(bytes).digest('base64url'));
        expect(sha256Base64url(text)).toBe(createHash('sha256').update(text, 'utf8').digest('base64url'));
      }),
    );
  });

  it('cutToTag() spells the first 16 bytes of a digest when it is arbitrary', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const spelled = Buffer.from(bytes).toString('base64url');
        expect(cutToTag(spelled)).toBe(Buffer.from(bytes.subarray(0, 16)).toString('base64url'));
      }),
    );
  });

  it('sha256Into() writes 32 bytes at the offset when there is room, and refuses when not', () => {
    const target = new Uint8Array(40).fill(1);
    sha256Into(textBytes('abc'), target, 4);
    expect(toHex(target)).toBe(`01010101${createHash('sha256').update('abc').digest('hex')}01010101`);
    for (const offset of [-1, 9, 100])
      expect(() => sha256Into(textBytes('abc'), target, offset)).toThrow(RangeError);
  });

  it('sha256Base64url() refuses when the text is not well-formed', () => {
    expect(codeOf(() => sha256Base64url('\ud800'))).toBe('TEXT_NOT_WELL_FORMED');
  });

  it('hmacSha256() gives the codes of RFC 4231 when given its keys', () => {
    expect(toHex(hmacSha256(hexBytes('0b'.repeat(20)), textBytes('Hi There')))).toBe(
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    );
    expect(toHex(hmacSha256(textBytes('Jefe'), textBytes('what do ya want for nothing?')))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });

  it('hmacSha256() agrees with the platform when keys are short, a block and longer', () => {
    const length = fc.oneof(fc.constantFrom(63, 64, 65), fc.nat({ max: 140 }));
    const anyKey = length.chain((count) => fc.uint8Array({ minLength: count, maxLength: count }));
    fc.assert(
      fc.property(anyKey, fc.uint8Array({ maxLength: 200 }), (key, bytes) => {
        expect(toHex(hmacSha256(key, bytes))).toBe(createHmac('sha256', key).update(bytes).digest('hex'));
      }),
      { numRuns: 300 },
    );
  });

  it('hkdfSha256() gives the key of RFC 5869 appendix A.1 when given its input', () => {
    const info = hexBytes('f0f1f2f3f4f5f6f7f8f9');
    expect(
      toHex(hkdfSha256(hexBytes('0b'.repeat(22)), hexBytes('000102030405060708090a0b0c'), info, 42)),
    ).toBe('3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865');
  });

  it('hkdfSha256() agrees with the platform when lengths are arbitrary', () => {
    const bytes = fc.uint8Array({ maxLength: 100 });
    fc.assert(
      fc.property(bytes, bytes, bytes, fc.integer({ min: 1, max: 300 }), (key, salt, info, length) => {
        expect(hkdfSha256(key, salt, info, length)).toEqual(
          new Uint8Array(hkdfSync('sha256', key, salt, info, length)),
        );
      }),
    );
    const none = new Uint8Array(0);
    for (const length of [0, -1, 1.5, 8_161, Number.NaN]) {
      expect(codeOf(() => hkdfSha256(none, none, none, length))).toBe('HKDF_LENGTH');
    }
    expect(hkdfSha256(none, none, none, 8_160).length).toBe(8_160);
  });
});
