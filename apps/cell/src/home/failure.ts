/** Why the places where Writ keeps its state cannot be used. Each code says what to do in its detail. */
export type HomeCode =
  | 'STATE_IN_WORKSPACE'
  | 'HOME_UNRESOLVED'
  | 'HOME_PATH_RELATIVE'
  | 'STATE_PERMISSIONS'
  | 'KEY_PERMISSIONS'
  | 'FILE_EXISTS'
  | 'FILE_TOO_LARGE'
  | 'FILE_UNUSABLE'
  | 'STORE_LOCKED'
  | 'STORE_LOCK_UNUSABLE';

export class HomeFailure extends Error {
  readonly code: HomeCode;
  readonly detail: string;

  constructor(code: HomeCode, detail: string, cause?: unknown) {
    super(`${code}: ${detail}`, cause === undefined ? undefined : { cause });
    this.name = 'HomeFailure';
    this.code = code;
    this.detail = detail;
  }
}

/** The `errno` name of a failed system call, or an empty string for anything else. */
export function systemCode(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
