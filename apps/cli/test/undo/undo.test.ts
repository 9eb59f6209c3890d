import { createHash } from 'node:crypto';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { finishSnapshot, takeSnapshot } from '../../src/undo/take-snapshot.ts';
import { lookUndo, undo } from '../../src/undo/undo.ts';
import { runSnapshot } from './run-snapshot.ts';
import { makeGround, makeRepository, treeOf } from './tree.ts';

describe('undo()', () => {
  it.each([
    'rm -rf src',
    'rm -rf .git',
    'git reset -q --hard',
    'git reset -q --hard HEAD~1',
    'git checkout -q -- .',
    'git clean -qfdx',
    'git branch -q -D side',
    'git stash drop -q',
    'git commit -qam three --amend && git reflog expire --expire=now --all && git gc -q --prune=now',
    'mv src moved',
    'mv notes.txt src/a.ts',
    "sed -i 's/staged/changed/' src/a.ts",
    '> notes.txt',
    'echo more >> notes.txt',
    'chmod -R 000 src && chmod 600 run.sh',
    'rmdir build/empty',
    'rm link && ln -s notes.txt link',
    'rm notes.txt && mkdir notes.txt && echo x > notes.txt/inner',
    'rm -rf src && echo now a file > src',
    'rm link && cp notes.txt link',
    'mkdir -p new/deep && echo x > new/deep/file && ln -s / new/root',
    'find . -delete || true',
    'rm -rf "$PWD"/* "$PWD"/.[a-z]*',
    'truncate -s 10000000 big && cat big big > src/deep/b.ts',
  ])('undo() gives back everything after: %s', (command) => {
    const ground = makeRepository();
    const before = treeOf(ground.work);
    const id = runSnapshot(ground, command);
    const changed = treeOf(ground.work);
    expect(changed).not.toEqual(before);
    undo(ground.place, id, false);
    expect(treeOf(ground.work)).toEqual(before);
    expect(lookUndo(ground.place, id).plan).toEqual({ steps: [], conflicts: [], lost: [] });
    expect(undo(ground.place, id, false).steps).toEqual([]);
  });

  it('undo() touches nothing that the action left alone when others changed it since', () => {
    const ground = makeRepository();
    const id = runSnapshot(ground, 'rm -rf src');
    ground.write('notes.txt', 'mine, since');
    ground.write('later.txt', 'mine, since');
    undo(ground.place, id, false);
    expect(readFileSync(join(ground.work, 'notes.txt'), 'utf8')).toBe('mine, since');
    expect(existsSync(join(ground.work, 'later.txt'))).toBe(true);
    expect(existsSync(join(ground.work, 'src/a.ts'))).toBe(true);
  });

  it('undo() refuses, changing nothing, when what the action changed was changed again', () => {
    const ground = makeRepository();
    const before = treeOf(ground.work);
    const id = runSnapshot(ground, 'echo theirs > notes.txt; rm run.sh');
    ground.write('notes.txt', 'mine, since');
    const changed = treeOf(ground.work);
    expect(() => undo(ground.place, id, false)).toThrow(/^UNDO_CONFLICT/);
    expect(treeOf(ground.work)).toEqual(changed);
    expect(lookUndo(ground.place, id).plan.conflicts).toEqual([
      { path: join(ground.work, 'notes.txt'), why: 'changed_since' },
    ]);
    undo(ground.place, id, true);
    expect(treeOf(ground.work)).toEqual(before);
  });

  it('undo() keeps what others put into a directory that the action made', () => {
    const ground = makeGround();
    const id = runSnapshot(ground, 'mkdir new && echo theirs > new/theirs');
    ground.write('new/mine', 'mine');
    undo(ground.place, id, false);
    expect(readFileSync(join(ground.work, 'new/mine'), 'utf8')).toBe('mine');
    expect(existsSync(join(ground.work, 'new/theirs'))).toBe(false);
  });

  it('undo() asks before it overrides what nobody saw the end of', () => {
    const ground = makeRepository();
    const before = treeOf(ground.work);
    takeSnapshot(ground.place, { id: 'act_killed', by: 'prn_a', areas: [ground.work] });
    ground.sh('rm -rf src');
    expect(() => undo(ground.place, 'act_killed', false)).toThrow(/^UNDO_CONFLICT/);
    undo(ground.place, 'act_killed', true);
    expect(treeOf(ground.work)).toEqual(before);
  });

  it('undo() of an undo gives back what the first took', () => {
    const ground = makeRepository();
    const id = runSnapshot(ground, 'rm -rf src && echo x > new');
    const changed = treeOf(ground.work);
    takeSnapshot(ground.place, { id: 'act_undo', by: 'prn_a', areas: [ground.work], lenient: true });
    undo(ground.place, id, false);
    finishSnapshot(ground.place, 'act_undo');
    undo(ground.place, 'act_undo', false);
    expect(treeOf(ground.work)).toEqual(changed);
  });

  it('undo() gives back areas that were not there, and files by themselves', () => {
    const ground = makeRepository();
    const before = treeOf(ground.work);
    const areas = ['notes.txt', 'elsewhere', 'no/such/place', 'src/deep'].map((name) =>
      join(ground.work, name),
    );
    const id = runSnapshot(ground, 'mv notes.txt elsewhere && rm -r src/deep', areas);
    undo(ground.place, id, false);
    expect(treeOf(ground.work)).toEqual(before);
  });

  it('undo() writes nothing through a link that was put into its way', () => {
    const ground = makeRepository();
    const id = runSnapshot(ground, 'rm -rf src');
    symlinkSync(ground.outside, join(ground.work, 'src'));
    expect(() => undo(ground.place, id, false)).toThrow(/^UNDO_CONFLICT/);
    undo(ground.place, id, true);
    expect(treeOf(ground.outside)).toEqual(['/ 700']);
    expect(readFileSync(join(ground.work, 'src/a.ts'), 'utf8')).toBe('not staged\n');
  });

  it('undo() writes nothing when the whole place became a link', () => {
    const ground = makeRepository();
    const id = runSnapshot(ground, 'rm -rf src/a.ts');
    ground.sh('mv "$PWD" "$PWD.away"');
    symlinkSync(ground.outside, ground.work);
    expect(() => undo(ground.place, id, false)).toThrow(/^UNDO_CONFLICT/);
    undo(ground.place, id, true);
    expect(treeOf(ground.outside)).toEqual(['/ 700']);
  });

  it('undo() uses up what a crash of an undo left beside a file', () => {
    const ground = makeGround();
    ground.write('a', 'first');
    const id = runSnapshot(ground, 'echo second > a');
    const left = lookUndo(ground.place, id).plan.steps;
    expect(left.map(({ path }) => path)).toEqual([join(ground.work, 'a')]);
    const mark = createHash('sha256').update(join(ground.work, 'a')).digest('hex').slice(0, 16);
    symlinkSync(join(ground.outside, 'through'), join(ground.work, `.writ-undo-${mark}`));
    undo(ground.place, id, false);
    expect(treeOf(ground.work)).toEqual(['/ 700', `/a 644 ${Buffer.from('first').toString('base64')}`]);
    expect(treeOf(ground.outside)).toEqual(['/ 700']);
  });
});
