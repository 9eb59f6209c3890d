import { randomBytes } from 'node:crypto';
import { open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import process from 'node:process';

/**
 * Replaces a file as a whole and durably: a reader, or a crash at any point, sees the old bytes or the new
 * ones. Files are for their owner alone: a writ lets whoever holds it check guesses of the arguments.
 */
export async function replaceFile(path: string, bytes: Uint8Array | string): Promise<void> {
  const fresh = `${path}.${randomBytes(8).toString('hex')}.tmp`;
  const file = await open(fresh, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } catch (error) {
    await unlink(fresh);
    throw error;
  } finally {
    await file.close();
  }
  try {
    await rename(fresh, path);
  } catch (error) {
    await unlink(fresh);
    throw error;
  }
  await syncDirectory(dirname(path));
}

/** Windows journals names by itself. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
