import { Buffer } from 'node:buffer';
import { decodeBase64url, type Digest } from '@writ/proof';
import type { PartContent, PartStore } from '../parts/part-store.ts';

/**
 * Sealed parts of decisions that may soon be spent, by their commitment: a commit judges again from one.
 * What is not here is read back and opened; what was erased is gone.
 */
export type RecordedParts = {
  remember(commitment: Digest, part: string): void;
  forget(commitment: Digest): void;
  forgetAll(): void;
  read(index: number, commitment: Digest): Promise<string | null>;
};

/** Some ten thousand open writs of ordinary size. */
const CACHE_CHARACTERS_MAX: number = 32 * 1024 * 1024;

export function openRecordedParts(parts: Pick<PartStore, 'get'>): RecordedParts {
  const cache = new Map<Digest, string>();
  let characters = 0;
  const forget = (commitment: Digest): void => {
    characters -= cache.get(commitment)?.length ?? 0;
    cache.delete(commitment);
  };
  return {
    remember(commitment, part) {
      forget(commitment);
      cache.set(commitment, part);
      characters += part.length;
      for (const oldest of cache.keys()) {
        if (characters <= CACHE_CHARACTERS_MAX) return;
        forget(oldest);
      }
    },
    forget,
    forgetAll() {
      cache.clear();
      characters = 0;
    },
    async read(index, commitment) {
      const known = cache.get(commitment);
      if (known !== undefined) return known;
      const content: PartContent = await parts.get(index, decodeBase64url(commitment));
      // The kernel checks the commitment over these bytes; a missing part is the scrub's to report.
      return typeof content === 'string' ? null : Buffer.from(content).toString('utf8');
    },
  };
}
