import {
  concatBytes,
  decodeBase64,
  decodeBase64url,
  decodeHex,
  decodeUtf8,
  encodeBase64,
  encodeBase64url,
  encodeHex,
  encodeUtf8,
  equalBytes,
} from '@writ/proof';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf, hexBytes } from '../support.ts';

describe('base64 and hex', () => {
  it('the decoders give back every bytes when the encoders have written them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(encodeBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
        expect(encodeHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
        expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
        expect(decodeBase64url(encodeBase64url(bytes))).toEqual(bytes);
        expect(decodeHex(encodeHex(bytes))).toEqual(bytes);
      }),
    );
  });

  it('the decoders accept one spelling only when the text is arbitrary', () => {
    const letters = (text: string) =>
      fc.array(fc.constantFrom(...text.split('')), { maxLength: 9 }).map((l) => l.join(''));
    fc.assert(
      fc.property(letters('ABQgwZz019+/=-_'), (text) => {
        if (codeOf(() => decodeBase64(text)) === 'NONE') expect(encodeBase64(decodeBase64(text))).toBe(text);
        if (codeOf(() => decodeBase64url(text)) === 'NONE')
          expect(encodeBase64url(decodeBase64url(text))).toBe(text);
      }),
      { numRuns: 3_000 },
    );
  });

  const refused: readonly (readonly [string, string])[] = [
    ['padding is missing', 'AA'],
    ['padding is short', 'AA='],
    ['padding is long', 'AAA=='],
    ['padding stands alone', '===='],
    ['padding stands inside', 'AA==AAAA'],
    ['one letter makes no byte', 'A==='],
    ['there are free bits', 'AB=='],
    ['there are free bits in a group of two', 'AAB='],
    ['there is a newline', 'AAAA\n'],
    ['there is a space', 'AA A'],
    ['letters are those of URLs', 'A-_A'],
    ['a letter is not ASCII', 'AAA\u0410'],
  ];
  for (const [reason, text] of refused) {
    it(`decodeBase64() refuses when ${reason}`, () => {
      expect(codeOf(() => decodeBase64(text))).toBe('BASE64_INVALID');
    });
  }

  it('decodeBase64url() and decodeHex() refuse when there is a second spelling', () => {
    for (const text of ['AA==', 'A', 'AB', 'AAB', 'A+/A', 'AA\n', ' AA']) {
      expect(codeOf(() => decodeBase64url(text))).toBe('BASE64URL_INVALID');
    }
    for (const text of ['0', 'AB', '0g', '0x00', ' 0', '\u0660\u0660']) {
      expect(codeOf(() => decodeHex(text))).toBe('HEX_INVALID');
    }
  });
});

describe('UTF-8', () => {
  it('decodeUtf8() gives back every text when encodeUtf8() has written it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(encodeUtf8(text)).toEqual(Uint8Array.from(Buffer.from(text, 'utf8')));
        expect(decodeUtf8(encodeUtf8(text))).toBe(text);
      }),
    );
  });

  it('decodeUtf8() agrees with the platform when the bytes are arbitrary', () => {
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const byte = fc.oneof(
      fc.nat({ max: 255 }),
      fc.constantFrom(0xc0, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0x80, 0x9f, 0xa0, 0xbf),
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 8 }), (list) => {
        const bytes = Uint8Array.from(list);
        let expected = 'TEXT_NOT_UTF8';
        try {
          expected = strict.decode(bytes);
        } catch {}
        expect(codeOf(() => decodeUtf8(bytes)) === 'NONE' ? decodeUtf8(bytes) : 'TEXT_NOT_UTF8').toBe(
          expected,
        );
      }),
      { numRuns: 5_000 },
    );
  });

  it('decodeUtf8() keeps a byte order mark when there is one', () => {
    expect(decodeUtf8(hexBytes('efbbbf61'))).toBe('\ufeffa');
  });

  it('encodeUtf8() refuses when a surrogate is alone', () => {
    for (const text of ['\ud800', 'a\udc00', '\udc00\ud800', '\ud83d']) {
      expect(codeOf(() => encodeUtf8(text))).toBe('TEXT_NOT_WELL_FORMED');
    }
  });

  it('encodeUtf8() gives a buffer of its own when asked twice', () => {
    const one = encodeUtf8('abc');
    expect(one.buffer.byteLength).toBe(3);
    expect(encodeUtf8('abc').buffer).not.toBe(one.buffer);
  });

  it('decodeUtf8() reads long texts when characters lie across its pieces', () => {
    const text = `${'a'.repeat(8_191)}\u{1f600}${'\u20ac'.repeat(20_000)}`;
    expect(decodeUtf8(encodeUtf8(text))).toBe(text);
  });
});

describe('bytes', () => {
  it('concatBytes() and equalBytes() agree with the platform when bytes are arbitrary', () => {
    const bytes = fc.uint8Array({ maxLength: 6 });
    fc.assert(
      fc.property(bytes, bytes, (one, two) => {
        expect(concatBytes(one, two)).toEqual(Uint8Array.from(Buffer.concat([one, two])));
        expect(equalBytes(one, two)).toBe(Buffer.compare(one, two) === 0);
        expect(equalBytes(one, Uint8Array.from(one))).toBe(true);
      }),
    );
    expect(concatBytes()).toEqual(new Uint8Array(0));
    expect(equalBytes(Uint8Array.of(0), Uint8Array.of(0, 0))).toBe(false);
  });
});
