import { runInNewContext } from 'node:vm';
import { type JsonValue, parseJson, printJson, printJsonBytes, sha256 } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { codeOf, textBytes, thirdParty, toHex } from '../support.ts';

describe('printJson', () => {
  const refused: readonly (readonly [string, unknown, string])[] = [
    ['undefined', undefined, 'JSON_NOT_PLAIN'],
    ['an undefined member', { a: undefined }, 'JSON_NOT_PLAIN'],
    ['a hole in an array', [1, , 2], 'JSON_NOT_PLAIN'],
    ['a function', () => 1, 'JSON_NOT_PLAIN'],
    ['a bigint', 1n, 'JSON_NOT_PLAIN'],
    ['a symbol', Symbol('s'), 'JSON_NOT_PLAIN'],
    ['NaN', Number.NaN, 'JSON_NOT_PLAIN'],
    ['infinity', Number.POSITIVE_INFINITY, 'USE_STRING'],
    ['2^53', 2 ** 53, 'USE_STRING'],
    ['−2^53', -(2 ** 53), 'USE_STRING'],
    ['1e300', 1e300, 'USE_STRING'],
    ['a date', new Date(0), 'JSON_NOT_PLAIN'],
    ['a map', new Map(), 'JSON_NOT_PLAIN'],
    ['bytes', new Uint8Array(2), 'JSON_NOT_PLAIN'],
    ['an instance of a class', new (class Point {})(), 'JSON_NOT_PLAIN'],
    ['an object made from another', Object.create({ a: 1 }), 'JSON_NOT_PLAIN'],
    ['a lone high surrogate', '\ud800', 'TEXT_NOT_WELL_FORMED'],
    ['a lone low surrogate in a name', { 'a\udc00': 1 }, 'TEXT_NOT_WELL_FORMED'],
    ['a pair in the wrong order', '\udc00\ud800', 'TEXT_NOT_WELL_FORMED'],
    ['a function called toJSON', { toJSON: () => 'x' }, 'JSON_NOT_PLAIN'],
  ];
  for (const [reason, value, code] of refused) {
    it(`printJson() refuses with ${code} when given ${reason}`, () => {
      expect(codeOf(() => printJson(value as JsonValue))).toBe(code);
    });
  }

  it('printJson() refuses when a value contains itself', () => {
    const loop: unknown[] = [];
    loop.push(loop);
    expect(codeOf(() => printJson(loop as JsonValue))).toBe('JSON_TOO_DEEP');
  });

  it('printJson() writes exactly 64 levels when asked, and not 65', () => {
    const nested = (levels: number): JsonValue => (levels === 0 ? 0 : [nested(levels - 1)]);
    expect(printJson(nested(64))).toBe(`${'['.repeat(64)}0${']'.repeat(64)}`);
    expect(codeOf(() => printJson(nested(65)))).toBe('JSON_TOO_DEEP');
  });

  it('printJson() writes plain objects when they come from another realm or have no prototype', () => {
    expect(printJson(runInNewContext('({ b: [1, { a: null }], a: "x" })') as JsonValue)).toBe(
      '{"a":"x","b":[1,{"a":null}]}',
    );
    expect(printJson(Object.assign(Object.create(null) as object, { b: 2, a: 1 }))).toBe('{"a":1,"b":2}');
  });

  it('printJson() writes the same text when it has met more names than it remembers', () => {
    const names = Array.from({ length: 5_000 }, (_, i) => `name ${String(i).padStart(4, '0')}`);
    const many = Object.fromEntries([...names, 'x'.repeat(65)].map((name) => [name, 1]));
    const text = printJson(many);
    expect(printJson(many)).toBe(text);
    expect(text).toBe(JSON.stringify(many));
  });

  it('printJson() reads a member once when it is a getter', () => {
    let reads = 0;
    const sly = Object.defineProperty({}, 'a', { enumerable: true, get: () => (reads += 1) });
    expect(printJson(sly)).toBe('{"a":1}');
    expect(reads).toBe(1);
  });

  it('printJson() sorts by UTF-16 units when integer-like and astral names mix', () => {
    expect(printJson({ 9: 1, 10: 2, '\ufb33': 3, '\ud83d\ude00': 4, a: 5 })).toBe(
      '{"10":2,"9":1,"a":5,"\ud83d\ude00":4,"\ufb33":3}',
    );
  });
});

type Published = { name: string; input: string; output: string; outputSha256: string };

describe('vectors/third-party/jcs.json', () => {
  for (const one of thirdParty<Published>('jcs.json')) {
    // The profile of Writ refuses integers beyond 2^53, so that one number is taken out of both texts.
    const wide = one.input.includes('1E30');
    const input = one.input.replace(' 1E30,', '');
    const output = one.output.replace('1e+30,', '');
    it(`printJson() gives the published canonical text when given ${one.name}`, () => {
      const value = parseJson(textBytes(input));
      expect(printJson(value)).toBe(output);
      if (wide) expect(codeOf(() => parseJson(textBytes(one.input)))).toBe('USE_STRING');
      else expect(toHex(sha256(printJsonBytes(value)))).toBe(one.outputSha256);
    });
  }
});
