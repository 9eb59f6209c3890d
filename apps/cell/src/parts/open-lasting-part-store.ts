import { PartFailure } from './failure.ts';
import type { PartStore } from './part-store.ts';

/**
 * A part store that outlasts failures of its disk: an instance that failed is closed, and a fresh one takes
 * its place. What failed stays failed, since nobody knows how far it came: whoever asked asks again, and
 * meanwhile everything is refused with `PARTS_FAILED`.
 */
export async function openLastingPartStore(open: () => Promise<PartStore>): Promise<PartStore> {
  let current: PartStore | null = await open();
  let isClosed = false;
  let renewal: Promise<void> | null = null;

  const renew = async (failed: PartStore | null): Promise<void> => {
    await failed?.close().catch(() => {});
    if (isClosed) return;
    const fresh = await open();
    // Nobody waits for a store that came too late.
    if (isClosed) await fresh.close();
    else current = fresh;
  };
  const beginRenewal = (failed: PartStore | null): void => {
    if (isClosed || renewal !== null) return;
    current = null;
    // Where opening fails, the next one who asks sets off another try.
    renewal = renew(failed)
      .catch(() => {})
      .finally(() => {
        renewal = null;
      });
  };
  const instance = (): PartStore => {
    if (isClosed) throw new PartFailure('PARTS_CLOSED', 'the part store is closed');
    if (current !== null) return current;
    beginRenewal(null);
    throw new PartFailure('PARTS_FAILED', 'the part store failed and is opened afresh: ask again');
  };
  /** Not awaited before the instance is asked: it reads what it is given at once. */
  const ask = async <T>(work: (store: PartStore) => Promise<T>): Promise<T> => {
    const store = instance();
    try {
      return await work(store);
    } catch (error) {
      if (isOver(error) && store === current) beginRenewal(store);
      throw error;
    }
  };
  return {
    put: (parts) => ask((store) => store.put(parts)),
    get: (index, commitment) => ask((store) => store.get(index, commitment)),
    getMany: (requests) => ask((store) => store.getMany(requests)),
    erase: (indexes) => ask((store) => store.erase(indexes)),
    eraseDomain: (domain, onProgress) => ask((store) => store.eraseDomain(domain, onProgress)),
    unfinishedErasures: () => instance().unfinishedErasures(),
    resumeErasures: (onProgress) => ask((store) => store.resumeErasures(onProgress)),
    sweepOrphans: (size, options) => ask((store) => store.sweepOrphans(size, options)),
    async close() {
      isClosed = true;
      await renewal;
      await current?.close();
    },
  };
}

function isOver(error: unknown): boolean {
  return error instanceof PartFailure && error.code === 'PARTS_FAILED';
}
