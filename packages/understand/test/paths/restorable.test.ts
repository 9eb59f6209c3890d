import type { Scene, SceneItem } from '@writ/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { understandAction } from '../../src/index.ts';
import { actionOf, EXEC, understandCommand } from '../understanding.ts';

const ROOT = '/srv/project';
const item = (kind: SceneItem['kind'], name: string): SceneItem => ({ kind, name, digest: 'x', used: true });

const SEEN: readonly SceneItem[] = [
  ...['rm', 'mv', 'cp', 'chmod', 'git', 'mkdir', 'touch', 'curl', 'sed', 'find', 'node'].map((name) =>
    item('program', `/usr/bin/${name}`),
  ),
  ...['a', 'b', 'new', '.env', 'deep/c'].map((name) => item('path', `${ROOT}/${name}`)),
  ...['src', 'deep'].map((name) => item('directory', `${ROOT}/${name}`)),
  item('path', '/srv/other/x'),
];

function sceneWith(...items: readonly SceneItem[]): Scene {
  return { directory: ROOT, roots: [ROOT], shell: null, items: [...SEEN, ...items] };
}

const UNDO = item('undo', ROOT);
const TRACKED = [item('tracked', `${ROOT}/a`), item('tracked', `${ROOT}/src`)];

function reversibilityOf(command: string, scene: Scene): string {
  return understandCommand(command.split(' '), { scene }).reversibility;
}

