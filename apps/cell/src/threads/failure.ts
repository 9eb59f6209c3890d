/** How a thread beside the cell fails. None of them stops the cell by itself; what they found may. */
export type FollowerCode =
  | 'FOLLOWER_CORRUPT' // what the thread read contradicts itself; `index` names the first bad record
  | 'FOLLOWER_BEHIND' //  what was asked for has not been read in the time given
  | 'FOLLOWER_FAILED' //  anything else that the thread met: ask again, or start it afresh
  | 'FOLLOWER_ENDED'; //  the thread is gone

export class FollowerFailure extends Error {
  readonly code: FollowerCode;
  readonly detail: string;
  readonly index: number | null;

  constructor(code: FollowerCode, detail: string, index: number | null = null) {
    super(`${code}: ${detail}`);
    this.name = 'FollowerFailure';
    this.code = code;
    this.detail = detail;
    this.index = index;
  }
}

const CORRUPT: ReadonlySet<unknown> = new Set(['JOURNAL_CORRUPT', 'JOURNAL_STALE', 'STORE_CORRUPT']);

/** What was thrown, in a form that crosses threads. Details name codes and places, never stored values. */
export function followerFailureOf(thrown: unknown): FollowerFailure {
  if (thrown instanceof FollowerFailure) return thrown;
  if (!(thrown instanceof Error))
    return new FollowerFailure('FOLLOWER_FAILED', 'a failure without a message');
  const { code, index } = thrown as { readonly code?: unknown; readonly index?: unknown };
  const at = typeof index === 'number' ? index : null;
  return new FollowerFailure(CORRUPT.has(code) ? 'FOLLOWER_CORRUPT' : 'FOLLOWER_FAILED', thrown.message, at);
}
