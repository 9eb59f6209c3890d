import type { ProofCode } from '../codes.ts';
import type { Memory, Remember } from '../trust/memory.ts';

/** A checkpoint that the reader held before, from wherever the log's keeper could not change it. */
export type HeldCheckpoint = { readonly origin: string; readonly size: bigint; readonly root: Uint8Array };

export type LogOptions = {
  /** The log that this must be; otherwise any that is trusted. */
  readonly origin?: string;
  /** What the reader remembers of this log; held checkpoints show truncation and rewriting. */
  readonly memory?: Memory;
  readonly against?: readonly HeldCheckpoint[];
  /** Without a held checkpoint nobody can know that nothing was cut off: then the answer is undecidable. */
  readonly requireComplete?: boolean;
  /**
   * `every` verifies the signature of each batch's checkpoint, `last` that of the last one, which covers
   * all.
   */
  readonly checkpoints?: 'last' | 'every';
  /** `parsed` also reads every head strictly; `hashed` covers its bytes without asking what they say. */
  readonly heads?: 'hashed' | 'parsed';
  /** Asks the windows in time of the last checkpoint's key; left out, only its range of sizes counts. */
  readonly now_ms?: number;
};

export type LogPlace =
  | { readonly kind: 'file' }
  | { readonly kind: 'index'; readonly index: number }
  /** Somewhere from `from` on and before `to`; null where the end is not known. */
  | { readonly kind: 'range'; readonly from: number; readonly to: number | null };

export type LogVerdict =
  | {
      readonly verdict: 'valid';
      /** `unknown`: all that is here is right, but records after it may have been left out. */
      readonly completeness: 'known' | 'unknown';
      /** The largest held checkpoint: up to there nothing is missing. */
      readonly complete_to: bigint | null;
      readonly origin: string;
      readonly size: number;
      readonly checked: LogChecked;
      readonly remember: Remember;
    }
  | LogInvalid
  | { readonly verdict: 'undecidable'; readonly code: ProofCode; readonly detail: string };

export type LogInvalid = {
  readonly verdict: 'invalid';
  readonly code: ProofCode;
  readonly place: LogPlace;
  readonly detail: string;
  /** False when a second pass with `checkpoints: 'every'` could name the place more narrowly. */
  readonly settled: boolean;
};

/** What `valid` stands on, so that nobody reads more into it. */
export type LogChecked = {
  readonly checkpoints: 'last' | 'every';
  readonly heads: 'hashed' | 'parsed';
  readonly states: number;
  readonly sealed: number;
};
