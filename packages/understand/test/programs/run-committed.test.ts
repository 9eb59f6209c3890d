import type { Scene, SceneItem, Understanding } from '@writ/contract';
import { describe, expect, it } from 'vitest';
import { understandAction } from '../../src/index.ts';
import { SHELL_TOOL } from '../shell.ts';
import { actionOf, codesOf } from '../understanding.ts';

const ROOT = '/srv/project';
const item = (kind: SceneItem['kind'], name: string): SceneItem => ({ kind, name, digest: 'x', used: true });
const SCENE: Scene = {
  directory: ROOT,
  roots: [ROOT],
  shell: '/bin/bash',
  items: [
    ...['bash', 'node', 'cp', 'mkdir', 'git', 'sed'].map((name) => item('program', `/usr/bin/${name}`)),
    ...['check.sh', 'new.sh', 'gradlew', 'out.txt', 'evil'].map((name) => item('path', `${ROOT}/${name}`)),
    ...['check.sh', 'gradlew'].map((name) => item('tracked', `${ROOT}/${name}`)),
    item('path', '/srv/other/x.sh'),
    item('tracked', '/srv/other/x.sh'),
    item('tracked', `${ROOT}/linked.sh`),
  ],
};

function read(command: string): Understanding {
  return understandAction({
    tool: SHELL_TOOL,
    action: actionOf({ command }),
    scene: SCENE,
    declared: null,
    protected: [],
  });
}

describe('scripts that run', () => {
  it.each(['bash check.sh', './check.sh a b', 'node check.sh', './gradlew test', 'mkdir made && ./check.sh'])(
    'understandAction() takes a committed script for code of the workspace: %s',
    (command) => {
      const { effects, findings, reversibility } = read(command);
      expect(effects).toContain('RUN_WORKSPACE_CODE');
      expect(effects).not.toContain('EXECUTE_CODE');
      expect(codesOf(findings)).not.toContain('unfamiliar');
      expect(reversibility).toBe('reversible');
    },
  );

  it.each([
    ['bash new.sh', ['changed_code', 'unfamiliar']],
    ['./new.sh', ['changed_code', 'unfamiliar']],
    ['bash unseen.sh', ['unfamiliar']],
    ['bash linked.sh', ['unfamiliar']],
    ['bash /srv/other/x.sh', ['opaque']],
    ['cd made && bash check.sh', ['opaque']],
    ['cd made && ./check.sh', ['opaque']],
    ['cp evil check.sh && ./check.sh', ['changed_code', 'unfamiliar']],
    ['./check.sh & cp evil check.sh', ['changed_code', 'unfamiliar']],
    ['git checkout side && ./check.sh', ['changed_code', 'unfamiliar']],
    ['sed -i s/a/b/ check.sh; bash check.sh', ['changed_code', 'unfamiliar']],
    ['./check.sh; echo evil > check.sh', ['changed_code', 'unfamiliar']],
    ['echo evil > check.sh; ./check.sh', ['unfamiliar']],
    ['echo evil >> check.sh; ./check.sh', ['opaque']],
  ])('understandAction() does not where it is another, or may be: %s', (command, found) => {
    const { effects, findings } = read(command);
    expect(effects).toContain('EXECUTE_CODE');
    expect(codesOf(findings)).toEqual(expect.arrayContaining(found));
  });

  it('understandAction() lets a script write elsewhere', () => {
    expect(codesOf(read('./check.sh > out.txt').findings)).toEqual([]);
  });

  it('understandAction() reads the words of a wrapper as those of its builder', () => {
    expect(read('./gradlew test').effects).toContain('BUILD_ARTIFACT');
    expect(codesOf(read('./gradlew -I /tmp/evil.gradle test').findings)).toContain('opaque');
  });
});
