import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scene, SceneItem } from '@writ/contract';
import { describe, expect, it } from 'vitest';
import type { Environment } from '../../src/program/command.ts';
import { observeFiles } from '../../src/scene/observe-files.ts';
import { observeShell } from '../../src/scene/observe-shell.ts';
import { snapshotAreas } from '../../src/scene/snapshot-areas.ts';
import { type Ground, makeGround, makeRepository } from '../undo/tree.ts';

const PATH = '/usr/bin:/bin';

function observe({ place, work }: Ground, text: string, environment: Environment = { PATH }): Promise<Scene> {
  return observeShell({ text, directory: work, shell: 'bash', environment, place });
}

function namesOf({ items }: Scene, kind: SceneItem['kind'], from: string): readonly string[] {
  return items.filter((item) => item.kind === kind).map(({ name }) => name.replace(`${from}/`, ''));
}

describe('observeShell()', () => {
  it('observeShell() tells where it runs, whose home, and which workspace', async () => {
    const ground = makeRepository();
    mkdirSync(join(ground.work, 'src/deep'), { recursive: true });
    const scene = await observeShell({
      text: 'ls',
      directory: join(ground.work, 'src/deep'),
      shell: 'bash',
      environment: { PATH },
      place: ground.place,
    });
    expect(scene).toMatchObject({
      directory: join(ground.work, 'src/deep'),
      home: ground.place.user_home,
      roots: [ground.work],
      shell: 'bash',
    });
  });

  it('observeShell() takes no home, and nothing above one, for a workspace', async () => {
    const { outside, place, work } = makeGround();
    mkdirSync(join(outside, 'me'));
    const at = (user_home: string, directory: string): Promise<Scene> =>
      observeShell({
        text: 'ls',
        directory,
        shell: 'bash',
        environment: { PATH },
        place: { ...place, user_home },
      });
    expect((await at(work, work)).roots).toEqual([]);
    expect((await at(join(outside, 'me'), outside)).roots).toEqual([]);
    expect((await at(outside, join(outside, 'me'))).roots).toEqual([join(outside, 'me')]);
    expect((await at('/nowhere', '/')).roots).toEqual([]);
  });

  it.each([
    ['rm -rf src', ['src']],
    ['cd src && rm a.ts ; cat "run.sh"', ['src', 'run.sh']],
    ["bash -c 'rm -rf src; sed -i s/a/b/ notes.txt'", ['src', 'notes.txt']],
    ['echo x>notes.txt', ['notes.txt']],
    ['rm -f --one-file-system=yes src/*.ts', ['src']],
    ['cp $PWD/run.sh ${PWD}/notes.txt', ['run.sh', 'notes.txt']],
    ['dd if=run.sh of=notes.txt', ['run.sh', 'notes.txt']],
    ['$(rm run.sh)', ['run.sh']],
    ['rm run\\.sh', ['run.sh']],
  ])('observeShell() finds the places that a text names: %s', async (text, wanted) => {
    const ground = makeRepository();
    const scene = await observe(ground, text);
    const found = [...namesOf(scene, 'path', ground.work), ...namesOf(scene, 'directory', ground.work)];
    expect(found).toEqual(expect.arrayContaining(wanted));
  });

  it('observeShell() tells of what is to be made in directories that are not there yet', async () => {
    const ground = makeGround();
    const scene = await observe(ground, 'mkdir -p new/deep && touch new/deep/file');
    expect(namesOf(scene, 'path', ground.work)).toEqual(['new/deep', 'new/deep/file']);
    symlinkSync(join(ground.outside, 'gone'), join(ground.work, 'new'));
    expect(namesOf(await observe(ground, 'touch new/deep/file'), 'path', ground.work)).toEqual([]);
  });

  it('observeShell() shows no place under the name of a link', async () => {
    const ground = makeGround();
    symlinkSync(ground.outside, join(ground.work, 'out'));
    const scene = await observe(ground, 'rm -rf out');
    const places = scene.items.filter(({ kind }) => kind === 'path' || kind === 'directory');
    expect(places.map(({ name }) => name)).not.toContain(join(ground.work, 'out'));
    expect(places.map(({ name }) => name)).toContain(ground.outside);
  });

  it('observeShell() binds the programs that will run, and what they execute by themselves', async () => {
    const ground = makeRepository();
    ground.write('package.json', '{"scripts":{"test":"true"}}');
    ground.write('bin/tool', '#!/bin/sh\n', 0o755);
    const first = await observe(ground, 'sudo -n ls && ./bin/tool | xargs rm; npm test');
    expect(namesOf(first, 'program', ground.work)).toEqual(
      expect.arrayContaining(['/usr/bin/bash', '/usr/bin/ls', 'bin/tool', '/usr/bin/rm']),
    );
    expect(namesOf(first, 'script', ground.work)).toContain('package.json');
    ground.write('package.json', '{"scripts":{"test":"rm -rf /"}}');
    const then = await observe(ground, 'sudo -n ls && ./bin/tool | xargs rm; npm test');
    expect(then.items).not.toEqual(first.items);
    expect(then.items.map(({ kind, name }) => `${kind} ${name}`)).toEqual(
      first.items.map(({ kind, name }) => `${kind} ${name}`),
    );
  });

  it('observeShell() never shows the value of a variable', async () => {
    const ground = makeGround();
    const scene = await observe(ground, 'ls', { PATH, TOKEN: 'hush hush' });
    expect(JSON.stringify(scene)).not.toContain('hush hush');
    expect(namesOf(scene, 'environment', ground.work)).toContain('TOKEN');
  });

  it('observeShell() says what could be had back only where something may change', async () => {
    const ground = makeRepository();
    expect(snapshotAreas(await observe(ground, 'cat src/a.ts | grep x'))).toEqual([]);
    for (const text of ['git status; git log -p src', 'ls && git diff', 'cat < notes.txt', 'sudo -n cat x'])
      expect(snapshotAreas(await observe(ground, text))).toEqual([]);
    for (const text of ['git status; git reset', 'git -C . status', 'ls; xargs rm', "bash -c 'rm a'", 'git'])
      expect(snapshotAreas(await observe(ground, text))).toEqual([ground.work]);
    expect(snapshotAreas(await observe(ground, 'cat src/a.ts > notes.txt'))).toEqual([ground.work]);
    expect(snapshotAreas(await observe(ground, 'unheard-of'))).toEqual([ground.work]);
  });

  it('observeShell() takes a text of too many words for one that changes something', async () => {
    const ground = makeRepository();
    const many = Array.from({ length: 600 }, (_, at) => `word${at}`).join(' ');
    expect(snapshotAreas(await observe(ground, `cat ${many}`))).toEqual([ground.work]);
  });

  it('observeShell() says of a workspace that is too large what of it could be had back', async () => {
    const ground = makeGround();
    ground.sh('truncate -s 2G huge; mkdir small; touch small/a');
    expect([...snapshotAreas(await observe(ground, 'rm -rf small huge new'))].sort()).toEqual([
      join(ground.work, 'new'),
      join(ground.work, 'small'),
    ]);
  });
});

