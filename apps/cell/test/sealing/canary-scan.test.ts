import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../home/temporary.ts';

const script = fileURLToPath(new URL('../../../../scripts/canary-scan.mjs', import.meta.url));
const canary = 'kanarie "ä\n" 4711';
let root = '';

beforeEach(() => {
  root = temporaryDirectory();
});

function scan(...given: readonly string[]): { status: number | null; stdout: string } {
  const { status, stdout } = spawnSync(process.execPath, [script, ...given], { encoding: 'utf8' });
  return { status, stdout };
}

describe('canary-scan', () => {
  const utf16 = Buffer.from(canary, 'utf16le');
  const escapes = Array.from({ length: canary.length }, (_, index) => canary.charCodeAt(index))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
  test.each([
    ['plain', Buffer.from(canary)],
    ['hex', Buffer.from(Buffer.from(canary).toString('hex'))],
    ['upper hex', Buffer.from(Buffer.from(canary).toString('hex').toUpperCase())],
    ['base64', Buffer.from(Buffer.from(canary).toString('base64'))],
    ['base64 shifted by 1', Buffer.from(Buffer.from(`x${canary}yy`).toString('base64'))],
    ['base64url shifted by 2', Buffer.from(Buffer.from(`xx${canary}y`).toString('base64url'))],
    ['UTF-16 LE', utf16],
    ['UTF-16 BE', Buffer.from(utf16).swap16()],
    ['a JSON string', Buffer.from(JSON.stringify({ canary }))],
    ['JSON escapes', Buffer.from(escapes)],
  ])('finds %s and says where', (_name, bytes) => {
    mkdirSync(join(root, 'deep'));
    writeFileSync(join(root, 'deep/file'), Buffer.concat([Buffer.alloc(1000), bytes, Buffer.alloc(10)]));
    const { status, stdout } = scan(root, '--canary', canary);
    expect(status).toBe(1);
    expect(stdout).toMatch(/deep\/file:10\d\d canary 1 /);
  });

  test('finds across the edge of two reads, once', () => {
    const edge = 4 * 1024 * 1024;
    for (const before of [0, 1, 7, 16]) {
      const bytes = Buffer.alloc(edge + 100);
      bytes.write(canary, edge - before);
      writeFileSync(join(root, 'file'), bytes);
      const { status, stdout } = scan(root, '--canary', canary);
      expect(status).toBe(1);
      expect(stdout).toContain(`file:${edge - before} canary 1 plain`);
      expect(stdout).toContain('1 files scanned, 1 finds');
    }
  });

  test('exits 0 when nothing is there, and 2 when it cannot tell', () => {
    writeFileSync(join(root, 'file'), 'nothing to see');
    expect(scan(root, '--canary', canary)).toMatchObject({ status: 0 });
    expect(scan(root).status).toBe(2);
    expect(scan(root, '--canary', 'short').status).toBe(2);
    expect(scan(join(root, 'absent'), '--canary', canary).status).toBe(2);
    mkdirSync(join(root, 'empty'));
    expect(scan(join(root, 'empty'), '--canary', canary).status).toBe(2);
  });
});
