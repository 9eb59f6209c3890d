import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type CellSettings, readSettings, writeSettings } from '../../src/cell/settings.ts';
import { temporaryDirectory } from '../home/temporary.ts';

const SETTINGS: CellSettings = {
  format: 'writ-cell/v1',
  origin: 'host/cell/0011223344556677',
  vkey: 'host/cell/0011223344556677+01234567+AQID',
  home: 'ns_00000000000000000000000001',
  operator: 'prn_00000000000000000000000001',
};

let path = '';
beforeEach(() => {
  path = join(temporaryDirectory(), 'cell.json');
});

function write(value: unknown): void {
  writeFileSync(path, JSON.stringify(value), { mode: 0o600 });
}

describe('settings', () => {
  it('readSettings() gives back what writeSettings() wrote, in a file for this user alone', async () => {
    await writeSettings(path, SETTINGS);
    expect(await readSettings(path)).toEqual(SETTINGS);
    expect(readFileSync(path, 'utf8').endsWith('}\n')).toBe(true);
  });

  it('readSettings() answers null where nothing is', async () => {
    expect(await readSettings(path)).toBeNull();
  });

  it('writeSettings() never replaces settings: they say whose log this is', async () => {
    await writeSettings(path, SETTINGS);
    const other = { ...SETTINGS, home: 'ns_00000000000000000000000002' };
    await expect(writeSettings(path, other)).rejects.toThrow(/^FILE_EXISTS/);
    expect(await readSettings(path)).toEqual(SETTINGS);
  });

  it.each([
    ['another format', { ...SETTINGS, format: 'writ-cell/v2' }],
    ['no format', { ...SETTINGS, format: undefined }],
    ['no origin', { ...SETTINGS, origin: undefined }],
    ['an empty key', { ...SETTINGS, vkey: '' }],
    ['a namespace that is no text', { ...SETTINGS, home: 1 }],
    ['an operator that is null', { ...SETTINGS, operator: null }],
    ['a list', [SETTINGS]],
    ['null', null],
    ['a text', 'writ-cell/v1'],
  ])('readSettings() refuses %s', async (_reason, value) => {
    write(value);
    await expect(readSettings(path)).rejects.toThrow(/^STORE_CORRUPT/);
  });

  it('readSettings() refuses what is no JSON', async () => {
    writeFileSync(path, '{', { mode: 0o600 });
    await expect(readSettings(path)).rejects.toThrow(/^STORE_CORRUPT/);
  });

  it('readSettings() refuses a file that others may read', async () => {
    await writeSettings(path, SETTINGS);
    chmodSync(path, 0o644);
    await expect(readSettings(path)).rejects.toThrow(/^KEY_PERMISSIONS/);
  });

  it('readSettings() refuses a file that is too large to be one', async () => {
    write({ ...SETTINGS, origin: 'x'.repeat(5_000) });
    await expect(readSettings(path)).rejects.toThrow(/cell\.json/);
  });
});
