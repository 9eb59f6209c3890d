import type { ProofCode } from '../codes.ts';
import type { Frontier } from '../tree/frontier.ts';
import { HASH_BYTES } from '../tree/hash.ts';
import type { Trust, TrustedLog } from '../trust/trust.ts';
import { beginTree, type GrowingTree } from './growing-tree.ts';
import type { HeldCheckpoint, LogOptions } from './verdict.ts';

/** One pass over an exported log: all that it holds, which is never more than one batch. Changed in place. */
export type Pass = {
  readonly trust: Trust;
  readonly options: LogOptions;
  /** Known from the first line on. */
  log: TrustedLog | null;
  /** The tree of all batches that are done. */
  readonly tree: GrowingTree;
  /** The signed checkpoint of the last batch that is done, verbatim. */
  lastNote: string | null;
  batch: OpenBatch | null;
  ended: boolean;
  states: number;
  sealed: number;
  /** Held checkpoints of this log that no batch has reached yet, smallest first. */
  held: HeldCheckpoint[];
  /**
   * The first held checkpoint that the log contradicts; told only when nothing in the file itself is wrong.
   */
  contradicted: HeldCheckpoint | null;
};

export type OpenBatch = {
  readonly from: number;
  readonly count: number;
  /** The tree before the batch. */
  readonly before: Frontier;
  /** The signed checkpoint of the batch, verbatim and not yet taken apart. */
  readonly note: string;
  /** Leaf hashes as the batch line lists them, in base64. */
  readonly listed: string;
  /** Leaf hashes of the lines, packed. */
  readonly computed: Uint8Array;
  /** Lines of records seen, of which `hashed` are in `computed`. */
  seen: number;
  hashed: number;
  /** Heads that are not hashed yet: views of the chunk that is being read. */
  pending: Uint8Array[];
  /** The last head, for the parts that may follow it. */
  lastHead: Uint8Array;
  lastPart: 'none' | 'state' | 'sealed';
  /** The first thing that is wrong with a line though its hash may fit. */
  fault: LineFault | null;
};

export type LineFault = { readonly code: ProofCode; readonly index: number; readonly detail: string };

export function beginPass(trust: Trust, options: LogOptions): Pass {
  return {
    trust,
    options,
    log: null,
    tree: beginTree(),
    lastNote: null,
    batch: null,
    ended: false,
    states: 0,
    sealed: 0,
    held: [],
    contradicted: null,
  };
}

export function beginBatch(before: Frontier, count: number, note: string, listed: string): OpenBatch {
  return {
    from: before.size,
    count,
    before,
    note,
    listed,
    computed: new Uint8Array(count * HASH_BYTES),
    seen: 0,
    hashed: 0,
    pending: [],
    lastHead: new Uint8Array(0),
    lastPart: 'none',
    fault: null,
  };
}

export function noteFault(batch: OpenBatch, code: ProofCode, index: number, detail: string): void {
  batch.fault ??= { code, index, detail };
}
