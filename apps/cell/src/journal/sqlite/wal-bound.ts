import type { WalState } from './messages.ts';
import { WAL_BYTES_MAX } from './settings.ts';

/**
 * A checkpoint is due after this much new log: small enough to be quick, large enough to pay for its sync.
 */
const CHECKPOINT_EVERY_BYTES: number = 4 * 1024 * 1024;
/**
 * From here on the writer finishes it, for only between two commits can the log be moved whole and start
 * over.
 */
const RESTART_BYTES: number = 8 * 1024 * 1024;
/** Pages that a commit writes besides those of its bytes: the leaf, its parent, the first page. */
const COMMIT_OVERHEAD_BYTES: number = 4 * 8192;
/** A page of the log carries 24 bytes of its own, a page of a long row 4. */
const GROWTH_FACTOR = 1.01;

export type WalBound = {
  /** Counts a commit; true when a checkpoint is due. */
  grew(bytes: number): boolean;
  /** A checkpoint beside the writer has run; true when the writer should finish it. */
  movedBeside(): boolean;
  /** The writer has run one itself, so that what it found is exact. */
  movedByWriter(state: WalState | 'busy'): void;
  isOver(): boolean;
};

/**
 * Estimates the length of the write-ahead log, never too low. What a checkpoint beside the writer says is
 * already out of date; only the writer knows that nothing was committed since.
 */
export function createWalBound(): WalBound {
  let total = 0;
  let fresh = 0;
  return {
    grew(bytes) {
      const growth = Math.ceil(bytes * GROWTH_FACTOR) + COMMIT_OVERHEAD_BYTES;
      total += growth;
      fresh += growth;
      return fresh >= CHECKPOINT_EVERY_BYTES;
    },
    movedBeside() {
      fresh = 0;
      return total >= RESTART_BYTES;
    },
    movedByWriter(state) {
      if (state === 'busy') return;
      const { written_bytes, moved_bytes } = state;
      // Moved whole, the log starts over with the next commit; until then its old length stands for nothing.
      total = moved_bytes >= written_bytes ? 0 : written_bytes;
    },
    isOver: () => total >= WAL_BYTES_MAX,
  };
}
