import { readFileSync } from 'node:fs';
import type { Effect, Finding, Scene, ToolDefinition, Understanding } from '@writ/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codesOf, understand } from '../understanding.ts';

type PathCase = {
  readonly reason: string;
  readonly tool: 'read' | 'write';
  readonly path: string;
  readonly effects: readonly Effect[];
  readonly findings: readonly Finding['code'][];
  readonly resources: readonly string[];
};

function readVectors(name: string): unknown {
  const url = new URL(`../../../../vectors/understanding/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8'));
}

// our own vectors
const { scene, tools, cases } = readVectors('paths') as {
  readonly scene: Scene;
  readonly tools: Readonly<Record<'read' | 'write', ToolDefinition>>;
  readonly cases: readonly PathCase[];
};
const ordinary = readVectors('ordinary-paths') as {
  readonly cases: readonly { readonly reason: string; readonly paths: readonly string[] }[];
};

function understandFile(path: string, tool: 'read' | 'write' = 'read', seen: Scene = scene): Understanding {
  return understand({ path }, { tool: tools[tool], scene: seen });
}

describe('understandAction() with paths', () => {
  it.each(cases)('understandAction() understands that a tool can $tool $reason', (one) => {
    const { effects, findings, resources } = understandFile(one.path, one.tool);
    expect(codesOf(findings)).toEqual(one.findings);
    expect(effects).toEqual(one.effects);
    expect(resources.map(({ name }) => name)).toEqual(one.resources);
  });

  it.each(ordinary.cases)('understandAction() finds nothing in $reason', ({ paths }) => {
    const found = paths.filter((path) => codesOf(understandFile(path).findings).join() !== 'lexical_only');
    expect(found).toEqual([]);
  });

  it('understandAction() reads no path where the definition says that it is text', () => {
    const tool: ToolDefinition = { ...tools.read, arguments: { path: 'text' } };
    const { effects, findings } = understand({ path: '../x' }, { tool, scene });
    expect(findings).toEqual([]);
    expect(effects.toSorted()).toEqual(tool.effects.toSorted());
  });

  it('understandAction() reads the paths of lists and members as the definition says', () => {
    const tool: ToolDefinition = {
      ...tools.write,
      arguments: { 'edits/*/file': 'path', 'edits/*/text': 'content', more: 'path' },
    };
    const args = { edits: [{ file: 'a', text: '../b' }], more: ['../c'] };
    const { effects, resources } = understand(args, { tool, scene });
    expect(resources.map(({ name }) => name)).toEqual(['/srv/app/public/a', '/srv/app/c']);
    expect(effects).toEqual(['WRITE_PATCH', 'WRITE_OUTSIDE']);
  });

  it('understandAction() keeps all effects of a tool when of one argument nobody says what it is', () => {
    const { effects } = understand({ path: 'a', mode: 'x' }, { tool: tools.read, scene });
    expect(effects.toSorted()).toEqual(tools.read.effects.toSorted());
  });

  it('understandAction() follows a pattern only where it says that it begins elsewhere', () => {
    const tool: ToolDefinition = { ...tools.read, arguments: { path: 'path', pattern: 'pattern' } };
    const codes = (pattern: string): readonly string[] =>
      codesOf(understand({ path: '.', pattern }, { tool, scene }).findings);
    expect(codes('../**/*.pem')).toContain('leaves_workspace');
    expect(codes('/etc/*.conf')).toContain('leaves_workspace');
    for (const pattern of ['src/**/*.ts', '/api/v1', 'foo.*bar', '^\\.\\./', '[^.]..x'])
      expect(codes(pattern)).toEqual(['lexical_only']);
  });
});

const SPELLINGS: readonly (readonly string[])[] = [
  ['.', '%2e', '%252e', '%c0%ae', '%u002e', '%e0%80%ae', '\uff0e', '%25c0%25ae', '\\x2e', '&#46;', '%%32%65'],
  ['/', '%2f', '%252F', '%c0%af', '%u2215', '\u2215', '\\', '%5c', '%255c', '\uff0f', '&sol;', '\\u002f'],
];
const dot = fc.constantFrom(...(SPELLINGS[0] ?? []));
const slash = fc.constantFrom(...(SPELLINGS[1] ?? []));
const step = fc.tuple(dot, dot, slash).map((parts) => parts.join(''));

describe('understandAction() with paths, for any spelling', () => {
  it('understandAction() finds a step out of the workspace however its signs are spelt', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
        const codes = codesOf(understandFile(`${steps.join('')}etc/hosts`).findings);
        expect(codes.includes('encoded_path') || codes.includes('leaves_workspace')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('understandAction() names a path that is already canonical as it is', () => {
    const name = fc.constantFrom('a', '..', '.', '', 'proc', 'self', 'cwd', 'root', '~', '%2e', 'task', '7');
    fc.assert(
      fc.property(fc.array(name, { maxLength: 8 }), (names) => {
        const once = understandFile(`/${names.join('/')}`).resources[0]?.name ?? '';
        expect(understandFile(once).resources[0]?.name).toBe(once);
      }),
      { numRuns: 300 },
    );
  });

  it('understandAction() reads what nobody would write, and the same each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (path) => {
        expect(understandFile(path)).toEqual(understandFile(path));
      }),
      { numRuns: 300 },
    );
  });
});
