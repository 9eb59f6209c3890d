import { Failure } from '../failure.ts';
import { HEAD_BYTES_MAX } from '../record/head.ts';

/**
 * Permission for one executor to run one action once (spec/09-writ.md): the decision's head, the proof that
 * the log contains it, and the nonce that opens its commitment to the arguments. Texts are verbatim.
 */
export type Writ = {
  /** The exact text of the head: its UTF-8 bytes are the leaf. */
  readonly head: string;
  /**
   * 32 bytes as base64url. Whoever has it can check guesses of the arguments, so it travels with them only.
   */
  readonly nonce: string;
  /** A `c2sp.org/tlog-proof@v1` without extra data. */
  readonly proof: string;
};

export const WRIT_FORMAT = 'writ/v1';

/** 63 hashes and a checkpoint with a hundred cosignatures need 20 KB; a head escaped as JSON at most 2 KB. */
export const WRIT_BYTES_MAX: number = 64 * 1024;

export function checkHeadText(head: string): void {
  if (head === '' || head.length > HEAD_BYTES_MAX) throw new Failure('RECORD_TOO_LARGE', 'head');
}
