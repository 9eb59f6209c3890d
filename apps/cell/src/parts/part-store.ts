/** The sealed part of one record as its writer knows it. `commitment` is the one that stands in the head. */
export type Part = {
  readonly index: number;
  readonly domain: string;
  readonly commitment: Uint8Array;
  readonly plaintext: Uint8Array;
};

/** `erased` was here and was destroyed on purpose; `missing` was never durable here under this commitment. */
export type PartContent = Uint8Array | 'erased' | 'missing';

export type PartRequest = { readonly index: number; readonly commitment: Uint8Array };

export type ErasureProgress = {
  readonly segment: number;
  readonly segments: number;
  readonly erased: number;
};

export type SweepOptions = {
  /**
   * More orphans than this is a lost journal rather than a crash: `SWEEP_REFUSED`, and nothing is touched.
   */
  readonly orphans_max?: number;
};

/**
 * The port to sealed parts, one for each record at most.
 *
 * - `put` MUST resolve only when all parts are durable, and MUST have read them when it returns its promise.
 *   A part put again for the same index replaces the earlier one, which by then is an orphan, and erases it.
 *   The domain must have keys, else `DOMAIN_UNKNOWN`: sealing never revives an erased domain.
 * - `get` MUST check the seal; the caller checks the commitment over the bytes, which it alone can form.
 *   A `missing` part that a head names is damage, to be treated like `PART_CORRUPT`.
 * - `erase` and `eraseDomain` MUST be durable when they resolve, and MUST be safe to repeat after a crash.
 * - After `PARTS_FAILED` the instance is dead: open a fresh one.
 */
export type PartStore = {
  put(parts: readonly Part[]): Promise<void>;
  get(index: number, commitment: Uint8Array): Promise<PartContent>;
  getMany(requests: readonly PartRequest[]): Promise<readonly PartContent[]>;
  /** Any number of records: those without a part, or erased before, cost little. */
  erase(indexes: readonly number[]): Promise<void>;
  /** Destroys the keys of the domain first, then overwrites what was sealed under them. */
  eraseDomain(domain: string, onProgress?: (progress: ErasureProgress) => void): Promise<void>;
  /** Domains whose erasure began and did not end. */
  unfinishedErasures(): readonly string[];
  /** Ends what `eraseDomain` began before a crash. A domain created again since then keeps its new keys. */
  resumeErasures(onProgress?: (progress: ErasureProgress) => void): Promise<void>;
  /** Erases parts of records that never became durable; resolves to how many. Call before the first `put`. */
  sweepOrphans(durableSize: number, options?: SweepOptions): Promise<number>;
  close(): Promise<void>;
};
