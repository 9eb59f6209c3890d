import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemCode } from '../home/failure.ts';
import { syncDirectory } from '../home/private-directory.ts';
import { DrillFailure } from './failure.ts';

/** A file as a manifest names it: a path of plain names under the root, and what it holds. */
export type FileEntry = { readonly path: string; readonly bytes: number; readonly sha256: string };

const CHUNK_BYTES: number = 1024 * 1024;
const { O_CREAT, O_EXCL, O_NOFOLLOW, O_RDONLY, O_WRONLY } = constants;

/** Copies the first `bytes` of a file, durably and readable by its owner alone, and says what was copied. */
export async function copyFile(source: string, target: string, bytes: number): Promise<string> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const from = await open(source, O_RDONLY | (O_NOFOLLOW ?? 0));
  try {
    const to = await open(target, O_CREAT | O_EXCL | O_WRONLY, 0o600);
    try {
      const digest = await digestOf(from, bytes, source, (chunk) => writeAll(to, chunk));
      await to.sync();
      return digest;
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

export async function digestFile(path: string, bytes: number): Promise<string> {
  const file = await open(path, O_RDONLY | (O_NOFOLLOW ?? 0));
  try {
    return await digestOf(file, bytes, path, () => Promise.resolve());
  } finally {
    await file.close();
  }
}

async function digestOf(
  file: FileHandle,
  bytes: number,
  path: string,
  take: (chunk: Uint8Array) => Promise<void>,
): Promise<string> {
  const hash = createHash('sha256');
  const buffer = new Uint8Array(CHUNK_BYTES);
  for (let done = 0; done < bytes; ) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(CHUNK_BYTES, bytes - done), done);
    if (bytesRead === 0) throw new DrillFailure('BACKUP_INVALID', `${path} has fewer than ${bytes} bytes`);
    const chunk = buffer.subarray(0, bytesRead);
    hash.update(chunk);
    await take(chunk);
    done += bytesRead;
  }
  return hash.digest('base64url');
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done);
    done += bytesWritten;
  }
}

/**
 * The paths of all plain files under `root` that are wanted, sorted. `wanted` is asked for folders too. A
 * link or a device is no part of a store: it is left out, and never followed.
 */
export async function listFiles(
  root: string,
  wanted: (path: string) => boolean,
): Promise<readonly { readonly path: string; readonly bytes: number }[]> {
  const found: { readonly path: string; readonly bytes: number }[] = [];
  const visit = async (folder: string): Promise<void> => {
    for (const name of (await readdir(join(root, folder))).sort()) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (!wanted(path)) continue;
      const entry = await lstat(join(root, path));
      if (entry.isDirectory()) await visit(path);
      else if (entry.isFile()) found.push({ path, bytes: entry.size });
    }
  };
  if (await exists(root)) await visit('');
  return found;
}

/** Makes the names in a folder and in all folders below it durable. */
export async function syncFolders(root: string): Promise<void> {
  for (const entry of await readdir(root, { withFileTypes: true })) {
    if (entry.isDirectory()) await syncFolders(join(root, entry.name));
  }
  await syncDirectory(root);
}

export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}
