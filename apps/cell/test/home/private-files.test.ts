import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { makePrivateDirectory, openHome } from '../../src/home/private-directory.ts';
import {
  createPrivateFile,
  destroyFile,
  readPrivateFile,
  replacePrivateFile,
  sweepTemporaries,
} from '../../src/home/private-file.ts';
import { resolveHome } from '../../src/home/resolve-home.ts';
import { temporaryDirectory } from './temporary.ts';

let root = '';
let path = '';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

beforeEach(() => {
  root = temporaryDirectory();
  path = join(root, 'file');
});

describe('directories', () => {
  test('openHome() makes directories for their owner alone when none exist', async () => {
    const home = resolveHome({ WRIT_HOME: join(root, 'a/b') }, root);
    await openHome(home);
    await openHome(home);
    for (const directory of [home.state, home.config, home.keys]) {
      expect(statSync(directory).mode & 0o777).toBe(0o700);
    }
  });

  test.each([0o750, 0o705, 0o777])(
    'makePrivateDirectory() refuses an existing one of mode %o',
    async (mode) => {
      const directory = join(root, 'open');
      mkdirSync(directory);
      chmodSync(directory, mode);
      await expect(makePrivateDirectory(directory)).rejects.toMatchObject({ code: 'STATE_PERMISSIONS' });
    },
  );

  test('makePrivateDirectory() refuses a link in place of the directory', async () => {
    mkdirSync(join(root, 'real'), { mode: 0o700 });
    symlinkSync(join(root, 'real'), join(root, 'link'));
    await expect(makePrivateDirectory(join(root, 'link'))).rejects.toMatchObject({
      code: 'STATE_PERMISSIONS',
    });
  });
});

describe('files', () => {
  test('createPrivateFile() writes for the owner alone and leaves nothing else', async () => {
    await createPrivateFile(path, bytes('content'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(root)).toEqual(['file']);
    expect(await readPrivateFile(path, 7)).toEqual(bytes('content'));
  });

  test('createPrivateFile() never replaces, also when called in parallel', async () => {
    const results = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map((text) => createPrivateFile(path, bytes(text))),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    await expect(createPrivateFile(path, bytes('e'))).rejects.toMatchObject({ code: 'FILE_EXISTS' });
    expect(readdirSync(root)).toEqual(['file']);
  });

  test('replacePrivateFile() replaces the whole content', async () => {
    await createPrivateFile(path, bytes('a long first content'));
    await replacePrivateFile(path, bytes('second'));
    expect(readFileSync(path, 'utf8')).toBe('second');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test.each([0o640, 0o604, 0o644])('readPrivateFile() refuses mode %o', async (mode) => {
    await createPrivateFile(path, bytes('secret'));
    chmodSync(path, mode);
    await expect(readPrivateFile(path, 100)).rejects.toMatchObject({ code: 'KEY_PERMISSIONS' });
  });

  test('readPrivateFile() refuses a link, a directory and a file over the bound', async () => {
    await createPrivateFile(path, bytes('12345'));
    symlinkSync(path, join(root, 'link'));
    await expect(readPrivateFile(join(root, 'link'), 9)).rejects.toMatchObject({ code: 'FILE_UNUSABLE' });
    await expect(readPrivateFile(root, 9)).rejects.toMatchObject({ code: 'FILE_UNUSABLE' });
    await expect(readPrivateFile(path, 4)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
    expect(await readPrivateFile(join(root, 'absent'), 9)).toBe('missing');
  });

  test('destroyFile() removes, and may be repeated', async () => {
    await createPrivateFile(path, bytes('secret'));
    await destroyFile(path);
    await destroyFile(path);
    expect(readdirSync(root)).toEqual([]);
  });

  test('sweepTemporaries() removes leftovers of this file only', async () => {
    writeFileSync(`${path}.0011.tmp`, 'left');
    writeFileSync(join(root, 'other.0011.tmp'), 'kept');
    await createPrivateFile(path, bytes('x'));
    truncateSync(path, 0);
    await sweepTemporaries(path);
    expect(readdirSync(root).sort()).toEqual(['file', 'other.0011.tmp']);
  });
});
