import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { locateHome, resolveHome } from '../../src/home/resolve-home.ts';
import { temporaryDirectory } from './temporary.ts';

let root = '';
beforeEach(() => {
  root = temporaryDirectory();
});

function repository(name: string, kind: 'directory' | 'file' | 'link' = 'directory'): string {
  const path = join(root, name);
  mkdirSync(path, { recursive: true });
  if (kind === 'directory') mkdirSync(join(path, '.git'));
  if (kind === 'file') writeFileSync(join(path, '.git'), 'gitdir: ../elsewhere\n');
  if (kind === 'link') symlinkSync('/nonexistent', join(path, '.git'));
  return path;
}

describe('where the home is', () => {
  test('resolveHome() follows the XDG defaults when nothing is set', () => {
    const home = resolveHome({}, root);
    expect(home).toEqual({
      state: join(root, '.local/state/writ'),
      config: join(root, '.config/writ'),
      keys: join(root, '.config/writ/keys'),
    });
  });

  test('resolveHome() takes both XDG directories when they are set, and needs no home then', () => {
    const environment = { XDG_STATE_HOME: join(root, 's'), XDG_CONFIG_HOME: join(root, 'c') };
    expect(resolveHome(environment, '')).toMatchObject({
      state: join(root, 's/writ'),
      config: join(root, 'c/writ'),
    });
  });

  test('resolveHome() lets WRIT_HOME override both', () => {
    const environment = { WRIT_HOME: join(root, 'w'), XDG_STATE_HOME: '/x', XDG_CONFIG_HOME: '/y' };
    expect(resolveHome(environment, root)).toEqual({
      state: join(root, 'w/state'),
      config: join(root, 'w/config'),
      keys: join(root, 'w/config/keys'),
    });
  });

  test('resolveHome() treats an empty variable as unset', () => {
    expect(resolveHome({ WRIT_HOME: '', XDG_STATE_HOME: '' }, root).state).toBe(
      join(root, '.local/state/writ'),
    );
  });

  test.each(['WRIT_HOME', 'XDG_STATE_HOME', 'XDG_CONFIG_HOME'])(
    'resolveHome() refuses a relative %s',
    (name) => {
      expect(() => resolveHome({ [name]: 'relative/path' }, root)).toThrow(/^HOME_PATH_RELATIVE/);
    },
  );

  test('resolveHome() refuses when no home directory is known', () => {
    expect(() => resolveHome({}, '')).toThrow(/^HOME_UNRESOLVED/);
  });
});

describe('a home inside a work tree', () => {
  test('locateHome() names it and looks at nothing', () => {
    const path = repository('project');
    expect(locateHome({ WRIT_HOME: path }, root)).toEqual({
      state: join(path, 'state'),
      config: join(path, 'config'),
      keys: join(path, 'config', 'keys'),
    });
  });

  test.each(['directory', 'file', 'link'] as const)('resolveHome() refuses when .git is a %s', (kind) => {
    const path = repository('repo', kind);
    expect(() => resolveHome({ WRIT_HOME: join(path, 'deep/not/yet/made') }, root)).toThrow(
      /^STATE_IN_WORKSPACE/,
    );
  });

  test('resolveHome() refuses the work tree itself and a home directory that is one', () => {
    const path = repository('repo');
    expect(() => resolveHome({ WRIT_HOME: path }, root)).toThrow(/^STATE_IN_WORKSPACE/);
    expect(() => resolveHome({}, path)).toThrow(/^STATE_IN_WORKSPACE/);
  });

  test('resolveHome() refuses when only one of the two lies in a work tree', () => {
    const path = repository('repo');
    const environment = { XDG_STATE_HOME: join(root, 'fine'), XDG_CONFIG_HOME: path };
    expect(() => resolveHome(environment, root)).toThrow(/^STATE_IN_WORKSPACE/);
  });

  test('resolveHome() refuses a link from outside into a work tree', () => {
    const path = repository('repo');
    symlinkSync(path, join(root, 'innocent'));
    expect(() => resolveHome({ WRIT_HOME: join(root, 'innocent/x') }, root)).toThrow(/^STATE_IN_WORKSPACE/);
  });

  test('resolveHome() refuses a way that only passes through a link inside a work tree', () => {
    const path = repository('repo');
    mkdirSync(join(root, 'outside'));
    symlinkSync('../outside', join(path, 'way'));
    symlinkSync(join(path, 'way'), join(root, 'hop'));
    expect(() => resolveHome({ WRIT_HOME: join(root, 'hop/x') }, root)).toThrow(/^STATE_IN_WORKSPACE/);
  });

  test('resolveHome() refuses a loop of links', () => {
    symlinkSync(join(root, 'b'), join(root, 'a'));
    symlinkSync(join(root, 'a'), join(root, 'b'));
    expect(() => resolveHome({ WRIT_HOME: join(root, 'a/x') }, root)).toThrow(/^HOME_UNRESOLVED/);
  });

  test('resolveHome() accepts a neighbour of a work tree', () => {
    repository('repo');
    expect(resolveHome({ WRIT_HOME: join(root, 'repo-not') }, root).state).toBe(join(root, 'repo-not/state'));
  });
});
