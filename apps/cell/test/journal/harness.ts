import type { Journal } from '../../src/journal/journal.ts';

/** One store that outlives its instances, as a disk does. */
export type JournalHarness = {
  /** A fresh instance over the store. */
  fresh(): Journal;
  dispose(): Promise<void>;
  /** Whether one instance keeps all others out while it lives; else several may race. */
  readonly isExclusive: boolean;
  /** Seeds of whole histories under faults; fewer where every commit costs an fsync. */
  readonly histories: number;
};
