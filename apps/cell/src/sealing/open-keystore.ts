import { lockStore, type StoreLock } from '../home/lock-store.ts';
import { sweepTemporaries } from '../home/private-file.ts';
import { readDomains } from './domain-keys.ts';
import { checkDomain, type DomainTable, withDomains, withoutDomains } from './domain-table.ts';
import { SealingFailure } from './failure.ts';
import type { Keystore } from './keystore.ts';
import {
  finishGeneration,
  foundKeystore,
  type KeystorePlace,
  keystorePath,
  type LoadedKeystore,
  loadKeystore,
  startGeneration,
  storeKeystore,
} from './load-keystore.ts';

/**
 * Makes the keystore of a new installation. Like `openKeystore` it locks the directory for this process, so
 * that no two ever write one keystore (`STORE_LOCKED`).
 */
export async function createKeystore(place: KeystorePlace): Promise<Keystore> {
  return await lockAndLoad(place, foundKeystore);
}

/** Opens the keystore in `place`, after finishing an erasure that a crash interrupted. */
export async function openKeystore(place: KeystorePlace): Promise<Keystore> {
  return await lockAndLoad(place, loadKeystore);
}

async function lockAndLoad(
  place: KeystorePlace,
  load: (place: KeystorePlace) => Promise<LoadedKeystore>,
): Promise<Keystore> {
  const lock = lockStore(place.directory);
  try {
    await sweepTemporaries(keystorePath(place));
    return serveKeystore(place, lock, await load(place));
  } catch (error) {
    lock.release();
    throw error;
  }
}

function serveKeystore(place: KeystorePlace, lock: StoreLock, first: LoadedKeystore): Keystore {
  let current: LoadedKeystore | undefined = first;
  /** Set while the disk may differ from `current`: a write that failed may have happened. */
  let uncertain = false;
  let queue: Promise<unknown> = Promise.resolve();

  /** One change at a time; each starts from what is certainly on disk. */
  const change = (edit: (before: LoadedKeystore) => Promise<void>): Promise<void> => {
    const result = queue.then(async () => {
      if (current === undefined) throw closed();
      try {
        if (uncertain) current = await loadKeystore(place);
        uncertain = true;
        await edit(current);
        uncertain = false;
      } catch (error) {
        throw asFailure(error);
      }
    });
    queue = result.catch(() => {});
    return result;
  };

  const replaceTable = async (before: LoadedKeystore, table: DomainTable): Promise<void> => {
    const next = { ...before, table };
    await storeKeystore(place, next);
    current = next;
  };

  const renewWithout = async (before: LoadedKeystore, table: DomainTable): Promise<void> => {
    const name = { lineage: before.lineage, generation: before.generation + 1 };
    const next = await startGeneration(place, name, table);
    await storeKeystore(place, next);
    current = next;
    await finishGeneration(place, next);
  };

  return {
    ...readDomains(() => current?.table),
    async createDomains(domains) {
      domains.forEach(checkDomain);
      await change(async (before) => {
        const table = withDomains(before.table, domains);
        if (table !== before.table) await replaceTable(before, table);
      });
    },
    async destroyDomains(domains) {
      domains.forEach(checkDomain);
      await change(async (before) => {
        const table = withoutDomains(before.table, domains);
        if (table !== before.table) await renewWithout(before, table);
      });
    },
    async close() {
      await queue;
      current = undefined;
      lock.release();
    },
  };
}

function asFailure(error: unknown): Error {
  if (error instanceof SealingFailure) return error;
  const advice = 'free space or fix access to the key directory, then ask again';
  return new SealingFailure('KEYSTORE_WRITE_FAILED', advice, error);
}

function closed(): SealingFailure {
  return new SealingFailure('KEYSTORE_CLOSED', 'the keystore is closed');
}
