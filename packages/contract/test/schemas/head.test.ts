import { readFileSync } from 'node:fs';
import { encodeUtf8, Failure, parseHead, RECORD_KINDS } from '@writ/proof';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/schemas/compile.ts';
import { HEAD_SCHEMAS } from '../../src/schemas/head.ts';

type Case = { readonly reason: string; readonly text?: string };

const FILE = new URL('../../../../vectors/record/heads.json', import.meta.url);
// Our own vectors.
const { cases } = JSON.parse(readFileSync(FILE, 'utf8')) as { readonly cases: readonly Case[] };

type Kind = keyof typeof HEAD_SCHEMAS;

function isKind(kind: unknown): kind is Kind {
  return typeof kind === 'string' && Object.hasOwn(HEAD_SCHEMAS, kind);
}

function parses(text: string): boolean {
  try {
    parseHead(encodeUtf8(text));
    return true;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

describe('HEAD_SCHEMAS', () => {
  it('HEAD_SCHEMAS has a schema for every kind of record and for nothing else', () => {
    expect(Object.keys(HEAD_SCHEMAS).sort()).toEqual([...RECORD_KINDS].sort());
  });

  it('HEAD_SCHEMAS takes every head that proof reads, and changes in any member are seen by both', () => {
    let read = 0;
    for (const { text } of cases) {
      if (text === undefined || !parses(text)) continue;
      const head = JSON.parse(text) as { readonly [member: string]: unknown }; // proof has just read it
      if (!isKind(head['kind'])) throw new Error('a kind without a schema');
      const find = compile(HEAD_SCHEMAS[head['kind']]);
      expect(find(head)).toBeNull();
      for (const name of Object.keys(head)) {
        const changed = { ...head, [name]: 'x y' };
        expect([name, find(changed)]).toEqual([name, `/${name}`]);
        expect([name, parses(JSON.stringify(changed))]).toEqual([name, false]);
      }
      read += 1;
    }
    expect(read).toBeGreaterThan(5);
  });
});

describe('compile', () => {
  it('compile() says the same as the library about every head schema', () => {
    for (const schema of Object.values(HEAD_SCHEMAS)) {
      const library = Compile(schema);
      const find = compile(schema);
      for (const { text } of cases) {
        if (text === undefined) continue;
        let value: unknown;
        try {
          value = JSON.parse(text);
        } catch {
          continue; // no JSON, so no value to ask about
        }
        expect(find(value) === null).toBe(library.Check(value));
      }
    }
  });

  it('compile() counts characters beyond U+FFFF once', () => {
    const find = compile({ type: 'string', maxLength: 2 });
    expect(find('😀😀')).toBeNull();
    expect(find('😀😀a')).toBe('');
    expect(find('abc')).toBe('');
  });

  it.each([
    [{ type: 'string', format: 'email' }],
    [{ type: 'number' }],
    [{ type: 'object', properties: {} }],
    [{ type: 'string', pattern: '^x$' }],
    [{ $ref: 'x' }],
    [{ type: 'array' }],
  ])('compile() refuses a schema that it would not check whole: %j', (schema) => {
    expect(() => compile(schema)).toThrow(TypeError);
  });
});
