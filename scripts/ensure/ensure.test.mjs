// The installer against an npm that only writes down how it was called.
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../bundle.mjs';

/** Notes its arguments and environment, takes a moment, and leaves a node_modules behind. */
const NPM = `
const fs = require('node:fs');
const call = { words: process.argv.slice(2), env: process.env, node: process.execPath };
fs.appendFileSync('calls.txt', JSON.stringify(call) + '\\n');
if (fs.existsSync('npm-fails')) process.exit(7);
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
fs.mkdirSync('node_modules/.bin', { recursive: true });
`;

describe.skipIf(process.platform === 'win32')('ensure', () => {
  let place;
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'writ-ensure-'));
    mkdirSync(join(place, 'scripts'));
    for (const name of ['ensure.mjs', 'install-lock.mjs']) {
      cpSync(join(root, 'scripts', name), join(place, 'scripts', name));
    }
    writeFileSync(join(place, 'npm.cjs'), NPM);
    writeFileSync(join(place, 'package-lock.json'), '{}\n');
  });
  afterEach(() => rmSync(place, { recursive: true, force: true }));

  const environment = (more) => ({
    ...process.env,
    npm_execpath: join(place, 'npm.cjs'),
    npm_node_execpath: process.execPath,
    ...more,
  });
  const words = () => [join(place, 'scripts/ensure.mjs')];
  const ensure = (more = {}) =>
    spawnSync(process.execPath, words(), { cwd: place, env: environment(more), encoding: 'utf8' });
  const ensureBeside = () =>
    new Promise((done) => {
      spawn(process.execPath, words(), { cwd: place, env: environment({}) }).on('close', done);
    });
  const calls = () => {
    const file = join(place, 'calls.txt');
    if (!existsSync(file)) return [];
    return readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  };

  it('installs once, and again when the lock file changes', () => {
    expect(ensure().status).toBe(0);
    expect(ensure().status).toBe(0);
    expect(calls().map((call) => call.words.slice(0, 3))).toEqual([
      ['ci', '--include=dev', '--include=optional'],
    ]);
    writeFileSync(join(place, 'package-lock.json'), '{ }\n');
    expect(ensure().status).toBe(0);
    expect(calls()).toHaveLength(2);
    expect(existsSync(join(place, '.writ-installing'))).toBe(false);
  });

  it('says nothing on stdout, which belongs to the next command', () => expect(ensure().stdout).toBe(''));

  it('fails when npm fails, and tries again next time', () => {
    writeFileSync(join(place, 'npm-fails'), '');
    const failed = ensure();
    expect(failed.status).toBe(1);
    expect(failed.stderr).toContain('npm ci failed (7)');
    expect(failed.stderr).not.toContain('    at ');
    rmSync(join(place, 'npm-fails'));
    expect(ensure().status).toBe(0);
    expect(calls()).toHaveLength(2);
  });

  it('installs once when four start together', async () => {
    const all = await Promise.all([ensureBeside(), ensureBeside(), ensureBeside(), ensureBeside()]);
    expect(all).toEqual([0, 0, 0, 0]);
    expect(calls()).toHaveLength(1);
  });

  it('takes the lock over from an owner that died', () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    writeFileSync(join(place, '.writ-installing'), `${dead}\n`);
    expect(ensure().status).toBe(0);
    expect(calls()).toHaveLength(1);
    expect(existsSync(join(place, '.writ-installing'))).toBe(false);
  });

  it('hides settings that would make npm install less, or elsewhere', () => {
    const misleading = {
      NODE_ENV: 'production',
      npm_config_omit: 'dev',
      NPM_CONFIG_DRY_RUN: 'true',
      npm_config_workspace: 'packages/proof',
      npm_config_ignore_scripts: 'true',
    };
    expect(ensure({ ...misleading, npm_config_cache: '/somewhere' }).status).toBe(0);
    const [{ env }] = calls();
    for (const name of Object.keys(misleading)) expect(env).not.toHaveProperty(name);
    expect(env.npm_config_cache).toBe('/somewhere');
  });

  it('does not install with the Node that it is about to delete', () => {
    mkdirSync(join(place, 'node_modules/.bin'), { recursive: true });
    const inside = join(place, 'node_modules/.bin/node');
    cpSync(process.execPath, inside, { dereference: true });
    const PATH = [join(place, 'node_modules/.bin'), process.env.PATH].join(delimiter);
    const done = spawnSync(inside, words(), {
      cwd: place,
      env: environment({ npm_node_execpath: inside, PATH }),
      encoding: 'utf8',
    });
    expect(done.status).toBe(0);
    expect(calls()[0].node).not.toBe(inside);
  });

  it('refuses a Node that is too old to run Writ, and says what to do', () => {
    mkdirSync(join(place, 'old'));
    writeFileSync(join(place, 'old/node'), '#!/bin/sh\necho 20.20.2\n');
    chmodSync(join(place, 'old/node'), 0o755);
    for (const name of ['sh', 'echo']) {
      const where = ['/bin', '/usr/bin'].map((folder) => join(folder, name)).find((file) => existsSync(file));
      if (where !== undefined) symlinkSync(where, join(place, 'old', name));
    }
    const refused = ensure({ PATH: join(place, 'old') });
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/needs Node 24 or newer and would run on 20\.20\.2.*install Node 24/);
  });
});
