export type AnchorCode = 'ANCHOR_CORRUPT' | 'ANCHOR_INVALID' | 'ANCHOR_BACKWARDS' | 'ANCHOR_FORKED';

export class AnchorFailure extends Error {
  readonly code: AnchorCode;
  readonly detail: string;

  constructor(code: AnchorCode, detail: string, cause?: unknown) {
    super(`${code}: ${detail}`, cause === undefined ? undefined : { cause });
    this.name = 'AnchorFailure';
    this.code = code;
    this.detail = detail;
  }
}
