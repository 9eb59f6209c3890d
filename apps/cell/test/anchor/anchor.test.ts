import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Anchor, parseAnchor, printAnchor } from '../../src/anchor/anchor.ts';
import { checkAnchor } from '../../src/anchor/check-anchor.ts';
import { openAnchor } from '../../src/anchor/open-anchor.ts';
import { temporaryDirectory } from '../home/temporary.ts';

const rootOf = (byte: number): string => Buffer.alloc(32, byte).toString('base64');

function anchorAt(size: number, byte = size % 250, origin = 'host/cell/0011223344556677'): Anchor {
  const root = rootOf(byte);
  return { origin, size, root, note: `${origin}\n${size}\n${root}\n\n— ${origin} AAAA\n` };
}

let directory = '';
beforeEach(() => {
  directory = temporaryDirectory();
});

describe('the anchor file', () => {
  test('parseAnchor() is the inverse of printAnchor()', () => {
    for (const size of [0, 1, 255, 2 ** 53 - 1]) {
      expect(parseAnchor(printAnchor(anchorAt(size)))).toEqual(anchorAt(size));
    }
  });

  test.each([
    ['empty', ''],
    ['another version', 'writ-anchor/v2\n'],
    ['no note', 'writ-anchor/v1\n'],
    ['no root', 'writ-anchor/v1\norigin\n5\n'],
    ['a leading zero', `writ-anchor/v1\norigin\n05\n${rootOf(1)}\n`],
    ['a size beyond exact numbers', `writ-anchor/v1\norigin\n9007199254740993\n${rootOf(1)}\n`],
    ['a negative size', `writ-anchor/v1\norigin\n-5\n${rootOf(1)}\n`],
    ['a size in hex', `writ-anchor/v1\norigin\n0x5\n${rootOf(1)}\n`],
    ['a short root', `writ-anchor/v1\norigin\n5\n${rootOf(1).slice(4)}\n`],
    ['a root in another spelling', `writ-anchor/v1\norigin\n5\n${rootOf(1).replace('=', '')}\n`],
    ['an empty origin', `writ-anchor/v1\n\n5\n${rootOf(1)}\n`],
  ])('parseAnchor() refuses %s', (_name, text) => {
    expect(() => parseAnchor(Buffer.from(text))).toThrow(/^ANCHOR_CORRUPT/);
  });

  test('parseAnchor() refuses bytes that are not UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from(printAnchor(anchorAt(5))), Buffer.from([0xff])]);
    expect(() => parseAnchor(bytes)).toThrow(/^ANCHOR_CORRUPT/);
  });
});

describe('openAnchor', () => {
  test('sync() makes the highest offer durable, and only then', async () => {
    const keeper = await openAnchor(directory);
    expect(keeper.durable()).toBeUndefined();
    await keeper.sync();
    expect(readdirSync(directory)).toEqual([]);
    for (const size of [1, 5, 9]) keeper.offer(anchorAt(size));
    expect(keeper.durable()).toBeUndefined();
    await Promise.all([keeper.sync(), keeper.sync()]);
    keeper.offer(anchorAt(12));
    expect(keeper.durable()).toEqual(anchorAt(9));
    expect((await openAnchor(directory)).durable()).toEqual(anchorAt(9));
  });

  test('offer() refuses to go back or to another history, and keeps what it had', async () => {
    const keeper = await openAnchor(directory);
    keeper.offer(anchorAt(9));
    keeper.offer(anchorAt(9));
    expect(() => keeper.offer(anchorAt(8))).toThrow(/^ANCHOR_BACKWARDS/);
    expect(() => keeper.offer(anchorAt(9, 77))).toThrow(/^ANCHOR_FORKED/);
    expect(() => keeper.offer(anchorAt(10, 1, 'host/cell/other'))).toThrow(/^ANCHOR_FORKED/);
    expect(() => keeper.offer({ ...anchorAt(10), size: 11 })).toThrow(/^ANCHOR_INVALID/);
    await keeper.sync();
    expect(keeper.durable()).toEqual(anchorAt(9));
  });

  test('replace() begins another epoch', async () => {
    const keeper = await openAnchor(directory);
    keeper.offer(anchorAt(9));
    await keeper.sync();
    await keeper.replace(anchorAt(1, 3, 'host/cell/8899aabbccddeeff'));
    expect(() => keeper.offer(anchorAt(10))).toThrow(/^ANCHOR_FORKED/);
    expect((await openAnchor(directory)).durable()?.origin).toBe('host/cell/8899aabbccddeeff');
  });

  test('sync() rejects while the file cannot be written and succeeds afterwards', async () => {
    const keeper = await openAnchor(directory);
    keeper.offer(anchorAt(3));
    mkdirSync(join(directory, 'anchor'));
    await expect(keeper.sync()).rejects.toThrow(/EISDIR|EEXIST|ENOTEMPTY|EPERM/);
    expect(keeper.durable()).toBeUndefined();
    rmSync(join(directory, 'anchor'), { recursive: true });
    await keeper.sync();
    expect(keeper.durable()).toEqual(anchorAt(3));
    expect(readdirSync(directory)).toEqual(['anchor']);
  });

  test('openAnchor() refuses a damaged or shared file', async () => {
    const keeper = await openAnchor(directory);
    await keeper.replace(anchorAt(3));
    const path = join(directory, 'anchor');
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, 30));
    await expect(openAnchor(directory)).rejects.toMatchObject({ code: 'ANCHOR_CORRUPT' });
    writeFileSync(path, bytes);
    chmodSync(path, 0o644);
    await expect(openAnchor(directory)).rejects.toMatchObject({ code: 'KEY_PERMISSIONS' });
  });
});

describe('checkAnchor', () => {
  const journal = (size: number, origin = anchorAt(0).origin) => ({
    origin,
    size,
    rootAt: async (at: number) => rootOf(at % 250),
  });

  test('checkAnchor() accepts a journal that contains the anchor, grown or not', async () => {
    expect(await checkAnchor(anchorAt(9), journal(9))).toEqual({ kind: 'ok' });
    expect(await checkAnchor(anchorAt(9), journal(12))).toEqual({ kind: 'ok' });
    expect(await checkAnchor(undefined, journal(12))).toEqual({ kind: 'absent' });
  });

  test('checkAnchor() names a rolled back journal and a forked one', async () => {
    expect(await checkAnchor(anchorAt(9), journal(8))).toMatchObject({
      kind: 'refused',
      code: 'ROLLED_BACK',
    });
    expect(await checkAnchor(anchorAt(9), journal(0))).toMatchObject({
      kind: 'refused',
      code: 'ROLLED_BACK',
    });
    expect(await checkAnchor(anchorAt(9, 77), journal(12))).toMatchObject({
      kind: 'refused',
      code: 'FORKED',
    });
    const other = journal(12, 'host/cell/other');
    expect(await checkAnchor(anchorAt(9), other)).toMatchObject({ kind: 'refused', code: 'FORKED' });
  });
});