describe('what a scene says can be had back', () => {
  it.each([
    // from version control
    ['rm a', TRACKED, 'reversible'],
    ['rm -rf src', TRACKED, 'reversible'],
    ['mv a new', TRACKED, 'unknown'],
    ['rm a b', TRACKED, 'irreversible'],
    ['chmod 000 a', TRACKED, 'unknown'],
    ['touch a', TRACKED, 'reversible'],
    // from a snapshot
    ['rm b', [UNDO], 'with_snapshot'],
    ['rm -rf src deep', [UNDO], 'with_snapshot'],
    ['rm a b', [UNDO, ...TRACKED], 'with_snapshot'],
    ['mv a new', [UNDO], 'with_snapshot'],
    ['chmod -R 000 deep', [UNDO], 'with_snapshot'],
    ['touch b', [UNDO], 'with_snapshot'],
    ['cp a b', [UNDO], 'with_snapshot'],
    ['rm b', [item('undo', `${ROOT}/b`)], 'with_snapshot'],
    ['rm a', [item('undo', `${ROOT}/b`)], 'irreversible'],
    ['rm deep/c', [item('undo', `${ROOT}/deep`)], 'with_snapshot'],
    ['git reset --hard', [UNDO], 'with_snapshot'],
    ['git apply a', [UNDO], 'with_snapshot'],
    ['git apply --stat --apply a', [UNDO], 'with_snapshot'],
    ['git apply --check a', [], 'nothing_to_undo'],
    ['git apply a', [], 'unknown'],
    ['git clean -fdx', [UNDO], 'with_snapshot'],
    ['git branch -D side', [UNDO], 'with_snapshot'],
    ['git stash drop', [UNDO], 'with_snapshot'],
    ['git checkout -- a', [UNDO], 'with_snapshot'],
    // not from there
    ['cp a src', [UNDO], 'unknown'],
    ['rm unseen', [UNDO], 'irreversible'],
    ['rm *', [UNDO], 'irreversible'],
    ['rm .env', [UNDO, item('tracked', `${ROOT}/.env`)], 'irreversible'],
    ['rm /srv/other/x', [UNDO, item('undo', '/srv/other')], 'irreversible'],
    ['rm b', [], 'irreversible'],
    ['git reset --hard', [], 'irreversible'],
    ['git reset --hard', [item('undo', `${ROOT}/a`)], 'irreversible'],
    ['git reset --hard', [UNDO, item('environment', 'GIT_DIR')], 'irreversible'],
    ['node a', [UNDO], 'unknown'],
  ] as const)('understandAction() takes `%s` for what it is', (command, items, expected) => {
    expect(reversibilityOf(command, sceneWith(...items))).toBe(expected);
  });

  it.each([
    ['cp a /tmp/made', 'reversible'],
    ['cp a /tmp/deep/made', 'reversible'],
    ['cp a /tmp/unseen', 'unknown'],
    ['cp a /tmp/directory', 'unknown'],
    ['cp a /tmp/.ssh/id_rsa', 'unknown'],
    ['cp a /tmp/../etc/x', 'unknown'],
    ['cp a /tmp', 'unknown'],
    ['cp a /srv/other/x', 'unknown'],
    ['mv b /tmp/made', 'unknown'],
  ])('understandAction() lets be written anew what nobody would miss: %s', (command, expected) => {
    const seen = ['made', 'deep/made', '.ssh/id_rsa'].map((name) => item('path', `/tmp/${name}`));
    const more = [...seen, item('directory', '/tmp/directory'), item('path', '/tmp/directory')];
    expect(reversibilityOf(command, sceneWith(...more, item('path', '/tmp')))).toBe(expected);
  });

  it('understandAction() says nothing of a repository where another root cannot be had back', () => {
    const scene = { ...sceneWith(UNDO), roots: [ROOT, '/srv/more'] };
    expect(reversibilityOf('git reset --hard', scene)).toBe('irreversible');
    expect(reversibilityOf('rm b', scene)).toBe('with_snapshot');
  });

  it('understandAction() takes a snapshot for nothing beside what is done to files', () => {
    const tool = { ...EXEC, effects: EXEC.effects };
    const declared = { effects: ['UPLOAD'] } as const;
    const understood = understandAction({
      tool,
      action: actionOf({ executable: 'rm', args: ['b'] }),
      scene: sceneWith(UNDO),
      declared,
      protected: [],
    });
    expect(understood.reversibility).toBe('unknown');
  });

  it.each([
    ['rm b && curl -d x https://x.test/', 'unknown'],
    ['rm b; kill 1', 'unknown'],
    ['rm b && node a', 'unknown'],
    ['git push; rm b', 'unknown'],
    ['mkdir made && curl -d x https://x.test/', 'unknown'],
    ['rm b && npm test', 'with_snapshot'],
    ['rm -rf src && npm ci', 'with_snapshot'],
    ['git status && rm b', 'with_snapshot'],
    ['cd deep && rm c', 'with_snapshot'],
  ])('understandAction() lets no file speak for another program: %s', (command, expected) => {
    const scene = sceneWith(UNDO, item('program', '/usr/bin/npm'), item('program', '/usr/bin/kill'));
    const understood = understandAction({
      tool: { ...EXEC, arguments: { command: 'shell' } },
      action: actionOf({ command }),
      scene,
      declared: null,
      protected: [],
    });
    expect(understood.reversibility).toBe(expected);
  });

  it('understandAction() weighs what destroys as less only where it can be had back', () => {
    const risk = (...items: readonly SceneItem[]): number =>
      understandCommand(['rm', '-rf', 'src'], { scene: sceneWith(...items) }).risk;
    expect(risk()).toBe(900_000);
    expect(risk(UNDO)).toBe(550_000);
    expect(risk(...TRACKED)).toBe(550_000);
    const all = understandCommand(['rm', '-rf', '.git'], {
      scene: sceneWith(UNDO, item('directory', `${ROOT}/.git`)),
    });
    expect(all).toMatchObject({ risk: 1_000_000, reversibility: 'with_snapshot' });
  });

  it('understandAction() never takes less for lost where the scene says less', () => {
    const order = ['nothing_to_undo', 'reversible', 'with_snapshot', 'unknown', 'irreversible'];
    const claims = [UNDO, ...TRACKED, item('undo', `${ROOT}/b`), item('undo', '/'), item('tracked', ROOT)];
    const commands = ['rm a b', 'mv a src', 'git clean -fdx', 'rm -r src', 'chmod 0 b', 'rm -r /srv/other/x'];
    fc.assert(
      fc.property(
        fc.subarray(claims),
        fc.subarray(claims),
        fc.constantFrom(...commands),
        (some, more, command) => {
          const less = reversibilityOf(command, sceneWith(...some.filter((one) => more.includes(one))));
          const all = reversibilityOf(command, sceneWith(...some));
          expect(order.indexOf(less)).toBeGreaterThanOrEqual(order.indexOf(all));
        },
      ),
    );
  });
});
