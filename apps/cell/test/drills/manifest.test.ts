import { describe, expect, it } from 'vitest';
import { type Manifest, parseManifest, printManifest } from '../../src/drills/manifest.ts';

const DIGEST = '_YJkJlooSQT0kekr1v7hGgm4oZbnEFbdA-moI5wYJCE';

function manifestOf(path: string): Manifest {
  const settings = {
    format: 'writ-cell/v1',
    origin: 'host/cell/00',
    vkey: 'k',
    home: 'ns_1',
    operator: 'prn_1',
  } as const;
  const file = { path, bytes: 1, sha256: DIGEST };
  return {
    format: 'writ-backup/v1',
    settings,
    engine: DIGEST,
    size: 1,
    checkpoint: 'a note',
    files: [file],
  };
}

describe('parseManifest()', () => {
  it.each([
    ['a digest that begins with an underline', `engines/${DIGEST}.mjs`],
    ['a digest that begins with a dash', `blobs/-${DIGEST.slice(1)}`],
    ['a plain file', 'journal.sqlite'],
  ])('parseManifest() takes %s', (_what, path) => {
    const manifest = manifestOf(path);
    expect(parseManifest(printManifest(manifest))).toEqual(manifest);
  });

  it.each([
    ['the folder above', '../keys'],
    ['a folder above on the way', 'blobs/../../keys'],
    ['the root', '/keys'],
    ['a hidden file', '.git'],
    ['nothing', ''],
    ['a name with an empty part', 'blobs//x'],
    ['a backslash', 'blobs\\x'],
  ])('parseManifest() refuses %s', (_what, path) => {
    expect(() => parseManifest(printManifest(manifestOf(path)))).toThrow(/^BACKUP_INVALID/);
  });
});
