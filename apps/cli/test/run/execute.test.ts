import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { execute, type ToExecute } from '../../src/run/execute.ts';
import { digestOfFile, digestOfText } from '../../src/run/hash-file.ts';
import { interpretersOf } from '../../src/run/interpreters.ts';
import { observe } from '../../src/run/observe.ts';

let directory = '';
const at = (name: string): string => join(directory, name);

function program(name: string, text: string): string {
  writeFileSync(at(name), text);
  chmodSync(at(name), 0o755);
  return at(name);
}

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'writ-run-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const callOf = (real: string, digest: string, args: readonly string[] = []): ToExecute => ({
  executable: 'it',
  args,
  real,
  digest,
  directory,
  environment: { PATH: process.env['PATH'] },
  capture: true,
});

describe('execute()', () => {
  it('runs a program and a script that hold what was recorded', async () => {
    const script = program('good', '#!/bin/sh\ntouch "$1"\nexit 3\n');
    const digest = (await digestOfFile(script)) ?? '';
    expect(await execute(callOf(script, digest, ['made']))).toMatchObject({ kind: 'ended', exit: 3 });
    expect(existsSync(at('made'))).toBe(true);
    const binary = (await digestOfFile(process.execPath)) ?? '';
    const ran = await execute(callOf(process.execPath, binary, ['-e', 'process.exit(4)']));
    expect(ran).toMatchObject({ kind: 'ended', exit: 4, signal: null });
  });

  it('runs nothing when the file holds something else, or is another, or is gone', async () => {
    const script = program('changed', '#!/bin/sh\ntouch ran-changed\n');
    const digest = (await digestOfFile(script)) ?? '';
    program('changed', '#!/bin/sh\ntouch ran-changed\n# and more\n');
    expect(await execute(callOf(script, digest))).toEqual({ kind: 'refused', code: 'PROGRAM_CHANGED' });
    rmSync(script);
    symlinkSync(program('evil', '#!/bin/sh\ntouch ran-changed\n#\n'), script);
    expect(await execute(callOf(script, digest))).toEqual({ kind: 'refused', code: 'PROGRAM_CHANGED' });
    rmSync(script);
    expect(await execute(callOf(script, digest))).toEqual({ kind: 'refused', code: 'PROGRAM_CHANGED' });
    expect(existsSync(at('ran-changed'))).toBe(false);
  });

  it('runs the file that was opened, whatever its name leads to by then', async () => {
    // The program itself says which file it is.
    const script = program('named', '#!/bin/sh\nprintf %s "$0" > name\n');
    await execute(callOf(script, (await digestOfFile(script)) ?? ''));
    const { stdout } = spawnSync('cat', [at('name')], { encoding: 'utf8' });
    if (process.platform === 'linux') expect(stdout).toMatch(/^\/proc\/\d+\/fd\/\d+$/);
    else expect(stdout).toBe(script);
  });

  it('says when the system does not start it', async () => {
    const text = program('text', '\u0000no program');
    expect(await execute(callOf(text, (await digestOfFile(text)) ?? ''))).toEqual({
      kind: 'refused',
      code: 'PROGRAM_UNSTARTED',
    });
  });
});

describe('observe()', () => {
  const observed = (executable: string, args: readonly string[] = []) =>
    observe({
      executable,
      args,
      directory,
      environment: { PATH: '/usr/bin:/bin', SECRET: 'hush' },
      place: { environment: { WRIT_HOME: join(directory, '..', 'writ-home') }, user_home: '/' },
    });

  it('names the program, its interpreter and the files among its words, with what they hold', async () => {
    const script = program('observed', '#!/usr/bin/env sh\n');
    writeFileSync(at('data'), 'data');
    symlinkSync(at('data'), at('link'));
    const { scene, digest, program: found } = await observed('./observed', ['data', 'link', '-x', '', '.']);
    expect(found.real).toBe(script);
    const has = (kind: string, name: string) =>
      scene.items.find((one) => one.kind === kind && one.name === name);
    expect(has('program', script)).toEqual({ kind: 'program', name: script, digest, used: true });
    expect(has('program', '/usr/bin/env')).toMatchObject({ used: true });
    expect(scene.items.some(({ kind, name }) => kind === 'program' && name.endsWith('/sh'))).toBe(true);
    expect(has('script', at('data'))).toMatchObject({ digest: digestOfText('data'), used: true });
    expect(has('path', at('data'))).toMatchObject({ used: false });
    // Under the name of a link stands nothing.
    expect(has('path', at('link'))).toBeUndefined();
    expect(has('directory', directory)).toBeDefined();
    expect(scene).toMatchObject({ directory, roots: [directory], shell: null });
  });

  it('holds digests of the environment, and no value of it', async () => {
    const { scene } = await observed('sh');
    const environment = scene.items.filter(({ kind }) => kind === 'environment');
    expect(environment.map(({ name }) => name).sort()).toEqual(['PATH', 'SECRET']);
    expect(JSON.stringify(scene)).not.toContain('hush');
  });

  it('refuses a call of more files than a scene holds', async () => {
    const names = Array.from({ length: 300 }, (_, count) => `many-${count}`);
    for (const name of names) writeFileSync(at(name), name);
    await expect(observed('sh', names)).rejects.toMatchObject({ code: 'SCENE_TOO_LARGE' });
  });
});

describe('interpretersOf()', () => {
  it('gives none for what is no script, and ends where scripts interpret each other for ever', async () => {
    expect(await interpretersOf(process.execPath, '')).toEqual([]);
    program('one', `#!${at('two')}\n`);
    program('two', `#!${at('one')}\n`);
    expect((await interpretersOf(at('one'), '')).length).toBeGreaterThan(0);
  });
});
