import { join } from 'node:path';
import { makePrivateDirectory } from '../home/private-directory.ts';
import { checkDomain } from '../sealing/domain-table.ts';
import type { Keystore } from '../sealing/keystore.ts';
import { checkIndex, checkIndexes, checkParts, checkRequests, PARTS_PER_CALL_MAX } from './check-parts.ts';
import { beginErasure, type ErasureTools, finishErasure } from './erase-domain.ts';
import { PartFailure } from './failure.ts';
import { packParts } from './pack-parts.ts';
import type { Part, PartContent, PartRequest, PartStore } from './part-store.ts';
import { type PartWorker, startPartWorker } from './part-worker.ts';
import { readContents } from './read-contents.ts';
import { openUnfinishedErasures, type UnfinishedErasures } from './unfinished-erasures.ts';

export type PartStorePlace = {
  /** A directory of its own inside the store, whose lock the caller holds. */
  readonly directory: string;
  /**
   * Domains must be destroyed through `eraseDomain`, not here: the worker remembers keys and is told to
   * forget them.
   */
  readonly keys: Pick<Keystore, 'dataKey' | 'destroyDomains'>;
};

/**
 * Plaintext on its way to the disk. Beyond this a caller is told to wait (`PARTS_BUSY`) and memory stays
 * bounded.
 */
const QUEUED_BYTES_MAX = 64 * 1024 * 1024;
/** A crash leaves at most what was in the queue; small parts are a few hundred bytes. */
const ORPHANS_MAX_DEFAULT = 262_144;

/** A part store in files, with all sealing and writing in one worker thread. */
export async function openPartStore(place: PartStorePlace): Promise<PartStore> {
  await makePrivateDirectory(place.directory);
  const erasures = await openUnfinishedErasures(join(place.directory, 'erasures'));
  const worker = await startPartWorker(place.directory);
  return servePartStore(place, worker, erasures);
}

function servePartStore(place: PartStorePlace, worker: PartWorker, erasures: UnfinishedErasures): PartStore {
  let isClosed = false;
  const checkOpen = (): void => {
    if (isClosed) throw new PartFailure('PARTS_CLOSED', 'the part store is closed');
  };
  const put = servePut(place.keys, worker);
  const { idle, ...erasing } = serveErasures({ keys: place.keys, worker, erasures, checkOpen });
  const getMany = async (requests: readonly PartRequest[]): Promise<readonly PartContent[]> => {
    checkOpen();
    checkRequests(requests);
    return requests.length === 0 ? [] : await readContents(worker, place.keys, requests);
  };
  return {
    ...erasing,
    getMany,
    async put(parts) {
      checkOpen();
      checkParts(parts);
      if (parts.length > 0) await put(parts);
    },
    async get(index, commitment) {
      const [content] = await getMany([{ index, commitment }]);
      return content ?? 'missing';
    },
    async erase(indexes) {
      checkOpen();
      checkIndexes(indexes);
      await eraseInPortions(worker, indexes);
    },
    async sweepOrphans(durableSize, options = {}) {
      checkOpen();
      checkIndex(durableSize);
      const orphans_max = options.orphans_max ?? ORPHANS_MAX_DEFAULT;
      return await worker.ask('sweep', { durable_size: durableSize, orphans_max });
    },
    async close() {
      if (isClosed) return await worker.ended();
      isClosed = true;
      // A running erasure stops at its next slice, and is resumed after the next opening.
      await idle();
      // A store that failed has nothing left to say; its files are scanned when they are opened again.
      await worker.ask('close', {}).catch(() => {});
      await worker.ended();
    },
  };
}

/** Appends come in between, and no message grows without bound. A damaged frame does not save the others. */
async function eraseInPortions(worker: PartWorker, indexes: readonly number[]): Promise<void> {
  let damage: PartFailure | undefined;
  for (let start = 0; start < indexes.length; start += PARTS_PER_CALL_MAX) {
    try {
      await worker.ask('erase', { indexes: indexes.slice(start, start + PARTS_PER_CALL_MAX) });
    } catch (error) {
      if (!(error instanceof PartFailure) || error.code !== 'PART_CORRUPT') throw error;
      damage ??= error;
    }
  }
  if (damage !== undefined) throw damage;
}

/** Hands parts to the worker while the queue has room for them. */
function servePut(
  keys: PartStorePlace['keys'],
  worker: PartWorker,
): (parts: readonly Part[]) => Promise<void> {
  let queuedBytes = 0;
  return async (parts) => {
    const bytes = parts.reduce((total, part) => total + part.plaintext.length, 0);
    if (queuedBytes + bytes > QUEUED_BYTES_MAX) {
      throw new PartFailure('PARTS_BUSY', 'too many parts wait for the disk: ask again shortly');
    }
    const batch = packParts(parts, keys.dataKey);
    queuedBytes += bytes;
    try {
      await worker.ask('put', { batch }, [batch.plaintexts.buffer, batch.commitments.buffer]);
    } finally {
      queuedBytes -= bytes;
    }
  };
}

type Erasing = Pick<PartStore, 'eraseDomain' | 'unfinishedErasures' | 'resumeErasures'> & {
  /** Resolves when no erasure runs. */
  idle(): Promise<unknown>;
};

/** One erasure of a domain at a time; a failed one does not stop the next. */
function serveErasures(tools: Omit<ErasureTools, 'onProgress'>): Erasing {
  let queue: Promise<unknown> = Promise.resolve();
  const oneByOne = (work: () => Promise<void>): Promise<void> => {
    const result = queue.then(() => {
      tools.checkOpen();
      return work();
    });
    queue = result.catch(() => {});
    return result;
  };
  return {
    idle: () => queue,
    unfinishedErasures: () => tools.erasures.list().map(({ domain }) => domain),
    eraseDomain(domain, onProgress = () => {}) {
      return oneByOne(async () => {
        checkDomain(domain);
        await beginErasure({ ...tools, onProgress }, domain);
      });
    },
    resumeErasures(onProgress = () => {}) {
      return oneByOne(async () => {
        for (const erasure of tools.erasures.list()) await finishErasure({ ...tools, onProgress }, erasure);
      });
    },
  };
}
