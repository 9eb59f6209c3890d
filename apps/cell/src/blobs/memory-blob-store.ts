import type { BlobStore } from './blob-store.ts';
import { checkSize, digestOf, hexOf } from './check-blobs.ts';

/** A blob store that ends with the process: for tests and simulators. */
export function openMemoryBlobStore(): BlobStore {
  const blobs = new Map<string, Uint8Array>();
  return {
    async put(bytes, kind = 'document') {
      checkSize(bytes, kind);
      const digest = digestOf(bytes);
      blobs.set(digest, Uint8Array.from(bytes));
      return digest;
    },
    async get(digest, kind = 'document') {
      hexOf(digest);
      const bytes = blobs.get(digest);
      if (bytes === undefined) return 'missing';
      checkSize(bytes, kind);
      return Uint8Array.from(bytes);
    },
  };
}
