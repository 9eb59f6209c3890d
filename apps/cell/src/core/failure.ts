export type CoreCode =
  | 'STORE_CORRUPT'
  | 'CELL_NAME'
  | 'STORE_EMPTY'
  | 'STORE_EXISTS'
  | 'ROLLED_BACK'
  | 'FORKED'
  | 'ENGINE_UNKNOWN'
  | 'CLOCK_SUSPECT'
  | 'OVERLOADED'
  | 'RATE_LIMIT_EXCEEDED'
  | 'UNAVAILABLE'
  | 'CLOSED'
  | 'NOT_FOUND'
  | 'SCHEMA_UNSUPPORTED'
  | 'UNAUTHENTICATED'
  | 'INSUFFICIENT_AUTHORITY'
  | 'NAMESPACE_ERASED'
  | 'UNDERSTANDING_TIMEOUT'
  | 'UNDERSTANDING_FAILED'
  | 'UNDERSTANDING_BUDGET';

/** A failure of the cell itself. `index` names the first bad record where one is known. */
export class CoreFailure extends Error {
  readonly code: CoreCode;
  readonly detail: string;
  readonly index: number | null;

  constructor(code: CoreCode, detail: string, index: number | null = null, cause?: unknown) {
    super(`${code}: ${detail}`, cause === undefined ? undefined : { cause });
    this.name = 'CoreFailure';
    this.code = code;
    this.detail = detail;
    this.index = index;
  }
}
