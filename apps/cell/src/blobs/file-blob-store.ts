import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { HomeFailure } from '../home/failure.ts';
import { makePrivateDirectory, syncDirectory } from '../home/private-directory.ts';
import { readPrivateFile, replacePrivateFile } from '../home/private-file.ts';
import type { BlobKind, BlobStore } from './blob-store.ts';
import { checkSize, digestOf, hexOf, maxBytes } from './check-blobs.ts';
import { BlobFailure } from './failure.ts';

/** A blob store with one file a blob, named by its digest, in a directory inside the locked store. */
export async function openFileBlobStore(directory: string): Promise<BlobStore> {
  await makePrivateDirectory(directory);
  await sweepUnfinished(directory);
  return {
    async put(bytes, kind = 'document') {
      checkSize(bytes, kind);
      // Later changes by the caller must not reach the file.
      const copy = Uint8Array.from(bytes);
      const digest = digestOf(copy);
      const path = pathOf(directory, digest);
      // A whole file was synced before it got its name; the name may still wait for its sync after a crash.
      if (await isWhole(path, digest, kind)) await syncDirectory(directory);
      else await replacePrivateFile(path, copy);
      return digest;
    },
    async get(digest, kind = 'document') {
      const bytes = await read(pathOf(directory, digest), kind);
      if (bytes !== 'missing' && digestOf(bytes) !== digest) {
        throw new BlobFailure('BLOB_CORRUPT', `blob ${digest} is damaged: restore it or put it again`);
      }
      return bytes;
    },
  };
}

async function isWhole(path: string, digest: string, kind: BlobKind): Promise<boolean> {
  try {
    const bytes = await read(path, kind);
    return bytes !== 'missing' && digestOf(bytes) === digest;
  } catch (error) {
    // Damaged beyond its size: put it again.
    if (error instanceof BlobFailure) return false;
    throw error;
  }
}

async function read(path: string, kind: BlobKind): Promise<Uint8Array | 'missing'> {
  try {
    return await readPrivateFile(path, maxBytes(kind));
  } catch (error) {
    if (!(error instanceof HomeFailure) || error.code !== 'FILE_TOO_LARGE') throw error;
    throw new BlobFailure('BLOB_TOO_LARGE', error.detail);
  }
}

function pathOf(directory: string, digest: string): string {
  return join(directory, hexOf(digest));
}

async function sweepUnfinished(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (/^[0-9a-f]{64}\.[0-9a-f]{16}\.tmp$/.test(name)) await unlink(join(directory, name));
  }
}
