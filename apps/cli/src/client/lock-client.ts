import { open, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { CliFailure } from '../program/failure.ts';
import type { ClientHome } from './client-home.ts';

const WAIT_MS = 25;
const TRIES = 200;
/** Reading and writing one small file takes no such time: its owner has died. */
const STALE_MS = 10_000;

/** One client at a time reads and writes the memory: of two that learn something, neither is forgotten. */
export async function lockClient<T>({ directory }: ClientHome, work: () => Promise<T>): Promise<T> {
  const path = join(directory, 'memory.lock');
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (await take(path)) {
      try {
        return await work();
      } finally {
        await unlink(path).catch(() => {});
      }
    }
    await setTimeout(WAIT_MS);
  }
  throw new CliFailure('CLIENT_LOCKED', `another client holds ${path}: remove it if none is running`);
}

async function take(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.close();
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const found = await stat(path).catch(() => null);
  if (found !== null && Date.now() - found.mtimeMs > STALE_MS) await unlink(path).catch(() => {});
  return false;
}