describe('what git has committed', () => {
  it.each([
    ['rm run.sh', ['run.sh']],
    ['rm -rf src', []],
    ['rm src/a.ts', []],
    ['rm src/deep/b.ts', ['src/deep/b.ts']],
    ['rm -r src/deep', ['src/deep']],
    ['rm notes.txt build/out.js', []],
    ['rm -rf .git', []],
    ['rm ../outside/x', []],
  ])('observeShell() knows what is as it was committed: %s', async (text, wanted) => {
    const ground = makeRepository();
    ground.write('../outside/x', 'x');
    expect(namesOf(await observe(ground, text), 'tracked', ground.work)).toEqual(wanted);
  });

  it.each([
    ['a new file in it', 'echo x > src/deep/new'],
    ['an ignored file in it', 'echo x > src/deep/x.log'],
    ['an empty directory in it', 'mkdir src/deep/empty'],
    ['a changed file', 'echo x >> src/deep/b.ts'],
    ['a file that may be executed now', 'chmod +x src/deep/b.ts'],
    ['a missing file', 'rm src/deep/b.ts'],
    ['a link instead of a file', 'cp src/deep/b.ts c && rm src/deep/b.ts && ln -s ../../c src/deep/b.ts'],
  ])('observeShell() takes no directory for committed with %s', async (_, change) => {
    const ground = makeRepository();
    ground.sh(change);
    expect(namesOf(await observe(ground, 'rm -r src/deep'), 'tracked', ground.work)).toEqual([]);
  });

  it('observeShell() runs nothing that a repository names', async () => {
    const ground = makeRepository();
    const trap = join(ground.outside, 'trap');
    writeFileSync(trap, `#!/bin/sh\ntouch ${ground.outside}/sprung\necho\n`);
    chmodSync(trap, 0o755);
    for (const name of ['core.fsmonitor', 'core.sshCommand', 'core.pager', 'pager.ls-tree', 'core.gitProxy'])
      ground.sh(`git config ${name} ${trap}`);
    ground.sh(`git config alias.ls-tree '!${trap}'; git config alias.rev-parse '!${trap}'`);
    for (const name of ['filter.x.clean', 'filter.x.smudge', 'diff.external'])
      ground.sh(`git config ${name} ${trap}`);
    ground.sh(`echo '* filter=x' > .gitattributes; git config core.alternateRefsCommand ${trap}`);
    ground.sh('git config extensions.partialClone origin; git config core.repositoryformatversion 1');
    ground.sh(`git config remote.origin.promisor true; git config remote.origin.url 'ext::${trap} x'`);
    ground.sh('git config protocol.ext.allow always; git config protocol.allow always');
    ground.sh('rm -f .git/objects/*/*; true');
    for (const hook of ['post-checkout', 'post-index-change', 'fsmonitor-watchman', 'reference-transaction'])
      ground.sh(`cp ${trap} .git/hooks/${hook}`);
    const scene = await observe(ground, 'rm run.sh src/deep/b.ts');
    expect(namesOf(scene, 'tracked', ground.work)).toEqual([]);
    expect(existsSync(join(ground.outside, 'sprung'))).toBe(false);
  });

  it('observeShell() asks no git that lies in the workspace', async () => {
    const ground = makeRepository();
    ground.write('bin/git', `#!/bin/sh\ntouch ${ground.outside}/sprung\n`, 0o755);
    await observe(ground, 'rm run.sh', { PATH: `${ground.work}/bin:${PATH}` });
    expect(existsSync(join(ground.outside, 'sprung'))).toBe(false);
  });

  it.each([
    ['works on another place', 'git config core.worktree ../outside'],
    ['keeps its state in another place', 'mv .git ../outside/git && echo gitdir: ../outside/git > .git'],
    ['is a link', 'mv .git ../outside/git && ln -s ../outside/git .git'],
    ['is none', 'rm -rf .git && mkdir .git'],
  ])('observeShell() offers no snapshot of a workspace whose repository %s', async (_, change) => {
    const ground = makeRepository();
    expect(snapshotAreas(await observe(ground, 'rm run.sh'))).toEqual([ground.work]);
    ground.sh(change);
    const scene = await observe(ground, 'rm run.sh');
    expect(snapshotAreas(scene)).toEqual([join(ground.work, 'run.sh')]);
    expect(namesOf(scene, 'tracked', ground.work)).toEqual([]);
  });
});

describe('observeFiles()', () => {
  it('observeFiles() tells of a file that is written what it is, or that nothing is there', async () => {
    const ground = makeRepository();
    const of = (paths: readonly string[], changes: boolean): Promise<Scene> =>
      observeFiles({
        paths,
        changes,
        directory: ground.work,
        place: { ...ground.place, environment: { ...ground.place.environment, PATH } },
      });
    const scene = await of(['run.sh', 'new.txt'], true);
    expect(namesOf(scene, 'path', ground.work)).toEqual(['run.sh', 'new.txt']);
    expect(namesOf(scene, 'tracked', ground.work)).toEqual(['run.sh']);
    expect([...snapshotAreas(scene)].sort()).toEqual(
      ['new.txt', 'run.sh'].map((name) => join(ground.work, name)),
    );
    expect(snapshotAreas(await of(['run.sh'], false))).toEqual([]);
  });
});
