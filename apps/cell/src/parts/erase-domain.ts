import { Buffer } from 'node:buffer';
import type { DataKey, Keystore } from '../sealing/keystore.ts';
import type { ErasureCursor } from './erase-parts.ts';
import type { ErasureProgress } from './part-store.ts';
import type { PartWorker } from './part-worker.ts';
import type { Erasure, UnfinishedErasures } from './unfinished-erasures.ts';

export type ErasureTools = {
  readonly keys: Pick<Keystore, 'dataKey' | 'destroyDomains'>;
  readonly worker: PartWorker;
  readonly erasures: UnfinishedErasures;
  readonly onProgress: (progress: ErasureProgress) => void;
  /** Throws once the store is closing. */
  readonly checkOpen: () => void;
};

/** Writes down what is to be destroyed, then destroys it. */
export async function beginErasure(tools: ErasureTools, domain: string): Promise<void> {
  const key = tools.keys.dataKey(domain);
  const erasure = { domain, key_id: key === undefined ? undefined : nameOf(key) };
  await tools.erasures.add(erasure);
  await finishErasure(tools, erasure);
}

/** Destroys the key that the erasure names, if it is still there, and overwrites what it sealed. */
export async function finishErasure(tools: ErasureTools, erasure: Erasure): Promise<void> {
  const { keys, worker, erasures } = tools;
  const { domain } = erasure;
  const key = keys.dataKey(domain);
  const isNewer = key !== undefined && nameOf(key) !== erasure.key_id;
  // Also when the key is gone: a crash may have left the master key that could still open it.
  if (!isNewer) await keys.destroyDomains([domain]);
  if (erasure.key_id !== undefined)
    await worker.ask('forget', { key_id: Buffer.from(erasure.key_id, 'hex') });
  await overwriteFrames(tools, domain);
  await erasures.remove(erasure);
}

async function overwriteFrames(tools: ErasureTools, domain: string): Promise<void> {
  const { keys, worker, onProgress } = tools;
  let cursor: ErasureCursor | undefined;
  let erased = 0;
  do {
    tools.checkOpen();
    // A domain that is created again meanwhile has another key, whose frames stay.
    const keep = keys.dataKey(domain)?.id;
    const slice = await worker.ask('erase-domain', { domain, keep, cursor });
    erased += slice.erased;
    cursor = slice.next;
    onProgress({ segment: cursor?.segment ?? slice.segments, segments: slice.segments, erased });
  } while (cursor !== undefined);
}

function nameOf(key: DataKey): string {
  return Buffer.from(key.id).toString('hex');
}
