import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeWorld, SETUP_MS } from '../run-writ.ts';

describe('writ init-keys', { timeout: SETUP_MS }, () => {
  it('makes a cell, prints where its keys are, and leaves them as they are when called again', async () => {
    const world = makeWorld();
    const { exit, out } = await world.writ('init-keys');
    expect(exit).toBe(0);
    const [first, privateLine = '', publicLine = '', ...rest] = out.split('\n');
    expect([first, rest]).toEqual(['Keys initialized.', ['']]);
    const paths = [privateLine.replace(/^Private key: /, ''), publicLine.replace(/^Public key:  /, '')];
    expect(paths.every((path) => path.startsWith(world.home) && existsSync(path))).toBe(true);
    const before = paths.map((path) => readFileSync(path, 'utf8'));
    expect((await world.writ('init-keys')).out).toBe(out);
    expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(before);
    expect((await world.writ('status')).exit).toBe(0);
  });
});
