import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openFileBlobStore } from '../../src/blobs/file-blob-store.ts';
import { openMemoryBlobStore } from '../../src/blobs/memory-blob-store.ts';
import { temporaryDirectory } from '../home/temporary.ts';
import { describeBlobStore } from './contract.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describeBlobStore('in memory', async () => openMemoryBlobStore());
describeBlobStore('in files', () => openFileBlobStore(join(temporaryDirectory(), 'blobs')));

describe('blob files', () => {
  test('get() names any change of a file, and put() heals it', async () => {
    const directory = temporaryDirectory();
    const store = await openFileBlobStore(directory);
    const digest = await store.put(bytes('policy text'));
    const path = join(directory, readdirSync(directory)[0] ?? '');
    for (const damaged of ['', 'policy tex', 'policy texu', 'policy text ']) {
      writeFileSync(path, damaged);
      await expect(store.get(digest)).rejects.toMatchObject({ code: 'BLOB_CORRUPT' });
    }
    writeFileSync(path, new Uint8Array(5 * 1024 * 1024));
    await expect(store.get(digest)).rejects.toMatchObject({ code: 'BLOB_TOO_LARGE' });
    expect(await store.put(bytes('policy text'))).toBe(digest);
    expect(await store.get(digest)).toEqual(bytes('policy text'));
  });

  test('openFileBlobStore() removes what a crash left unfinished, and nothing else', async () => {
    const directory = temporaryDirectory();
    const store = await openFileBlobStore(directory);
    await store.put(bytes('kept'));
    const [name] = readdirSync(directory);
    writeFileSync(join(directory, `${name}.0011223344556677.tmp`), 'half');
    await openFileBlobStore(directory);
    expect(readdirSync(directory)).toEqual([name]);
    expect(readFileSync(join(directory, name ?? ''), 'utf8')).toBe('kept');
  });
});
