import { constants } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { parseAccessKey } from '@writ/proof';
import { CliFailure } from '../program/failure.ts';
import type { ClientHome } from './client-home.ts';
import { type KeyPlace, openKeptPlace } from './key-place.ts';

/** An access key has 82 characters and a newline; what is longer is none. */
const KEY_BYTES_MAX = 128;
const OPEN_TO_OTHERS = 0o077;

/**
 * The access keys of this client lie in the clear: whoever runs as this user can take them, as it could open
 * the store itself where that is this user's too. So they are no wall, only a name to speak under.
 */
export async function openKeyDirectory({ keys }: ClientHome): Promise<void> {
  await mkdir(keys, { recursive: true, mode: 0o700 });
  const directory = await open(keys, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_DIRECTORY);
  try {
    refuseOthers(keys, await directory.stat(), '700');
  } finally {
    await directory.close();
  }
}

/** Where the key of a handle goes, open before there is one. */
export async function keepKeyOf(home: ClientHome, handle: string): Promise<KeyPlace> {
  await openKeyDirectory(home);
  return openKeptPlace(keyFileOf(home, handle));
}

export function keyFileOf({ keys }: ClientHome, handle: string): string {
  return join(keys, `${handle}.key`);
}

/** The access key of a handle, or null when this client keeps none. */
export async function readKeyOf(home: ClientHome, handle: string): Promise<string | null> {
  const path = keyFileOf(home, handle);
  const bytes = await readOwn(path);
  if (bytes === null) return null;
  const key = bytes.toString('latin1').replace(/\n$/, '');
  if (parseAccessKey(key) !== null) return key;
  throw new CliFailure('KEY_DAMAGED', `${path} holds no access key: writ key add ${handle} --keep`);
}

async function readOwn(path: string): Promise<Buffer | null> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const found = await file.stat();
      refuseOthers(path, found, '600');
      const bytes = Buffer.alloc(KEY_BYTES_MAX);
      const { bytesRead } = await file.read(bytes, 0, KEY_BYTES_MAX, 0);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Windows has neither owner nor mode here; its profile directories are private. */
function refuseOthers(
  path: string,
  { uid, mode }: { readonly uid: number; readonly mode: number },
  wanted: string,
): void {
  if (process.geteuid === undefined) return;
  if (uid === process.geteuid() && (mode & OPEN_TO_OTHERS) === 0) return;
  const advice = `chown it to yourself and chmod ${wanted}; if others could read a key, end it`;
  throw new CliFailure('KEY_PERMISSIONS', `${path} is not for its owner alone: ${advice}`);
}
