export type PartCode =
  | 'PART_INVALID'
  | 'PART_TOO_LARGE'
  | 'PART_CORRUPT'
  | 'PART_WRONG_KEY'
  | 'PARTS_BUSY'
  | 'PARTS_FULL'
  | 'PARTS_FAILED'
  | 'PARTS_CLOSED'
  | 'PARTS_VERSION'
  | 'SWEEP_REFUSED';

export class PartFailure extends Error {
  readonly code: PartCode;
  readonly detail: string;
  /** The record whose part is meant, where one is. */
  readonly index: number | undefined;

  constructor(code: PartCode, detail: string, index?: number) {
    super(`${code}: ${detail}`);
    this.name = 'PartFailure';
    this.code = code;
    this.detail = detail;
    this.index = index;
  }
}
