import { Buffer } from 'node:buffer';
import { checkDomain } from '../sealing/domain-table.ts';
import type { Keystore } from '../sealing/keystore.ts';
import { checkIndex, checkIndexes, checkParts, checkRequests } from './check-parts.ts';
import { PartFailure } from './failure.ts';
import { packParts } from './pack-parts.ts';
import type { Part, PartContent, PartRequest, PartStore } from './part-store.ts';

type Kept = {
  readonly domain: string;
  readonly key_id: string;
  readonly commitment: Buffer;
  readonly plaintext: Uint8Array | 'erased';
};

const ORPHANS_MAX_DEFAULT = 262_144;

function keep(part: Part, key_id: string): Kept {
  const commitment = Buffer.from(part.commitment);
  return { domain: part.domain, key_id, commitment, plaintext: Uint8Array.from(part.plaintext) };
}

/** A part store that ends with the process: for tests and simulators. */
export function openMemoryPartStore(keys: Pick<Keystore, 'dataKey' | 'destroyDomains'>): PartStore {
  const kept = new Map<number, Kept>();
  let isClosed = false;
  const checkOpen = (): void => {
    if (isClosed) throw new PartFailure('PARTS_CLOSED', 'the part store is closed');
  };
  const idOf = (domain: string): string => Buffer.from(keys.dataKey(domain)?.id ?? []).toString('hex');
  const read = ({ index, commitment }: PartRequest): PartContent => {
    const part = kept.get(index);
    if (part === undefined || !part.commitment.equals(commitment)) return 'missing';
    if (part.plaintext === 'erased' || part.key_id !== idOf(part.domain)) return 'erased';
    return Uint8Array.from(part.plaintext);
  };
  const eraseOne = (index: number, part: Kept): void => {
    kept.set(index, { ...part, plaintext: 'erased' });
  };
  const getMany = async (requests: readonly PartRequest[]): Promise<readonly PartContent[]> => {
    checkOpen();
    checkRequests(requests);
    return requests.map(read);
  };
  return {
    getMany,
    async put(parts) {
      checkOpen();
      checkParts(parts);
      // Packing refuses a domain without keys, before anything is kept.
      packParts(parts, keys.dataKey);
      for (const part of parts) kept.set(part.index, keep(part, idOf(part.domain)));
    },
    async get(index, commitment) {
      const [content] = await getMany([{ index, commitment }]);
      return content ?? 'missing';
    },
    async erase(indexes) {
      checkOpen();
      checkIndexes(indexes);
      for (const index of indexes) {
        const part = kept.get(index);
        if (part !== undefined) eraseOne(index, part);
      }
    },
    async eraseDomain(domain, onProgress = () => {}) {
      checkOpen();
      checkDomain(domain);
      await keys.destroyDomains([domain]);
      const concerned = [...kept].filter(([, part]) => part.domain === domain && part.plaintext !== 'erased');
      for (const [index, part] of concerned) eraseOne(index, part);
      onProgress({ segment: 1, segments: 1, erased: concerned.length });
    },
    unfinishedErasures: () => [],
    async resumeErasures() {
      checkOpen();
    },
    async sweepOrphans(durableSize, options = {}) {
      checkOpen();
      checkIndex(durableSize);
      return sweep(kept, durableSize, options.orphans_max ?? ORPHANS_MAX_DEFAULT);
    },
    async close() {
      isClosed = true;
    },
  };
}

function sweep(kept: Map<number, Kept>, durableSize: number, max: number): number {
  const orphans = [...kept.keys()].filter((index) => index >= durableSize);
  if (orphans.length > max) {
    const detail = `more than ${max} parts lie beyond record ${durableSize}: is the journal whole?`;
    throw new PartFailure('SWEEP_REFUSED', detail, durableSize);
  }
  for (const index of orphans) kept.delete(index);
  return orphans.length;
}
