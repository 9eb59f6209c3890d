export type SignerCode =
  | 'KEY_MISSING'
  | 'KEY_EXISTS'
  | 'KEY_MALFORMED'
  | 'KEY_VERSION'
  | 'KEY_PURPOSE'
  | 'KEY_NAME'
  | 'KEY_WRONG'
  | 'SIGN_REFUSED'
  | 'SIGNER_UNAVAILABLE';

export class SignerFailure extends Error {
  readonly code: SignerCode;
  readonly detail: string;

  constructor(code: SignerCode, detail: string, cause?: unknown) {
    super(`${code}: ${detail}`, cause === undefined ? undefined : { cause });
    this.name = 'SignerFailure';
    this.code = code;
    this.detail = detail;
  }
}
