import type { JsonObject, ToolDefinition } from '@writ/contract';
import { describe, expect, it } from 'vitest';
import { openTool } from '../../src/intake/known-tool.ts';

function toolOf(parameters: object): ReturnType<typeof openTool> {
  const definition = { v: 1, name: 'a.tool', description: '', parameters, effects: [] };
  return openTool(definition as unknown as ToolDefinition); // a schema as a foreign server might send it
}

const propertiesOf = (one: object) => ({ type: 'object', properties: { one } });

describe('closeParameters()', () => {
  const nested = { type: 'object', properties: { a: { type: 'string' } } };

  it.each<{ reason: string; schema: object; args: JsonObject }>([
    { reason: 'in an object', schema: propertiesOf(nested), args: { one: { a: '', b: '' } } },
    {
      reason: 'in an object of a list',
      schema: propertiesOf({ type: 'array', items: nested }),
      args: { one: [{ b: '' }] },
    },
    {
      reason: 'in one of several forms',
      schema: propertiesOf({ anyOf: [{ type: 'string' }, nested] }),
      args: { one: { b: '' } },
    },
    {
      reason: 'in an object whose type is not said',
      schema: propertiesOf({ properties: { a: {} } }),
      args: { one: { b: '' } },
    },
    {
      reason: 'in what further members may be',
      schema: { additionalProperties: nested },
      args: { any: { b: '' } },
    },
  ])('closeParameters() refuses an argument that nobody declared $reason', ({ schema, args }) => {
    expect(toolOf(schema).check(args)).toBe('undeclared');
  });

  it('closeParameters() leaves open what its author left open', () => {
    const open = toolOf(propertiesOf({ ...nested, additionalProperties: true }));
    expect(open.check({ one: { a: '', b: '' } })).toBe('valid');
    expect(open.check({ one: {}, two: {} })).toBe('undeclared');
  });

  it.each([
    { reason: 'a keyword that is spelled wrong', schema: propertiesOf({ enmu: ['a'] }) },
    { reason: 'a type that does not exist', schema: propertiesOf({ type: 'uuid' }) },
    {
      reason: 'a type that does not exist, among others',
      schema: propertiesOf({ type: ['string', 'date'] }),
    },
    {
      reason: 'a format, which validators understand each in their own way',
      schema: propertiesOf({ format: 'uri' }),
    },
    { reason: 'a foreign regular expression', schema: propertiesOf({ type: 'string', pattern: '^(a+)+$' }) },
    { reason: 'a foreign regular expression for names', schema: { patternProperties: { '^(a+)+$': {} } } },
    { reason: 'a reference that goes round in circles', schema: propertiesOf({ $ref: '#' }) },
    { reason: 'a reference to another host', schema: propertiesOf({ $ref: 'https://example.org/schema' }) },
    { reason: 'a required member that every object inherits', schema: { required: ['toString'] } },
    { reason: 'a declared member that every object inherits', schema: { properties: { constructor: {} } } },
    { reason: 'a declared prototype', schema: JSON.parse('{"properties":{"__proto__":{}}}') },
    { reason: 'a list of required members that is none', schema: { required: 'a' } },
    { reason: 'a schema that is no object', schema: propertiesOf([]) },
    { reason: 'forms that are no list', schema: propertiesOf({ anyOf: {} }) },
    {
      reason: 'lists in lists without end',
      schema: Array.from({ length: 40 }).reduce<object>((items) => ({ type: 'array', items }), {}),
    },
  ])('closeParameters() refuses a definition that could not be checked: $reason', ({ schema }) => {
    expect(() => toolOf(schema)).toThrow(expect.objectContaining({ code: 'SCHEMA_UNSUPPORTED' }));
  });
});
