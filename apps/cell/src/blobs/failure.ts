export type BlobCode = 'BLOB_CORRUPT' | 'BLOB_TOO_LARGE' | 'BLOB_DIGEST_INVALID';

export class BlobFailure extends Error {
  readonly code: BlobCode;
  readonly detail: string;

  constructor(code: BlobCode, detail: string) {
    super(`${code}: ${detail}`);
    this.name = 'BlobFailure';
    this.code = code;
    this.detail = detail;
  }
}
