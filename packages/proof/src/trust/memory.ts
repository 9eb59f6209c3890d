import type { Id } from '../record/head.ts';

/**
 * What a reader must not forget (spec/08-trust.md section 6): of each log the largest checkpoint it has
 * seen, of each spent action its id for as long as its receipt could be accepted again. Plain data: a busy
 * target keeps a table of its own and makes a memory of the entries that a check needs.
 */
export type Memory = {
  readonly checkpoints: ReadonlyMap<string, RememberedCheckpoint>;
  /** Ids of actions with the time until which they must be known. */
  readonly actions: ReadonlyMap<Id, number>;
  /**
   * Actions that had to be known until an earlier time than this may have been let go. A clock that was set
   * back does not bring their receipts to life again.
   */
  readonly forgotten_before_ms: number;
};

export type RememberedCheckpoint = {
  readonly origin: string;
  readonly size: bigint;
  readonly root: Uint8Array;
  /** The signed note, verbatim: whoever holds two that cannot both be true can show it to others. */
  readonly note: string;
};

export type RememberedAction = { readonly id: Id; readonly until_ms: number };

/** What a check asks to be remembered. It MUST be durable before anyone acts on the verdict. */
export type Remember = {
  readonly checkpoint: RememberedCheckpoint;
  readonly action: RememberedAction | null;
};

export const MEMORY_FORMAT = 'writ-memory/v1';

// Logs as many as a reader may trust; actions as many as live for half a minute at 3,000 a second.
export const MEMORY_CHECKPOINTS_MAX = 1_000;
export const MEMORY_ACTIONS_MAX = 100_000;

export function emptyMemory(): Memory {
  return { checkpoints: new Map(), actions: new Map(), forgotten_before_ms: 0 };
}
