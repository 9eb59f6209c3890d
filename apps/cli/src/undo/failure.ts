import { CliFailure } from '../program/failure.ts';

/** Why no snapshot was taken, or nothing restored; the paths in `detail` are the user's own. */
export type SnapshotCode =
  | 'SNAPSHOT_TOO_LARGE'
  | 'SNAPSHOT_TOO_SLOW'
  | 'SNAPSHOT_UNREADABLE'
  | 'SNAPSHOT_UNSTABLE'
  | 'SNAPSHOT_PLACE'
  | 'SNAPSHOT_UNKNOWN'
  | 'SNAPSHOT_STORE'
  | 'UNDO_CONFLICT'
  | 'UNDO_INCOMPLETE';

export function fail(code: SnapshotCode, detail: string): CliFailure {
  return new CliFailure(code, detail, 1);
}

export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
