export type SealingCode =
  | 'KEYSTORE_MISSING'
  | 'KEYSTORE_EXISTS'
  | 'KEYSTORE_VERSION'
  | 'KEYSTORE_CORRUPT'
  | 'KEYSTORE_CLOSED'
  | 'KEYSTORE_WRITE_FAILED'
  | 'MASTER_MISSING'
  | 'MASTER_MALFORMED'
  | 'MASTER_WRONG'
  | 'DOMAIN_INVALID'
  | 'DOMAIN_UNKNOWN'
  | 'DOMAIN_LIMIT'
  | 'SEAL_INVALID'
  | 'SEAL_LIMIT'
  | 'SEAL_BROKEN';

export class SealingFailure extends Error {
  readonly code: SealingCode;
  readonly detail: string;

  constructor(code: SealingCode, detail: string, cause?: unknown) {
    super(`${code}: ${detail}`, cause === undefined ? undefined : { cause });
    this.name = 'SealingFailure';
    this.code = code;
    this.detail = detail;
  }
}
