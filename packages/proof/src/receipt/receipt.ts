/**
 * The spend (spec/10-spend-receipt.md): the commit's head with the proof that the log contains it. It holds
 * no nonce, so that it may be kept and passed on without helping anyone to guess the arguments.
 */
export type SpendReceipt = {
  /** The exact text of the commit's head: its UTF-8 bytes are the leaf. */
  readonly head: string;
  /** A `c2sp.org/tlog-proof@v1` without extra data. */
  readonly proof: string;
};

export const RECEIPT_FORMAT = 'writ-receipt/v1';

/** As large as a writ may be, for the same reasons. */
export const RECEIPT_BYTES_MAX: number = 64 * 1024;
