/** Engines are one bundled module; everything else that is content-addressed is a document. */
export type BlobKind = 'document' | 'engine';

/**
 * Content-addressed bytes: policies and tool definitions (`document`), engine modules (`engine`).
 *
 * - `put` MUST resolve only when the bytes are durable, and MUST give the same digest for the same bytes. It
 *   may be repeated, and heals a blob that was damaged.
 * - `get` MUST verify the digest of what it read, and reject with `BLOB_CORRUPT`, never return other bytes.
 * - Sizes are bounded by kind: `BLOB_TOO_LARGE`.
 */
export type BlobStore = {
  /** Resolves to the unpadded base64url of the SHA-256 of the bytes. */
  put(bytes: Uint8Array, kind?: BlobKind): Promise<string>;
  get(digest: string, kind?: BlobKind): Promise<Uint8Array | 'missing'>;
};
