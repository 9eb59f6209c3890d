import type { ArgumentKind, JsonObject, ToolDefinition } from '@writ/contract';
import { describe, expect, it } from 'vitest';
import { lintTool } from '../../src/desk/lint-tool.ts';
import { KNOWN_TOOLS, readKnownTool } from '../../src/files/known-tools.ts';

const TEXT: JsonObject = { type: 'string' };

function tool(properties: JsonObject, kinds?: Readonly<Record<string, ArgumentKind>>): ToolDefinition {
  const base = { v: 1, name: 'a.tool', description: 'a tool', effects: ['COMPUTE'] } as const;
  const parameters = { type: 'object', properties };
  return kinds === undefined ? { ...base, parameters } : { ...base, parameters, arguments: kinds };
}

describe('lintTool()', () => {
  it.each(KNOWN_TOOLS)('finds nothing in %s of this release', async (name) => {
    expect(lintTool(await readKnownTool(name))).toEqual([]);
  });

  it.each(['command', 'cmd', 'sql', 'url', 'path', 'file_path', 'FILE-PATH', 'host', 'python', 'recipients'])(
    'finds an argument called %s that is declared text',
    (name) => {
      expect(lintTool(tool({ [name]: TEXT }, { [name]: 'text' }))).toMatchObject([{ argument: name }]);
    },
  );

  it.each([
    [
      'in a list of objects',
      { edits: { type: 'array', items: { properties: { path: TEXT } } } },
      'edits/*/path',
    ],
    ['in an object', { at: { properties: { url: TEXT } } }, 'at/url'],
    ['under free names', { at: { type: 'object', additionalProperties: TEXT } }, 'at/*'],
    ['as a list of texts', { args: { type: 'array', items: TEXT } }, 'args'],
    ['of any type', { path: {} }, 'path'],
  ])('finds an argument of which nothing is said %s', (_, properties, argument) => {
    expect(lintTool(tool({ other: TEXT, ...properties }, { other: 'text' }))).toMatchObject([{ argument }]);
  });

  it('finds a kind of an argument that is not there', () => {
    const faults = lintTool(tool({ note: TEXT }, { note: 'text', nothing: 'path' }));
    expect(faults).toEqual([{ argument: 'nothing', why: 'the parameters declare no such argument' }]);
  });

  it('passes over numbers, and over a tool that says nothing and so keeps all its effects', () => {
    expect(lintTool(tool({ count: { type: 'integer' }, note: TEXT }, { note: 'text' }))).toEqual([]);
    expect(lintTool(tool({ command: TEXT }))).toEqual([]);
  });
});
