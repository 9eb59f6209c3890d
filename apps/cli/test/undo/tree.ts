import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import type { Place } from '../../src/program/command.ts';

const made: string[] = [];

afterAll(() => {
  for (const directory of made.splice(0)) {
    execFileSync('chmod', ['-R', 'u+rwx', directory]);
    rmSync(directory, { recursive: true, force: true });
  }
});

export type Ground = {
  readonly place: Place;
  /** A real path: what is snapshot. */
  readonly work: string;
  /** Beside it: what must never be touched. */
  readonly outside: string;
  write(name: string, content: string | Uint8Array, mode?: number): void;
  /** A shell in the work place, with nothing of this machine's settings. */
  sh(text: string): string;
};

export function makeGround(): Ground {
  const base = mkdtempSync(join(realpathSync(tmpdir()), 'writ-undo-test-'));
  made.push(base);
  const [work, outside, home] = ['work', 'outside', 'home'].map((name) => join(base, name));
  if (work === undefined || outside === undefined || home === undefined) throw new TypeError('three names');
  for (const path of [work, outside, home]) mkdirSync(path, { mode: 0o700 });
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.test',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.test',
  };
  return {
    place: { environment: { WRIT_HOME: join(base, 'writ') }, user_home: home },
    work,
    outside,
    write(name, content, mode = 0o644) {
      const path = join(work, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      chmodSync(path, mode);
    },
    sh: (text) =>
      execFileSync('bash', ['-p', '-c', text], { cwd: work, env, encoding: 'utf8', stdio: 'pipe' }),
  };
}

/** A small repository with two commits, a branch, a stash, and things that git does not know. */
export function makeRepository(): Ground {
  const ground = makeGround();
  const { sh, write } = ground;
  sh('git init -q -b main');
  write('.gitignore', 'build/\n*.log\n');
  write('src/a.ts', 'export const a = 1;\n');
  write('src/deep/b.ts', 'export const b = 2;\n');
  write('run.sh', '#!/bin/sh\necho run\n', 0o755);
  sh('ln -s src/a.ts link && git add -A && git commit -qm one');
  sh('git branch side && echo two >> src/a.ts && git commit -qam two');
  write('src/deep/b.ts', 'stashed\n');
  sh('git stash -q');
  write('src/a.ts', 'staged\n');
  sh('git add src/a.ts');
  write('src/a.ts', 'not staged\n');
  write('notes.txt', 'not known to git\n');
  write('build/out.js', 'built\n');
  sh('mkdir -p build/empty');
  return ground;
}

/** Everything that a snapshot promises: names, kinds, content, modes, targets. */
export function treeOf(path: string): readonly string[] {
  const lines: string[] = [];
  const walk = (at: string, name: string): void => {
    const stat = lstatSync(at);
    const mode = (stat.mode & 0o7777).toString(8);
    if (stat.isSymbolicLink()) lines.push(`${name} -> ${readlinkSync(at)}`);
    else if (stat.isFile()) lines.push(`${name} ${mode} ${readFileSync(at).toString('base64')}`);
    else if (!stat.isDirectory()) lines.push(`${name} special`);
    else {
      lines.push(`${name}/ ${mode}`);
      for (const below of readdirSync(at).sort()) walk(join(at, below), `${name}/${below}`);
    }
  };
  walk(path, '');
  return lines;
}
