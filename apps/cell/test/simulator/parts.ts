import type { Head } from '@writ/proof';
import { PartFailure } from '../../src/parts/failure.ts';
import { checkParts, checkRequests } from '../../src/parts/check-parts.ts';
import { SealingFailure } from '../../src/sealing/failure.ts';
import type { Part, PartContent, PartRequest, PartStore } from '../../src/parts/part-store.ts';
import { type Disk, partKey } from './disk.ts';
import type { Faults } from './faults.ts';
import type { Owner, Scheduler } from './scheduler.ts';

/**
 * Sealed parts on the simulated disk, kept by index and commitment: two writers that believe in themselves do
 * not overwrite each other's (in a real folder the store's lock sees to that). A put is durable when its step
 * comes, and it may fail.
 */
export function simulatedParts(disk: Disk, scheduler: Scheduler, faults: Faults, owner: Owner): PartStore {
  const read = ({ index, commitment }: PartRequest): PartContent => {
    const content = disk.parts.get(partKey(index, commitment));
    return content === undefined ? 'missing' : (content ?? 'erased');
  };
  const getMany = async (requests: readonly PartRequest[]): Promise<readonly PartContent[]> => {
    checkRequests(requests);
    return requests.map(read);
  };
  return {
    getMany,
    async put(parts: readonly Part[]) {
      checkParts(parts);
      const copies = parts.map((part) => ({ ...part, plaintext: Uint8Array.from(part.plaintext) }));
      await scheduler.wait(owner, `put ${parts.length} parts`);
      if (faults.partsDown) {
        faults.count('parts', 'failed');
        throw new PartFailure('PARTS_FAILED', 'planned: the parts cannot be written');
      }
      const gone = copies.find(({ domain }) => disk.erased.has(domain));
      if (gone !== undefined) throw new SealingFailure('DOMAIN_UNKNOWN', gone.domain);
      for (const { index, commitment, plaintext } of copies) {
        disk.parts.set(partKey(index, commitment), plaintext);
      }
      await scheduler.wait(owner, 'parts are durable');
    },
    get: async (index, commitment) => read({ index, commitment }),
    async erase(indexes) {
      for (const key of disk.parts.keys()) {
        if (indexes.includes(Number(key.slice(0, key.indexOf('/'))))) disk.parts.set(key, null);
      }
    },
    async eraseDomain(domain) {
      disk.erased.add(domain);
      for (const [index, { head }] of disk.log.records.entries()) {
        const { ns, parts }: Head = JSON.parse(head); // the log model has read it strictly
        if (ns === domain && parts.sealed !== null) disk.parts.set(`${index}/${parts.sealed}`, null);
      }
    },
    unfinishedErasures: () => [],
    resumeErasures: async () => {},
    sweepOrphans: async () => 0,
    close: async () => {},
  };
}
