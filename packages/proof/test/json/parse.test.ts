import { isDeepStrictEqual } from 'node:util';
import { encodeUtf8, isCanonical, type JsonValue, parseJson, printJson, printJsonBytes } from '@writ/proof';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf, hexBytes, vectors } from '../support.ts';

const parseText = (text: string) => parseJson(encodeUtf8(text));

/** Any value that Writ's JSON can hold, "__proto__" and integer-like names included. */
const name = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    '10',
    '9',
    '1e3',
    '',
    '\u20ac',
    '\ud83d\ude00',
    '\ufb33',
  ),
);
const number = fc.oneof(
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => Number.isSafeInteger(n) || n % 1 !== 0),
);
const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    number.map((n) => (n === 0 ? 0 : n)),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.array(tie('value'), { maxLength: 5 }),
    fc
      .array(fc.tuple(name, tie('value')), { maxLength: 6 })
      .map((members) => Object.fromEntries(members) as JsonValue),
  ),
}));

type Text = { text?: string; hex?: string; repeat?: [string, number, string] };

describe('vectors/json', () => {
  for (const one of vectors<Text & { canonical: string }>('json/valid.json')) {
    it(`printJson(parseJson()) gives the canonical text when ${one.reason}`, () => {
      const canonical = encodeUtf8(one.canonical);
      expect(printJsonBytes(parseJson(bytesOf(one)))).toEqual(canonical);
      expect(isCanonical(canonical)).toBe(true);
      expect(isCanonical(bytesOf(one))).toBe(one.text === one.canonical);
    });
  }
  for (const one of vectors<Text & { code: string }>('json/invalid.json')) {
    it(`parseJson() refuses with ${one.code} when ${one.reason}`, () => {
      expect(codeOf(() => parseJson(bytesOf(one)))).toBe(one.code);
      expect(isCanonical(bytesOf(one))).toBe(false);
    });
  }
});

function bytesOf(one: Text): Uint8Array {
  if (one.repeat !== undefined) return encodeUtf8(one.repeat[0].repeat(one.repeat[1]) + one.repeat[2]);
  if (one.hex !== undefined) return hexBytes(one.hex);
  return encodeUtf8(one.text ?? '');
}

describe('parseJson and printJson', () => {
  it('parseJson() gives back every value when printJson() has written it', () => {
    fc.assert(
      fc.property(value, (v) => {
        expect(isDeepStrictEqual(parseJson(printJsonBytes(v)), v)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('printJson() gives back every canonical text when parseJson() has read it', () => {
    fc.assert(
      fc.property(value, (v) => {
        const text = printJson(v);
        expect(printJson(parseText(text))).toBe(text);
        expect(isCanonical(encodeUtf8(text))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('printJson() is blind to the order of members when they are shuffled', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 8 }), (members) => {
        const unique = [...new Map(members)];
        const forward = Object.fromEntries(unique) as JsonValue;
        const backward = Object.fromEntries(unique.toReversed()) as JsonValue;
        expect(printJson(backward)).toBe(printJson(forward));
      }),
    );
  });

  it('parseJson() agrees with JSON.parse when the text has pretty printing', () => {
    fc.assert(
      fc.property(value, fc.constantFrom(0, 1, '\t', '\r\n'), (v, space) => {
        expect(
          isDeepStrictEqual(parseText(JSON.stringify(v, null, space)), JSON.parse(JSON.stringify(v))),
        ).toBe(true);
      }),
    );
  });

  it('parseJson() refuses every text when one member of it is doubled', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 6 }),
        fc.nat(),
        (members, pick) => {
          const unique = [...new Map(members)];
          const again = unique[pick % unique.length] ?? ['', null];
          const inner = [...unique, again].map(([k, v]) => `${JSON.stringify(k)}:${printJson(v)}`).join(',');
          expect(codeOf(() => parseText(`{"around":[{${inner}}]}`))).toBe('JSON_DUPLICATE_MEMBER');
        },
      ),
    );
  });

  it('parseJson() throws only Failures when the bytes are arbitrary', () => {
    const noise = fc.array(fc.constantFrom(...'{}[]",:\\u0dtf1-.eE \u00e9'.split('')), { maxLength: 30 });
    fc.assert(
      fc.property(noise, (parts) => {
        expect(codeOf(() => parseText(parts.join('')))).not.toBe('THROWN');
      }),
      {
        numRuns: 2_000,
      },
    );
    fc.assert(
      fc.property(fc.uint8Array(), (b) => {
        expect(codeOf(() => parseJson(b))).not.toBe('THROWN');
      }),
    );
  });

  it('parseJson() sets no prototype when a member is called __proto__', () => {
    const parsed = parseText('{"__proto__":{"polluted":true},"z":-0,"y":[-0]}') as Record<string, unknown>;
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect(parsed['polluted']).toBeUndefined();
    expect(Object.is(parsed['z'], 0)).toBe(true);
    expect(Object.is((parsed['y'] as number[])[0], 0)).toBe(true);
    expect(Object.is(parseText('-0'), 0)).toBe(true);
    const zero = parseText('{"__proto__":-0}') as object;
    expect(Object.getPrototypeOf(zero)).toBe(Object.prototype);
    expect(Object.getOwnPropertyDescriptor(zero, '__proto__')?.value).toBe(0);
    expect(printJson(parseText('{"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1}}');
  });

  it('parseJson() refuses by the caller’s limits when they are tighter', () => {
    const limits = { bytes: 20, depth: 2, values: 4 };
    expect(codeOf(() => parseJson(encodeUtf8(`"${'x'.repeat(19)}"`), limits))).toBe('JSON_TOO_LARGE');
    expect(parseJson(encodeUtf8(`"${'x'.repeat(18)}"`), limits)).toBe('x'.repeat(18));
    expect(codeOf(() => parseJson(encodeUtf8('[[[]]]'), limits))).toBe('JSON_TOO_DEEP');
    expect(codeOf(() => parseJson(encodeUtf8('[1,2,3]'), limits))).toBe('NONE');
    expect(codeOf(() => parseJson(encodeUtf8('[1,2,3,4]'), limits))).toBe('JSON_TOO_MANY_VALUES');
    expect(codeOf(() => parseJson(encodeUtf8('{"[[[":","}'), limits))).toBe('NONE');
  });
});
