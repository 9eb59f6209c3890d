import type { JsonObject } from '@writ/contract';
import { describe, expect, it } from 'vitest';
import { mapCall } from '../../../src/hook/host/map-call.ts';

const map = (tool: string, input: JsonObject) =>
  mapCall({ tool, input, session: 's', directory: '/work', use: 'u' });

describe('mapCall()', () => {
  it.each<[string, JsonObject, string, JsonObject]>([
    ['Bash', { command: 'ls', description: 'x', timeout: 5 }, 'shell.run', { command: 'ls' }],
    ['Read', { file_path: '/a', offset: 1, limit: 2 }, 'file.read', { path: '/a' }],
    ['Write', { file_path: '/a', content: 'c' }, 'file.write', { path: '/a', content: 'c' }],
    [
      'Edit',
      { file_path: '/a', old_string: 'o', new_string: 'n', replace_all: true },
      'file.edit',
      { path: '/a', old: 'o', new: 'n' },
    ],
    [
      'MultiEdit',
      {
        file_path: '/a',
        edits: [
          { old_string: 'o', new_string: 'n' },
          { old_string: 'p', new_string: 'm' },
        ],
      },
      'file.edit',
      { path: '/a', old: 'o\np', new: 'n\nm' },
    ],
    [
      'NotebookEdit',
      { notebook_path: '/a', new_source: 'x', cell_id: '1' },
      'file.edit',
      { path: '/a', old: '', new: 'x' },
    ],
    ['Glob', { pattern: '*.ts' }, 'file.search', { pattern: '*.ts', path: '/work' }],
    ['Grep', { pattern: 'x', path: '/b', '-n': true }, 'file.search', { pattern: 'x', path: '/b' }],
    [
      'WebFetch',
      { url: 'https://example.com', prompt: 'p' },
      'http.request',
      { method: 'GET', url: 'https://example.com' },
    ],
    ['WebSearch', { query: 'q' }, 'web.search', { query: 'q' }],
    ['TodoWrite', { todos: [] }, 'host.step', { name: 'TodoWrite' }],
    ['mcp__files__read_it', { path: 'a' }, 'mcp.files.read_it', { path: 'a' }],
  ])('names %s as the standard tools do', (tool, input, name, args) => {
    expect(map(tool, input)).toMatchObject({ tool: name, args });
  });

  it.each<[string, JsonObject]>([
    ['Bash', { command: 'ls', sudo: true }],
    ['Bash', { command: 1 }],
    ['Bash', {}],
    ['Read', { file_path: ['/a'] }],
    ['Write', { file_path: '/a' }],
    ['MultiEdit', { file_path: '/a', edits: ['x'] }],
    ['Grep', { pattern: 'x', path: 7 }],
    ['Unheard', { command: 'ls' }],
    ['bash', { command: 'ls' }],
    ['mcp__files', {}],
    ['mcp__ﬁles__read', {}],
  ])('makes of %s that it does not know whole a tool that nobody declared', (tool, input) => {
    expect(map(tool, input)).toEqual({
      tool: `claude-code.${tool}`,
      args: input,
      command: null,
      paths: [],
    });
  });
});
