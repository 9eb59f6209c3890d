import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import {
  checkAction,
  checkAnswer,
  checkCommand,
  checkJudged,
  checkPrincipalDefinition,
  checkScene,
  checkToolDefinition,
  SCHEMAS,
} from '../../src/schemas/check.ts';
import { ANSWERS, COMMANDS, DEFINITION, DIGEST, JUDGED } from './samples.ts';

type Case = { readonly reason: string; readonly of: string; readonly value: unknown; readonly where: string };
type File = { readonly cases: readonly Case[] };

const CHECKS: Readonly<Record<string, (value: unknown) => { readonly kind: string }>> = {
  command: checkCommand,
  answer: checkAnswer,
  action: checkAction,
  scene: checkScene,
  judged: checkJudged,
  principal: checkPrincipalDefinition,
  tool: checkToolDefinition,
};

function read(name: string): readonly Case[] {
  const text = readFileSync(new URL(`../../../../vectors/contract/${name}.json`, import.meta.url), 'utf8');
  const file = JSON.parse(text) as File; // our own vectors; a wrong shape fails the tests
  return file.cases;
}

describe('the vectors', () => {
  it.each(read('valid'))('check() takes $of: $reason', ({ of, value }) => {
    expect(CHECKS[of]?.(value)).toMatchObject({ kind: 'valid', value });
  });

  it.each(read('invalid'))('check() refuses $of: $reason', ({ of, value, where }) => {
    expect(CHECKS[of]?.(value)).toMatchObject({ kind: 'invalid', refusal: { where } });
  });
});

describe('checkCommand', () => {
  const commands = Object.entries(COMMANDS);

  it.each(commands)('checkCommand() takes a %s', (_, command) => {
    expect(checkCommand(command)).toEqual({ kind: 'valid', value: command });
  });

  it.each(commands)('checkCommand() refuses a %s without any one of its members', (_, command) => {
    for (const name of Object.keys(command)) {
      const { [name as 'kind']: _gone, ...rest } = command; // any member, by name
      expect([name, checkCommand(rest).kind]).toEqual([name, 'invalid']);
    }
  });

  it.each(commands)(
    'checkCommand() refuses a %s with a member of nobody, and does not repeat it',
    (_, command) => {
      const checked = checkCommand({ ...command, 'alice@example.com': 1 });
      expect(checked).toEqual({ kind: 'invalid', refusal: { code: 'INVALID_COMMAND', where: '' } });
    },
  );

  it.each(commands)('checkCommand() refuses a %s with a member of another type', (_, command) => {
    for (const name of Object.keys(command)) {
      expect([name, checkCommand({ ...command, [name]: { $: 1 } }).kind]).toEqual([name, 'invalid']);
      expect([name, checkCommand({ ...command, [name]: -1 }).kind]).toEqual([name, 'invalid']);
    }
  });

  it.each(['__proto__', 'constructor', 'toString', '', 'PROPOSE', 'propose '])(
    'checkCommand() refuses the kind %j',
    (kind) => {
      const value: unknown = JSON.parse(JSON.stringify({ ...COMMANDS.propose, kind }));
      expect(checkCommand(value)).toEqual({
        kind: 'invalid',
        refusal: { code: 'INVALID_COMMAND', where: '/kind' },
      });
    },
  );

  it('checkCommand() never throws and never takes what is no command when given any value', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(checkCommand(value).kind).toBe('invalid');
      }),
    );
  });

  it('checkCommand() says the same as the library when members are exchanged', () => {
    const compiled = Compile(SCHEMAS.Command);
    const values = commands.flatMap(([, command]) => Object.values(command) as unknown[]);
    const kinds = fc.constantFrom(...commands.map(([, command]) => command));
    fc.assert(
      fc.property(kinds, fc.nat(), fc.constantFrom(...values), (command, at, value) => {
        const names = Object.keys(command);
        const changed = { ...command, [names[at % names.length] ?? 'kind']: value };
        expect(checkCommand(changed).kind === 'valid').toBe(compiled.Check(changed));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the other checks', () => {
  it.each(Object.entries(ANSWERS))('checkAnswer() takes %s', (_, answer) => {
    expect(checkAnswer(answer)).toEqual({ kind: 'valid', value: answer });
  });

  it('checkJudged() and checkPrincipalDefinition() take the samples', () => {
    expect(checkJudged(JUDGED).kind).toBe('valid');
    expect(checkPrincipalDefinition(DEFINITION).kind).toBe('valid');
  });

  it('checkAction() bounds the depth and the number of the values in arguments', () => {
    const action = (args: unknown) => checkAction({ tool: 't', args, why: '', claims: [], evidence: [] });
    const nest = (depth: number): unknown => (depth === 0 ? 1 : { a: nest(depth - 1) });
    expect(action(nest(64)).kind).toBe('valid');
    expect(action(nest(65)).kind).toBe('invalid');
    expect(action({ list: Array.from({ length: 19_998 }, () => 0) }).kind).toBe('valid');
    expect(action({ list: Array.from({ length: 19_999 }, () => 0) }).kind).toBe('invalid');
    expect(action({ big: 2 ** 53 }).kind).toBe('invalid');
    expect(action({ text: '\ud800' }).kind).toBe('invalid');
    expect(action({ date: new Map() }).kind).toBe('valid'); // an object without members of its own
    expect(action({ call: () => 1 }).kind).toBe('invalid');
  });

  it('SCHEMAS bounds every string, list and integer, and closes every object', () => {
    expect(unbounded(SCHEMAS, '')).toEqual([]);
  });
});

/** Paths of schemas that set no bound. A constant is its own; free JSON has a refinement beside its count. */
function unbounded(schema: unknown, path: string): readonly string[] {
  if (typeof schema !== 'object' || schema === null || 'const' in schema) return [];
  const { type, ...rest } = schema as { readonly [keyword: string]: unknown };
  const inside = Object.entries(rest).flatMap(([name, part]) => unbounded(part, `${path}/${name}`));
  const bounds: Readonly<Record<string, readonly string[]>> = {
    string: ['maxLength'],
    array: ['maxItems'],
    integer: ['minimum', 'maximum'],
    object: [/\/(args|parameters|arguments)$/.test(path) ? 'maxProperties' : 'additionalProperties'],
  };
  const missing = (bounds[String(type)] ?? []).filter((keyword) => !(keyword in rest));
  return [...inside, ...missing.map((keyword) => `${path}: ${keyword}`)];
}

describe('a digest of the samples', () => {
  it('checkCommand() refuses a digest whose last character has spare bits', () => {
    const changed = { ...COMMANDS.quarantine, command: `${DIGEST.slice(0, 42)}B` };
    expect(checkCommand(changed)).toMatchObject({ kind: 'invalid', refusal: { where: '/command' } });
  });
});
