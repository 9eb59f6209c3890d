import type * as verifier from '../verifier.ts';

declare global {
  /** The script before this one: see verifier.ts. */
  const writVerifier: typeof verifier;
}
