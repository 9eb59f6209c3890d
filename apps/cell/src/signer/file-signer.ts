import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { HomeFailure } from '../home/failure.ts';
import { syncDirectory } from '../home/private-directory.ts';
import { createPrivateFile, readPrivateFile } from '../home/private-file.ts';
import { SignerFailure } from './failure.ts';
import { KEY_FILE_BYTES_MAX, parseKeyFile, printKeyFile } from './key-file.ts';
import { openSeedSigner } from './seed-signer.ts';
import type { KeyPurpose, Signer } from './signer.ts';

export type SignerExpectation = {
  readonly purpose: KeyPurpose;
  /** The pinned verifier key, where one is known: another key in the file is `KEY_WRONG`. */
  readonly vkey?: string;
};

/** Makes a fresh key, durable and readable by its owner alone, and opens it. Never replaces one. */
export async function createFileSigner(path: string, purpose: KeyPurpose, name: string): Promise<Signer> {
  const key = { purpose, name, seed: new Uint8Array(randomBytes(32)) };
  const signer = openSeedSigner(key);
  const bytes = printKeyFile(key);
  try {
    await createPrivateFile(path, bytes);
  } catch (error) {
    if (error instanceof HomeFailure && error.code === 'FILE_EXISTS') {
      throw new SignerFailure('KEY_EXISTS', `${path} holds a key already`);
    }
    throw error;
  } finally {
    wipe(bytes, key.seed);
  }
  return signer;
}

/** Opens the key in `path`. `KEY_PERMISSIONS` (home) if anyone else could read it. */
export async function openFileSigner(path: string, expected: SignerExpectation): Promise<Signer> {
  const bytes = await readPrivateFile(path, KEY_FILE_BYTES_MAX);
  if (bytes === 'missing') {
    throw new SignerFailure('KEY_MISSING', `${path} is missing: restore it, or recover into a new epoch`);
  }
  // A crash may have come between naming the key and syncing its name; signatures must not outlive the key.
  await syncDirectory(dirname(path));
  const key = parseKeyFile(bytes);
  const signer = openSeedSigner(key);
  wipe(bytes, key.seed);
  if (key.purpose !== expected.purpose) {
    throw new SignerFailure('KEY_PURPOSE', `${path} is a ${key.purpose} key, not a ${expected.purpose} key`);
  }
  if (expected.vkey !== undefined && signer.vkey !== expected.vkey) {
    throw new SignerFailure('KEY_WRONG', `${path} holds ${signer.vkey}, but ${expected.vkey} is pinned`);
  }
  return signer;
}

/** Shortens the life of a secret in memory; copies that the runtime made are out of reach. */
function wipe(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) secret.fill(0);
}
