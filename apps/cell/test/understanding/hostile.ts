import { ARGUMENT_KINDS, EFFECTS, type JsonObject, type ToolDefinition } from '@writ/contract';
import type { JsonValue } from '@writ/proof';
import fc from 'fast-check';
import { type KnownTool, openTool } from '../../src/intake/known-tool.ts';

/** One tool of each kind of argument, and those that say what they are by the names of their parameters. */
export const TOOLS: readonly KnownTool[] = [
  ...ARGUMENT_KINDS.map((kind) => toolOf(`a.${kind}`, { it: kind, 'list/*': kind })),
  toolOf('exec.run', {}),
];

function toolOf(name: string, kinds: NonNullable<ToolDefinition['arguments']>): KnownTool {
  const parameters = {
    properties: { it: {}, list: {}, executable: {}, args: {}, path: {}, url: {} },
    additionalProperties: true,
  };
  return openTool({ v: 1, name, description: '', parameters, arguments: kinds, effects: [...EFFECTS] });
}

/**
 * What parsers break on: openings without ends, tails that a pattern tries again and again, odd characters.
 */
const SEEDS: readonly string[] = [
  ['(', '[', '{', '"', "'", '`', '$(', '${', '<<', '<<E\n', '((', '[[', 'case x in ', 'if ', 'for i in '],
  ['\\', '\\\n', '|', '&&', ';', '&', '>', '>|', '$', '$IFS', '~', '*', '?', '[!', '{a,b}', '{1..99}', '!'],
  [
    'a@',
    '@a.b',
    '4111 1111 1111 111',
    'DE89 3704 0044 ',
    '+49 30 ',
    'eyJ',
    'eyJhbGciOiJub25lIn0.',
    'Bearer ',
  ],
  ['password=', 'AKIA', '-----BEGIN PRIVATE KEY-----', '%25', '%2e%2e%2f', '../', '//', '/*!', '*/', '--'],
  ['http://', 'http://0x7f.1/', 'https://user:pass@', 'http://[::1', '\u0000', '\u202e', '\u200b', '\ufeff'],
  [
    'é',
    '\u0301',
    'ﬀ',
    '０',
    '𝒜',
    '\n',
    '\r\n',
    '\t',
    ' ',
    '#1',
    'email#1',
    'secret#1',
    '=',
    ':',
    '.',
    '-',
    '_',
  ],
  ['SELECT ', "' OR '1'='1", '; DROP TABLE x', '$$', 'eval(', 'import os', '__import__(', 'new Function('],
  [
    'rm',
    '-rf',
    '/',
    'sudo',
    'env',
    '-S',
    'xargs',
    'sh -c ',
    'find . -exec ',
    'git -c alias.x=!',
    'dd',
    'of=',
  ],
].flat();

/** Some repeated so often that whatever is not linear in them is noticed, within all limits or beyond one. */
const text: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...SEEDS), { maxLength: 60 }).map((all) => all.join('')),
  fc
    .tuple(fc.constantFrom(...SEEDS), fc.constantFrom(...SEEDS), fc.integer({ min: 1, max: 6_000 }))
    .map(([one, other, times]) => `${one}${other}`.repeat(times)),
  fc
    .tuple(fc.constantFrom(...SEEDS), fc.constantFrom(50, 64, 65, 1_000))
    .map(([one, times]) => `${one.repeat(times)}${Array.from(one).reverse().join('').repeat(times)}`),
  fc.string({ unit: 'binary', maxLength: 200 }).map((one) => one.toWellFormed()),
  fc.base64String({ maxLength: 400 }),
);

const names = fc.oneof(
  fc.constantFrom(
    'it',
    'list',
    'path',
    'url',
    'executable',
    'args',
    '__proto__',
    'constructor',
    'toString',
    '',
  ),
  text.map((one) => one.slice(0, 80).toWellFormed()),
);

const value: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    text,
    fc.oneof(fc.maxSafeInteger(), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 6 }),
    fc.array(fc.tuple(names, tie('value')), { maxLength: 4 }).map(objectOf),
  ),
})).value;

const deep: fc.Arbitrary<JsonValue> = fc.tuple(fc.integer({ min: 1, max: 61 }), text).map(([depth, leaf]) => {
  let inner: JsonValue = leaf;
  for (let at = 0; at < depth; at += 1) inner = at % 2 === 0 ? [inner] : { it: inner };
  return inner;
});

function objectOf(members: readonly (readonly [string, JsonValue])[]): JsonObject {
  return Object.fromEntries(members);
}

const args: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record({ it: fc.oneof(text, value, deep) }),
  fc.record({ executable: text, args: fc.array(text, { maxLength: 20 }) }),
  fc.record({ list: fc.array(text, { maxLength: 40 }), path: text, url: text }),
  fc.array(fc.tuple(names, value), { maxLength: 6 }).map(objectOf),
  fc
    .integer({ min: 1, max: 25_000 })
    .map((many) => ({ list: Array.from({ length: many }, (_, at) => `w${at}`) })),
);

export type HostileCase = { readonly args: JsonObject; readonly tool: KnownTool };

/** The same ones each time. */
export function hostileCases(count: number): readonly HostileCase[] {
  const one = fc.record({ args, tool: fc.constantFrom(...TOOLS) });
  return fc.sample(one, { numRuns: count, seed: 20_261_120 });
}
