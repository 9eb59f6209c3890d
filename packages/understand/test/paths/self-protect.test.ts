import { type JsonObject, RISK_ONE, type Scene } from '@writ/contract';
import { describe, expect, it } from 'vitest';
import { codesOf, SCENE, understandCommand, withFiles } from '../understanding.ts';

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
