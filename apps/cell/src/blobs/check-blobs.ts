import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { BlobKind } from './blob-store.ts';
import { BlobFailure } from './failure.ts';

/** Policies have at most 2 MiB and tool definitions far less; engines carry parsers. */
const BYTES_MAX: Readonly<Record<BlobKind, number>> = { document: 4 * 1024 * 1024, engine: 8 * 1024 * 1024 };

export function maxBytes(kind: BlobKind): number {
  return BYTES_MAX[kind];
}

export function checkSize(bytes: Uint8Array, kind: BlobKind): void {
  if (bytes.length <= BYTES_MAX[kind]) return;
  throw new BlobFailure('BLOB_TOO_LARGE', `a blob of kind ${kind} has at most ${BYTES_MAX[kind]} bytes`);
}

export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url');
}

/** The digest as lower-case hex: file systems may not tell `a` from `A`. Refuses any second spelling. */
export function hexOf(digest: string): string {
  const bytes = Buffer.from(digest, 'base64url');
  if (bytes.length !== 32 || bytes.toString('base64url') !== digest) {
    throw new BlobFailure('BLOB_DIGEST_INVALID', 'a digest is 43 characters of unpadded base64url');
  }
  return bytes.toString('hex');
}
