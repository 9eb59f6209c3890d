import type { JsonObject, ToolDefinition } from '@writ/contract';
import { sha256Base64url } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { openTool, TOOL_DEFINITION_BYTES_MAX, toolDefinitionText } from '../../src/intake/known-tool.ts';

const PARAMETERS: JsonObject = {
  type: 'object',
  properties: { path: { type: 'string', maxLength: 10 }, line: { type: 'integer', minimum: 1 } },
  required: ['path'],
};

function definitionOf(parameters: JsonObject, description: string = 'reads a file'): ToolDefinition {
  return { v: 1, name: 'files.read', description, parameters, effects: ['READ_REPO'] };
}

describe('knownTool', () => {
  it('openTool() names the tool by the digest of its canonical definition', () => {
    const tool = openTool(definitionOf(PARAMETERS));
    const text =
      '{"description":"reads a file","effects":["READ_REPO"],"name":"files.read","parameters":' +
      '{"properties":{"line":{"minimum":1,"type":"integer"},"path":{"maxLength":10,"type":"string"}},' +
      '"required":["path"],"type":"object"},"v":1}';
    expect(toolDefinitionText(tool.definition)).toBe(text);
    expect(tool.digest).toBe(sha256Base64url(text));
  });

  it('openTool() gives a tool that differs in one word another digest', () => {
    const one = openTool(definitionOf(PARAMETERS));
    expect(openTool(definitionOf(PARAMETERS, 'reads any file')).digest).not.toBe(one.digest);
  });

  it.each([{ path: 'a' }, { path: 'a', line: 1 }])('check() takes %j', (args) => {
    expect(openTool(definitionOf(PARAMETERS)).check(args)).toBe('valid');
  });

  it.each([
    ['an argument that is missing', {}],
    ['an argument of another type', { path: 1 }],
    ['null for an argument', { path: null }],
    ['an argument over its limit', { path: 'a'.repeat(11) }],
    ['a number with a fraction', { path: 'a', line: 1.5 }],
    ['a number below its limit', { path: 'a', line: 0 }],
    ['an argument that nobody declared', { path: 'a', mode: 'rw' }],
    ['an undeclared argument with a name of all objects', JSON.parse('{"path":"a","__proto__":1}')],
    ['an argument in another case', { Path: 'a' }],
  ] as readonly [string, JsonObject][])('check() refuses %s', (_reason, args) => {
    expect(openTool(definitionOf(PARAMETERS)).check(args)).toBe('undeclared');
  });

  it('check() takes no argument for a tool that declares none', () => {
    const tool = openTool(definitionOf({}));
    expect(tool.check({})).toBe('valid');
    expect(tool.check({ anything: 1 })).toBe('undeclared');
  });

  it('openTool() refuses a definition that no person could review', () => {
    const rest = toolDefinitionText(definitionOf(PARAMETERS, '')).length;
    const largest = definitionOf(PARAMETERS, 'x'.repeat(TOOL_DEFINITION_BYTES_MAX - rest));
    expect(openTool(largest).check({ path: 'a' })).toBe('valid');
    const larger = definitionOf(PARAMETERS, 'x'.repeat(TOOL_DEFINITION_BYTES_MAX - rest + 1));
    expect(() => openTool(larger)).toThrow(RangeError);
  });
});
