import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, open, readdir, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { HomeFailure, systemCode } from './failure.ts';
import { ownershipProblem, syncDirectory } from './private-directory.ts';

const PRIVATE_FILE_MODE = 0o600;
const TEMPORARY_SUFFIX = '.tmp';
const { O_CREAT, O_EXCL, O_NOFOLLOW, O_RDONLY, O_RDWR, O_WRONLY } = constants;

/** Creates `path` whole or not at all; `FILE_EXISTS` if something is there. Durable when it resolves. */
export async function createPrivateFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = await writeTemporary(path, bytes);
  try {
    // link() is the only rename that refuses to replace.
    await link(temporary, path);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw new HomeFailure('FILE_EXISTS', `${path} exists already`);
    throw error;
  } finally {
    await unlink(temporary);
  }
  await syncDirectory(dirname(path));
}

/** Replaces `path` atomically: a reader, or a crash at any point, sees the old bytes or the new ones. */
export async function replacePrivateFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = await writeTemporary(path, bytes);
  try {
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary);
    throw error;
  }
  await syncDirectory(dirname(path));
}

/**
 * Reads a file that must belong to this user alone; the checks are made on the open file, not on its name.
 */
export async function readPrivateFile(path: string, maxBytes: number): Promise<Uint8Array | 'missing'> {
  const file = await openExisting(path, O_RDONLY);
  if (file === 'missing') return 'missing';
  try {
    const found = await file.stat();
    if (!found.isFile()) throw new HomeFailure('FILE_UNUSABLE', `${path} is not a plain file`);
    const problem = ownershipProblem(found.uid, found.mode);
    if (problem !== undefined) {
      throw new HomeFailure('KEY_PERMISSIONS', `${path} ${problem}: chown it to yourself and chmod 600`);
    }
    return await readBounded(file, path, maxBytes);
  } finally {
    await file.close();
  }
}

/**
 * Overwrites a file, syncs, then removes its name. On a copying or flash medium old blocks may outlive this;
 * callers rely on it for one short key at most. Doing it again after a crash is harmless.
 */
export async function destroyFile(path: string): Promise<void> {
  const file = await openExisting(path, O_RDWR);
  if (file === 'missing') return;
  try {
    const { size } = await file.stat();
    await writeAll(file, new Uint8Array(size));
    await file.sync();
  } finally {
    await file.close();
  }
  await unlink(path);
  await syncDirectory(dirname(path));
}

/** Removes what a crash left between writing and renaming. The caller must hold the lock of the directory. */
export async function sweepTemporaries(path: string): Promise<void> {
  const directory = dirname(path);
  const prefix = `${basename(path)}.`;
  for (const name of await readdir(directory)) {
    if (name.startsWith(prefix) && name.endsWith(TEMPORARY_SUFFIX)) await unlink(join(directory, name));
  }
}

async function openExisting(path: string, flags: number): Promise<FileHandle | 'missing'> {
  try {
    // Windows knows no O_NOFOLLOW.
    return await open(path, flags | (O_NOFOLLOW ?? 0));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 'missing';
    if (systemCode(error) === 'ELOOP') throw new HomeFailure('FILE_UNUSABLE', `${path} is a symbolic link`);
    if (systemCode(error) === 'EACCES') throw new HomeFailure('KEY_PERMISSIONS', `${path} cannot be opened`);
    throw error;
  }
}

async function writeTemporary(path: string, bytes: Uint8Array): Promise<string> {
  const temporary = `${path}.${randomBytes(8).toString('hex')}${TEMPORARY_SUFFIX}`;
  const file = await open(temporary, O_CREAT | O_EXCL | O_WRONLY, PRIVATE_FILE_MODE);
  try {
    await writeAll(file, bytes);
    await file.sync();
  } catch (error) {
    await unlink(temporary);
    throw error;
  } finally {
    await file.close();
  }
  return temporary;
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, written);
    written += bytesWritten;
  }
}

async function readBounded(file: FileHandle, path: string, maxBytes: number): Promise<Uint8Array> {
  // One byte more than allowed: growth between stat and read is noticed too.
  const { size } = await file.stat();
  const buffer = new Uint8Array(Math.min(size, maxBytes) + 1);
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  if (length > maxBytes) throw new HomeFailure('FILE_TOO_LARGE', `${path} is larger than ${maxBytes} bytes`);
  return buffer.subarray(0, length);
}
