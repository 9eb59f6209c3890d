import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeyPlace } from '../../src/client/key-place.ts';

let directory = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'writ-key-place-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** A file in the terminal's place: what is shown can be read again. */
const terminal = (): Promise<FileHandle> => open(join(directory, 'terminal'), 'w');
const shown = (): string => readFileSync(join(directory, 'terminal'), 'utf8');

describe('openKeyPlace()', () => {
  it('openKeyPlace() shows the key on the terminal once when no file is named', async () => {
    const place = await openKeyPlace(null, terminal);
    await place.keep('wk_key');
    expect(shown()).toBe('wk_key\n');
  });

  it('openKeyPlace() shows nothing when what was to be shown is not there', async () => {
    const place = await openKeyPlace(null, terminal);
    await place.discard();
    expect(shown()).toBe('');
  });

  it('openKeyPlace() opens no terminal when a file is named', async () => {
    const opened: string[] = [];
    const place = await openKeyPlace(join(directory, 'a.key'), () => {
      opened.push('terminal');
      return Promise.resolve(null);
    });
    await place.keep('wk_key');
    expect(opened).toEqual([]);
    expect(readFileSync(join(directory, 'a.key'), 'utf8')).toBe('wk_key\n');
  });

  it('openKeyPlace() refuses with USAGE when there is neither', async () => {
    await expect(openKeyPlace(null, () => Promise.resolve(null))).rejects.toMatchObject({ code: 'USAGE' });
  });
});
