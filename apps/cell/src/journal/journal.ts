/**
 * The journal port: an ordered sequence of batches, each opaque, atomic and durable. spec/30-journal.md is
 * its prose.
 *
 * For implementers
 *  - An append MUST commit the whole batch or nothing, and only if the stored head equals `expected` at the
 *    moment of commit, whatever other instances or processes do.
 *  - `committed` MUST NOT be answered before the batch would survive a loss of power.
 *  - `conflict` MUST mean that nothing of this append is stored, nor ever will be.
 *  - `unknown` MUST be answered whenever neither of the two can be said for certain. The instance is dead
 *    from then on: later appends answer `unknown` without trying, open and read reject with JOURNAL_DEAD.
 *  - A rejected append MUST mean that nothing of it is stored, nor ever will be.
 *  - The first `committed` of an instance MUST imply that all batches before it are durable too.
 *  - A read MUST see every batch that this instance committed, MUST start with the batch that holds `from`,
 *    MUST be contiguous and MUST reject with the first bad index rather than answer with a damaged batch.
 *
 * For users
 *  - One append at a time; a second one MAY be rejected with JOURNAL_BUSY. `append` takes ownership of
 *    `batch.bytes`: the array MUST NOT be used afterwards.
 *  - Every start raises the term: the first append of an instance to a journal that is not empty MUST have
 *    a term above the head's. After `unknown`, history MUST NOT be read before that append of a fresh
 *    instance committed.
 *  - No unique index, no transaction shared with other data and no synchronous call may be assumed.
 */
export type Journal = {
  /** Takes hold of the store and answers its head. Once an instance. */
  open(): Promise<JournalHead>;
  append(batch: Batch, expected: JournalHead): Promise<AppendResult>;
  /**
   * Batches from the one that holds record `from`: one at least if there is one, then while `maxBytes`
   * allows.
   */
  read(from: number, maxBytes: number): Promise<readonly Batch[]>;
  /**
   * Waits for an append in flight, then lets go of the store. May be called twice, and on a dead instance.
   */
  close(): Promise<void>;
};

/** `size` is the number of records, `term` that of the last batch; an empty journal is at size 0, term 0. */
export type JournalHead = { readonly size: number; readonly term: number };

export type Batch = {
  readonly from: number;
  readonly count: number;
  readonly term: number;
  readonly bytes: Uint8Array;
};

export type AppendResult = 'committed' | 'conflict' | 'unknown';

/** One inclusion proof a record is built in memory for each batch, and one fsync is shared by all of them. */
export const BATCH_RECORDS_MAX = 256;
/**
 * Keeps one row, one message between threads and one write to the log of the store small enough not to
 * stall.
 */
export const BATCH_BYTES_MAX: number = 512 * 1024;
/** A reader never holds more than this at once, whatever it asks for. */
export const READ_BYTES_MAX: number = 8 * 1024 * 1024;
