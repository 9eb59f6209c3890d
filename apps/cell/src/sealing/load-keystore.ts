import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { HomeFailure } from '../home/failure.ts';
import { syncDirectory } from '../home/private-directory.ts';
import { createPrivateFile, readPrivateFile, replacePrivateFile } from '../home/private-file.ts';
import { type DomainTable, decodeTable, encodeTable } from './domain-table.ts';
import { SealingFailure } from './failure.ts';
import { openIvPool } from './iv-pool.ts';
import {
  decodeKeystore,
  encodeKeystore,
  KEYSTORE_BYTES_MAX,
  type KeystoreFile,
  keystoreContext,
  masterIdentifier,
  wrapContext,
} from './keystore-file.ts';
import type { MasterKeys } from './master-key.ts';
import { open, openSealingKey, SEALING_KEY_BYTES, type SealingKey, seal } from './seal.ts';

/** What is on disk, opened. `fileKey` seals the entries; each generation has its own. */
export type LoadedKeystore = {
  readonly lineage: string;
  readonly generation: number;
  readonly wrapped: Uint8Array;
  readonly fileKey: SealingKey;
  readonly table: DomainTable;
};

export type KeystorePlace = { readonly directory: string; readonly masters: MasterKeys };

const drawIv = openIvPool();

export function keystorePath(place: KeystorePlace): string {
  return join(place.directory, 'keystore');
}

/** The first keystore of a lineage, durable. */
export async function foundKeystore(place: KeystorePlace): Promise<LoadedKeystore> {
  const lineage = randomBytes(8).toString('hex');
  const fresh = await startGeneration(place, { lineage, generation: 1 }, new Map());
  try {
    await createPrivateFile(keystorePath(place), sealKeystore(fresh));
  } catch (error) {
    await place.masters.destroy(masterIdentifier(fresh));
    if (!(error instanceof HomeFailure) || error.code !== 'FILE_EXISTS') throw error;
    throw new SealingFailure('KEYSTORE_EXISTS', `${keystorePath(place)} exists already`);
  }
  return fresh;
}

/** Reads the keystore and finishes what a crash interrupted: at every point either generation is complete. */
export async function loadKeystore(place: KeystorePlace): Promise<LoadedKeystore> {
  const path = keystorePath(place);
  const bytes = await readPrivateFile(path, KEYSTORE_BYTES_MAX);
  if (bytes === 'missing') {
    throw new SealingFailure('KEYSTORE_MISSING', `${path} is missing: restore it from its own backup`);
  }
  const file = decodeKeystore(bytes);
  const key = await place.masters.unwrap(masterIdentifier(file), file.wrapped, wrapContext(file));
  const fileKey = openSealingKey(key);
  const { lineage, generation } = file;
  const loaded = { lineage, generation, wrapped: file.wrapped, fileKey, table: openTable(file, fileKey) };
  await finishGeneration(place, loaded);
  return loaded;
}

/** A fresh master key, durable, and a fresh file key under it. Nothing on disk refers to them yet. */
export async function startGeneration(
  place: KeystorePlace,
  name: { readonly lineage: string; readonly generation: number },
  table: DomainTable,
): Promise<LoadedKeystore> {
  await place.masters.create(masterIdentifier(name));
  const key = new Uint8Array(randomBytes(SEALING_KEY_BYTES));
  const wrapped = await place.masters.wrap(masterIdentifier(name), key, wrapContext(name));
  return { ...name, wrapped, fileKey: openSealingKey(key), table };
}

/** Puts a keystore in place of the one on disk. Rejecting, it may have done so or not: load again. */
export async function storeKeystore(place: KeystorePlace, keystore: LoadedKeystore): Promise<void> {
  await replacePrivateFile(keystorePath(place), sealKeystore(keystore));
}

/**
 * Destroys the master keys of the generation before, and of one that never came to be.
 * INVARIANT: the name `keystore` is durable first; else a power loss could bring the old file back without
 * its master key.
 */
export async function finishGeneration(place: KeystorePlace, keystore: LoadedKeystore): Promise<void> {
  const { lineage, generation } = keystore;
  await syncDirectory(place.directory);
  await place.masters.destroy(masterIdentifier({ lineage, generation: generation + 1 }));
  if (generation === 1) return;
  await place.masters.destroy(masterIdentifier({ lineage, generation: generation - 1 }));
}

function sealKeystore(keystore: LoadedKeystore): Uint8Array {
  const plaintext = encodeTable(keystore.table);
  const sealed = seal(keystore.fileKey, drawIv(), keystoreContext(keystore), plaintext);
  plaintext.fill(0);
  return encodeKeystore({ ...keystore, sealed });
}

function openTable(file: KeystoreFile, fileKey: SealingKey): DomainTable {
  let plaintext: Uint8Array;
  try {
    plaintext = open(fileKey, file.sealed, keystoreContext(file));
  } catch {
    throw new SealingFailure('KEYSTORE_CORRUPT', 'the keystore is damaged: restore it from its own backup');
  }
  const table = decodeTable(plaintext);
  plaintext.fill(0);
  return table;
}
