import type * as verifier from '@writ/page/verifier';

declare global {
  /** The script before this one: the verifier of `packages/page`, with all that it imports. */
  const writVerifier: typeof verifier;
}
