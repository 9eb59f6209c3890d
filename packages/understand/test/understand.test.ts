import { EFFECTS, type JsonObject, RISK_ONE, type Scene, type ToolDefinition } from '@writ/contract';
import { describe, expect, it } from 'vitest';
import {
  codesOf,
  EXEC,
  FILES,
  SCENE,
  understand,
  understandCommand,
  withFiles,
  WRITER,
} from './understanding.ts';

describe('understandAction', () => {
  it('understandAction() gives every effect that the tool declares when nothing more is known', () => {
    expect(withFiles({ note: 'hello' }, { tool: WRITER })).toEqual({
      effects: ['READ_REPO', 'WRITE_PATCH'],
      resources: [],
      findings: [],
      reversibility: 'unknown',
      risk: 200_000,
      costs: [],
    });
  });

  it('understandAction() has nothing to undo when the tool only reads', () => {
    expect(withFiles({ note: 'hello' })).toMatchObject({ reversibility: 'nothing_to_undo', risk: 20_000 });
  });

  it('understandAction() gives a tool that nobody declared every effect there is', () => {
    const understood = understandCommand(['ls'], { tool: null });
    expect(understood.effects).toEqual(EFFECTS);
    expect(understood).toMatchObject({ reversibility: 'unknown', risk: RISK_ONE });
    expect(codesOf(understood.findings)).toEqual(['opaque']);
  });

  it('understandAction() is opaque for a tool that declares no effect', () => {
    const understood = withFiles({ note: 'x' }, { tool: { ...FILES, effects: [] } });
    expect(understood).toMatchObject({ effects: [], reversibility: 'unknown' });
    expect(codesOf(understood.findings)).toEqual(['opaque']);
  });

  it('understandAction() does not cut the effects of a program to those of its tool', () => {
    const tool: ToolDefinition = { ...EXEC, effects: ['READ_REPO'] };
    expect(understandCommand(['curl', 'https://example.com'], { tool }).effects).toContain('DOWNLOAD');
  });

  it.each([
    ['a word that is no string', { executable: 'ls', args: ['a', 1] }],
    ['words that are no list', { executable: 'ls', args: 'a' }],
    ['no program', { args: ['a'] }],
    ['more words than a command has', { executable: 'ls', args: Array(4_097).fill('a') }],
  ] as readonly [string, JsonObject][])('understandAction() is opaque for %s', (_what, args) => {
    const understood = understand(args);
    expect(understood.effects).toContain('EXECUTE_CODE');
    expect(codesOf(understood.findings)).toEqual(['opaque']);
  });

  it('understandAction() says that code may run when another argument may change what the words do', () => {
    const understood = understand({ executable: 'ls', args: [], env: { LD_PRELOAD: 'x.so' } });
    expect(understood.effects).toContain('EXECUTE_CODE');
    expect(codesOf(understood.findings)).toEqual(['lexical_only', 'unfamiliar']);
  });

  it('understandAction() reads no command line of a tool that does not declare one', () => {
    expect(understandCommand(['ls'], { tool: WRITER }).effects).toEqual(['READ_REPO', 'WRITE_PATCH']);
  });

  it('understandAction() reads the words as they are, whatever detection makes of them', () => {
    const hidden = understand({
      executable: 'find',
      args: ['.', '--password', '-delete'],
      password: '-delete',
    });
    expect(hidden.effects).toContain('DELETE');
  });
});

describe('understandAction() with arguments that are named', () => {
  it('understandAction() takes a path as a resource, lexical only without a scene', () => {
    expect(withFiles({ path: 'src/../a' })).toMatchObject({
      resources: [{ kind: 'path', name: 'a' }],
      findings: [{ code: 'lexical_only', where: '/path' }],
    });
  });

  it('understandAction() takes a path from the directory of the scene, and as observed when it was', () => {
    const seen = withFiles({ path: './a' }, { scene: SCENE });
    expect(seen).toMatchObject({ resources: [{ kind: 'path', name: '/srv/project/a' }], findings: [] });
    const unseen = withFiles({ path: 'link' }, { scene: SCENE });
    expect(codesOf(unseen.findings)).toEqual(['lexical_only']);
  });

  it('understandAction() takes every path of a list, wherever it stands', () => {
    const { resources, findings } = withFiles({ path: ['a', 'b'], more: { path: 'c' } });
    expect(resources.map(({ name }) => name)).toEqual(['c', 'a', 'b']);
    expect(findings.map(({ where }) => where)).toEqual(['/more', '/path/0', '/path/1']);
  });

  it('understandAction() takes the host of a URL that has one reading', () => {
    expect(withFiles({ url: 'https://Example.com:8443/a?b' }).resources).toEqual([
      { kind: 'host', name: 'example.com' },
    ]);
  });

  it.each([
    'example.com',
    'ftp://example.com/',
    'javascript:alert(1)',
    'https://user@example.com/',
    'https://example.com\\@evil.example/',
    'https://ex%61mple.com/',
    'https://пример.example/',
    'https://0x7f.1/',
    'https://1.2.3/',
    'https://1.2.3.256/',
    'https://example.com:99999/',
    'https://a..b/',
    'https://-a.example/',
    ' https://example.com',
    'https://example.com/\n',
    'https:///example.com',
    `https://example.com/${'a'.repeat(2_048)}`,
    '',
  ])('understandAction() is opaque for the URL %j', (url) => {
    const { findings, resources } = withFiles({ url });
    expect(resources).toEqual([]);
    expect(findings).toContainEqual({ code: 'opaque', where: '/url' });
  });
});

describe('understandAction() with a scene', () => {
  it('understandAction() knows a program that the scene resolved', () => {
    expect(understandCommand(['cat', 'a'], { scene: SCENE }).findings).toEqual([]);
  });

  it('understandAction() knows nothing of a program that stands before the system’s own', () => {
    const item = { kind: 'program', name: '/srv/project/bin/cat', digest: 'x', used: true } as const;
    const scene: Scene = { ...SCENE, items: [...SCENE.items, item] };
    expect(codesOf(understandCommand(['cat', 'a'], { scene }).findings)).toEqual(['unfamiliar']);
  });

  it('understandAction() knows a program of the system whose name is a link, by what it holds', () => {
    const linked = (name: string, digest: string): Scene => {
      const item = { kind: 'program', name, digest, used: true } as const;
      return { ...SCENE, items: [...SCENE.items, item] };
    };
    const found = (scene: Scene): readonly string[] =>
      codesOf(understandCommand(['cat', 'a'], { scene }).findings);
    expect(found(linked('/opt/tools/bin/cat', 'x'))).toEqual([]);
    expect(found(linked('/opt/tools/bin/cat', 'y'))).toEqual(['unfamiliar']);
    const alone = linked('/opt/tools/bin/cat', 'x').items.slice(-1);
    expect(found({ ...SCENE, items: alone })).toEqual(['unfamiliar']);
  });

  it.each([
    ['/srv/project/src/b', '/srv/project', 'READ_REPO'],
    ['/srv/project-2/b', '/srv/project', 'READ_CONFIG'],
    ['../b', '/srv/project', 'READ_CONFIG'],
    ['/etc/hosts', '/', 'READ_CONFIG'],
  ] as const)('understandAction() reads %s beside the root %s with %s', (path, root, effect) => {
    const scene: Scene = { ...SCENE, roots: [root] };
    expect(understandCommand(['cat', path], { scene }).effects).toContain(effect);
  });

  it('understandAction() finds the removal of what the program stands in', () => {
    expect(understandCommand(['rm', '-r', '/srv'], { scene: SCENE }).risk).toBe(RISK_ONE);
  });
});
