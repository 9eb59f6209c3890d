import type { WalState } from './messages.ts';

/** A checkpoint is due after this much new log: small enough to be quick, large enough to pay for its sync. */
const CHECKPOINT_EVERY_BYTES: number = 4 * 1024 * 1024;
/** From here on the writer helps, for only between two commits can the log be moved whole and start over. */
const RESTART_BYTES: number = 16 * 1024 * 1024;
/** From here on no append is tried before the log could start over. */
export const WAL_BYTES_MAX: number = 64 * 1024 * 1024;
/** Pages that a commit writes besides those of its bytes: the leaf, its parent, the first page. */
const COMMIT_OVERHEAD_BYTES: number = 4 * 4096;

export type WalBound = {
  /** Counts a commit; true when a checkpoint is due. */
  grew(bytes: number): boolean;
  /** Takes in what a checkpoint found; true when the writer should finish it. */
  moved(state: WalState): boolean;
  isOver(): boolean;
};

/** Estimates the size of the write-ahead log between checkpoints, which tell it exactly. Never too low. */
export function createWalBound(): WalBound {
  let total = 0;
  let fresh = 0;
  return {
    grew(bytes) {
      const growth = Math.ceil(bytes * 1.01) + COMMIT_OVERHEAD_BYTES;
      total += growth;
      fresh += growth;
      return fresh >= CHECKPOINT_EVERY_BYTES;
    },
    moved({ written_bytes, moved_bytes }) {
      // Moved whole, the log starts over with the next commit; until then its old length stands for nothing.
      total = moved_bytes >= written_bytes ? 0 : written_bytes;
      fresh = 0;
      return written_bytes >= RESTART_BYTES && total > 0;
    },
    isOver: () => total >= WAL_BYTES_MAX,
  };
}
