import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { type JsonObject, type JsonValue, printJson } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { DETECTION_LIMITS, detect, tokenise } from '../../src/index.ts';
import { hostileText } from '../support.ts';

type Case = {
  readonly reason: string;
  readonly args: JsonObject;
  readonly tokenised: JsonObject;
  readonly findings: readonly { readonly code: string; readonly where: string }[];
};

const CASES = (
  JSON.parse(
    readFileSync(new URL('../../../../vectors/detection/tokenised.json', import.meta.url), 'utf8'),
  ) as { readonly cases: readonly Case[] }
).cases; // our own vectors

/** Values that are always detected, each recognisable in any output. */
const VALUES = [
  'alice@example.com',
  'bob.smith@mail.example.org',
  '4111111111111111',
  '5555 5555 5555 4444',
  'DE89370400440532013000',
  '+4930123456789',
  '536-22-1234',
  ['AKIA', 'IOSFODNN7EXAMPLE'].join(''),
  ['ghp', '_', 'a1B2c3D4e5F6g7H8i9J0a1B2c3D4e5F6g7H8'].join(''),
] as const;

const ENCODINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => Buffer.from(text).toString('base64'),
  (text) => Buffer.from(text).toString('base64url'),
  (text) => Buffer.from(text).toString('hex'),
  (text) => encodeURIComponent(text),
];

function anyValue(): fc.Arbitrary<string> {
  return fc.constantFrom(...VALUES);
}

/** Arguments with values planted in strings and names, under up to three encodings, among words. */
function planted(): fc.Arbitrary<JsonObject> {
  const layers = fc.array(fc.constantFrom(...ENCODINGS), { maxLength: 3 });
  const word = fc.constantFrom('', 'to', 'see', 'x=1', 'ls -l /tmp', '{', '}', 'email', '#2');
  const text = fc.tuple(word, anyValue(), layers, word).map(([before, value, wraps, after]) => {
    const encoded = wraps.reduce((inner, wrap) => wrap(inner), `see ${value} there`);
    return `${before} ${encoded} ${after}`;
  });
  const leaf = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), word);
  const name = fc.oneof(fc.constantFrom('a', 'b', 'to', 'body', 'password'), anyValue());
  const { tree } = fc.letrec<{ tree: JsonValue }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(name, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));
  return fc.dictionary(name, tree, { maxKeys: 5, noNullPrototype: true });
}

/** The same value with all members of all objects in the opposite order. */
function turned(value: JsonValue): JsonValue {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => turned(item));
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]): [string, JsonValue] => [name, turned(member)]),
  );
}

/** As it would stand inside a printed string. */
function quoted(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

describe('tokenise', () => {
  it.each(CASES)('tokenise() does as the vector says: $reason', ({ args, tokenised, findings }) => {
    expect(tokenise(args)).toEqual({ args: tokenised, findings });
  });

  it('tokenise() leaves no detected value in clear or encoded', () => {
    fc.assert(
      fc.property(planted(), (args) => {
        const printed = printJson(tokenise(args).args);
        for (const value of VALUES) {
          for (const encode of ENCODINGS) expect(printed).not.toContain(encode(value));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('tokenise() changes nothing that it has tokenised', () => {
    fc.assert(
      fc.property(planted(), (args) => {
        const once = tokenise(args).args;
        expect(tokenise(once)).toEqual({ args: once, findings: [] });
      }),
      { numRuns: 1_000 },
    );
  });

  /** Arguments of near misses and joints between detected values, in clear or encoded. */
  const hostile = fc
    .array(fc.tuple(hostileText(), fc.constantFrom(...ENCODINGS)), { minLength: 4, maxLength: 4 })
    .map((texts) => texts.map(([text, encode]) => encode(text.toWellFormed())))
    .map(([a = '', name = '', b = '', password = '']): JsonObject => ({ a, b: { [name]: b }, password }));

  it('tokenise() leaves nothing that detect() finds, and nothing to find, in hostile arguments', () => {
    fc.assert(
      fc.property(hostile, (args) => {
        const once = tokenise(args).args;
        const printed = printJson(once);
        for (const text of [args['a'], args['password'], Object.keys(args['b'] ?? {})[0]]) {
          if (typeof text !== 'string') continue;
          for (const { start, end } of detect(text)) {
            const value = text.slice(start, end);
            if (value.length >= DETECTION_LIMITS.echo_units_min) expect(printed).not.toContain(quoted(value));
          }
        }
        expect(tokenise(once)).toEqual({ args: once, findings: [] });
      }),
      { numRuns: 2_000 },
    );
  });

  it('tokenise() gives the same bytes for the same arguments in any order of members', () => {
    fc.assert(
      fc.property(planted(), (args) => {
        const other = tokenise(turned(args) as JsonObject); // an object turned is an object
        expect(printJson(other.args)).toBe(printJson(tokenise(args).args));
        expect(other.findings).toEqual(tokenise(args).findings);
      }),
    );
  });

  it('tokenise() reports a finding exactly when it changed something', () => {
    fc.assert(
      fc.property(planted(), (args) => {
        const { args: tokenised, findings } = tokenise(args);
        expect(findings.length === 0).toBe(printJson(tokenised) === printJson(args));
      }),
    );
  });

  it('tokenise() holds no detected value in where', () => {
    fc.assert(
      fc.property(planted(), (args) => {
        const printed = JSON.stringify(tokenise(args).findings);
        for (const value of VALUES) expect(printed).not.toContain(value);
      }),
    );
  });

  it('tokenise() keeps "__proto__" a member like any other', () => {
    const args = JSON.parse('{"__proto__":{"to":"alice@example.com"}}') as JsonObject; // plain JSON
    expect(printJson(tokenise(args).args)).toBe('{"__proto__":{"to":"email#1"}}');
  });

  it('tokenise() cuts the list of findings but never a code', () => {
    const many = Array.from({ length: 100 }, (_, at) => `user${at}@example.com`);
    const { findings } = tokenise({ many, z: 'password=hunter2x' });
    expect(findings).toHaveLength(DETECTION_LIMITS.findings_max + 1);
    expect(findings.at(-1)).toEqual({ code: 'secret_in_arguments', where: '/z' });
  });

  const nest = (depth: number): JsonObject => (depth === 0 ? {} : { a: nest(depth - 1) });
  const over: readonly (readonly [string, JsonObject])[] = [
    ['TEXT_TOO_LARGE', { a: 'x'.repeat(65_537) }],
    ['ACTION_TOO_LARGE', { a: Array.from({ length: 5 }, () => 'x'.repeat(60_000)) }],
    ['ACTION_TOO_DEEP', nest(64)],
    ['ACTION_TOO_MANY_VALUES', { a: Array.from({ length: 20_001 }, () => 0) }],
    ['ACTION_TOO_MANY_DETECTIONS', { a: Array.from({ length: 1_025 }, (_, at) => `user${at}@example.com`) }],
  ];
  it.each(over)('tokenise() refuses with %s', (code, args) => {
    expect(() => tokenise(args)).toThrow(expect.objectContaining({ code }));
  });

  it('tokenise() takes arguments at each limit', () => {
    expect(tokenise({ a: 'x'.repeat(65_536) }).findings).toEqual([]);
    expect(tokenise(nest(63)).findings).toEqual([]);
    expect(tokenise({ a: Array.from({ length: 19_998 }, () => 0) }).findings).toEqual([]);
    const { args } = tokenise({ a: Array.from({ length: 1_024 }, (_, at) => `user${at}@example.com`) });
    expect(printJson(args)).not.toContain('user');
  });
});
