import {
  type Declared,
  EFFECTS,
  type JsonObject,
  RISK_ONE,
  type Scene,
  type ToolDefinition,
  UNDERSTANDING_LIMITS,
} from '@writ/contract';
import { describe, expect, it } from 'vitest';
import { type ToUnderstand, UNDERSTAND_LIMITS } from '../src/index.ts';
import { codesOf, EXEC, understand, understandCommand } from './understanding.ts';

const FILES: ToolDefinition = {
  v: 1,
  name: 'files.read',
  description: 'reads a file',
  parameters: {
    properties: { path: { type: 'string' }, url: { type: 'string' }, note: { type: 'string' }, more: {} },
  },
  effects: ['READ_REPO'],
};
const WRITER: ToolDefinition = { ...FILES, name: 'files.write', effects: ['WRITE_PATCH', 'READ_REPO'] };

const SCENE: Scene = {
  directory: '/srv/project',
  roots: ['/srv/project'],
  shell: null,
  items: [
    { kind: 'path', name: '/srv/project/a', digest: 'x', used: true },
    { kind: 'program', name: '/usr/bin/cat', digest: 'x', used: true },
  ],
};

function withFiles(args: JsonObject, change: Partial<ToUnderstand> = {}): ReturnType<typeof understand> {
  return understand(args, { tool: FILES, ...change });
}

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
    expect(understandCommand(['curl', 'https://example.com'], { tool }).effects).toContain('NETWORK_CALL');
  });

  it.each([
    ['a word that is no string', { executable: 'ls', args: ['a', 1] }],
    ['words that are no list', { executable: 'ls', args: 'a' }],
    ['no program', { args: ['a'] }],
    ['more words than a command has', { executable: 'ls', args: Array(4_097).fill('a') }],
  ] as readonly [string, JsonObject][])('understandAction() is opaque for %s', (_what, args) => {
    const understood = understand(args);
    expect(understood.effects).toHaveLength(EXEC.effects.length);
    expect(codesOf(understood.findings)).toEqual(['opaque']);
  });

  it('understandAction() keeps all effects when an argument beside the words may change what they do', () => {
    const understood = understand({ executable: 'ls', args: [], env: { LD_PRELOAD: 'x.so' } });
    expect(understood.effects).toHaveLength(EXEC.effects.length);
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

describe('understandAction() and its own places', () => {
  const places = ['/var/lib/writ'];

  it.each([
    { note: 'see .writ/policy.yaml' },
    { note: 'C:\\project\\.writ\\policy.yaml' },
    { note: '--file=.writ' },
    { note: '/run/user/1/writ.sock' },
    { note: '/var/lib/writ/cell/journal.sqlite' },
    { note: '/var/lib/../lib//writ' },
    { note: '--output=/var/lib/./writ' },
    { note: '/VAR/LIB/WRIT' },
    { more: { deep: [{ deeper: '.writ/x' }] } },
    { more: { '.writ/x': 1 } },
    { '/var/lib/writ': 1 },
  ] as readonly JsonObject[])('understandAction() finds them in %j', (args) => {
    const understood = withFiles(args, { protected: places });
    expect(codesOf(understood.findings)).toContain('self_protect');
    expect(understood.risk).toBe(RISK_ONE);
  });

  it.each(['writ', 'written', '.writer', 'a.writ', '/var/lib/writer', '/var/lib/writ-2', '/var/lib/writ.d'])(
    'understandAction() does not find them in %j',
    (note) => {
      expect(withFiles({ note }, { protected: places }).findings).toEqual([]);
    },
  );

  it('understandAction() finds them from the directory of the scene', () => {
    const scene: Scene = { ...SCENE, directory: '/var/lib/project' };
    expect(codesOf(withFiles({ note: '../writ/keys' }, { protected: places, scene }).findings)).toContain(
      'self_protect',
    );
  });

  it.each([
    [['rm', '-rf', '/var'], true],
    [['mv', '/var/lib', '/tmp/x'], true],
    [['chmod', '-R', '777', '/var/lib'], true],
    [['grep', '-r', 'key', '/var'], true],
    [['cp', 'a', '/var/lib'], false],
    [['ls', '/var'], false],
  ] as const)('understandAction() of %j reaches a place below: %s', (command, reached) => {
    const { findings } = understandCommand(command, { protected: places });
    expect(codesOf(findings).includes('self_protect')).toBe(reached);
  });
});

describe('understandAction() and personal data', () => {
  const MAIL = 'zoe@example.org';

  it('understandAction() names resources by the tokens of the arguments', () => {
    const args = { path: `/mail/${MAIL}/inbox`, note: `write to anna@example.org, not ${MAIL}` };
    const { findings, resources } = withFiles(args);
    expect(resources).toEqual([{ kind: 'path', name: '/mail/email#2/inbox' }]);
    expect(codesOf(findings)).toEqual(['lexical_only', 'personal_data_in_arguments']);
  });

  it('understandAction() shows nothing of it anywhere, in words, names, hosts or what is declared', () => {
    const declared: Declared = {
      resources: [{ kind: 'account', name: MAIL }],
      findings: [{ code: 'tainted_sink', where: `/${MAIL}` }],
    };
    const secret = ['AKIA', 'Q3EGRIJ7AB', 'CDEFGH'].join('');
    const texts = [
      understand({ executable: MAIL, args: [MAIL, `--x=${MAIL}`], [MAIL]: secret }, { declared }),
      withFiles({ path: secret, url: `https://example.com/${MAIL}`, [MAIL]: { path: MAIL } }, { declared }),
    ].map((understood) => JSON.stringify(understood));
    for (const text of texts) {
      expect(text).not.toContain(MAIL);
      expect(text).not.toContain(secret);
      expect(text).toContain('email#');
    }
  });

  it('understandAction() shows no name when detection cannot end', () => {
    const { findings, resources } = withFiles({ path: 'a', note: 'x'.repeat(65_537) });
    expect(resources).toEqual([]);
    expect(codesOf(findings)).toEqual(['lexical_only', 'opaque']);
  });

  it('understandAction() weighs a secret in the arguments', () => {
    const plain = withFiles({ note: 'x' }).risk;
    expect(withFiles({ more: { password: 'a1-b2-c3' } }).risk).toBe(plain + 200_000);
  });
});

describe('understandAction() within limits', () => {
  const deep = (levels: number): JsonObject => {
    let value: JsonObject = {};
    for (let at = 1; at < levels; at++) value = { more: value };
    return value;
  };

  it.each([
    ['levels', deep(UNDERSTAND_LIMITS.depth_max + 1)],
    ['texts', { more: Array(UNDERSTAND_LIMITS.texts_max).fill('a') }],
    ['values', { more: Array(UNDERSTAND_LIMITS.texts_max).fill(1) }],
    ['units', { more: Array(5).fill('a'.repeat(60_000)) }],
  ] as readonly [string, JsonObject][])('understandAction() is opaque beyond its %s', (_what, args) => {
    const understood = withFiles(args, { tool: WRITER });
    expect(understood.effects).toEqual(['READ_REPO', 'WRITE_PATCH']);
    expect(codesOf(understood.findings)).toEqual(['opaque']);
  });

  it('understandAction() never cuts a list without saying so', () => {
    const names = (count: number): string[] => Array.from({ length: count }, (_, at) => `file-${at}`);
    const most = UNDERSTANDING_LIMITS.resources_max;
    const fits = withFiles({ path: names(100) });
    expect([fits.resources.length, codesOf(fits.findings)]).toEqual([100, ['lexical_only']]);
    const over = withFiles({ path: names(most + 1) });
    expect([over.resources.length, codesOf(over.findings)]).toEqual([most, ['lexical_only', 'opaque']]);
    expect(over.findings.length).toBeLessThanOrEqual(UNDERSTAND_LIMITS.findings_max);
  });

  it('understandAction() keeps the first of each code when findings are cut', () => {
    const path = [...Array.from({ length: 300 }, (_, at) => `f${at}`), '.writ/x'];
    expect(codesOf(withFiles({ path }).findings)).toEqual(['lexical_only', 'opaque', 'self_protect']);
  });

  it('understandAction() has no room for a name that nobody could read', () => {
    const { findings, resources } = withFiles({ path: 'a'.repeat(UNDERSTAND_LIMITS.name_units_max + 1) });
    expect([resources, codesOf(findings)]).toEqual([[], ['lexical_only', 'opaque']]);
  });
});

describe('understandAction() with what is declared', () => {
  it('understandAction() joins it to what was understood', () => {
    const declared: Declared = {
      effects: ['UPLOAD'],
      resources: [{ kind: 'table', name: 'people' }],
      findings: [{ code: 'tainted_sink', where: '/note' }],
      costs: [{ unit: 'eur', amount: 5 }],
    };
    expect(withFiles({ path: 'a' }, { declared })).toEqual({
      effects: ['READ_REPO', 'UPLOAD'],
      resources: [
        { kind: 'path', name: 'a' },
        { kind: 'table', name: 'people' },
      ],
      findings: [
        { code: 'lexical_only', where: '/path' },
        { code: 'tainted_sink', where: '/note' },
      ],
      reversibility: 'unknown',
      risk: 450_000 + 10_000 + 300_000,
      costs: [{ unit: 'eur', amount: 5 }],
    });
  });

  it('understandAction() takes the higher risk', () => {
    expect(withFiles({ note: 'a' }, { declared: { risk: 900_000 } }).risk).toBe(900_000);
    expect(withFiles({ note: 'a' }, { declared: { risk: 0 } }).risk).toBe(20_000);
    expect(withFiles({ note: 'a' }, { declared: { risk: Number.NaN } }).risk).toBe(RISK_ONE);
  });

  it('understandAction() keeps what it found itself when the caller fills the lists', () => {
    const declared: Declared = {
      resources: Array.from({ length: 256 }, (_, at) => ({ kind: 'path', name: `r${at}` })),
      findings: Array.from({ length: 256 }, (_, at) => ({ code: 'lexical_only', where: `/${at}` })),
      costs: Array.from({ length: 5 }, (_, at) => ({ unit: `u${at}`, amount: 1 })),
    };
    const { costs, findings, resources } = withFiles({ path: '.writ/x' }, { declared });
    expect(resources[0]).toEqual({ kind: 'path', name: '.writ/x' });
    expect([resources.length, findings.length, costs.length]).toEqual([256, 256, 4]);
    expect(codesOf(findings)).toEqual(['lexical_only', 'opaque', 'self_protect']);
  });
});
