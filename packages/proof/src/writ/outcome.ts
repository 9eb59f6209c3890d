import type { ProofCode } from '../codes.ts';
import { Failure } from '../failure.ts';

/**
 * Why something was not found valid. Undecidable: what is wrong may be what the reader knows, not what he
 * read.
 */
export type Refused = {
  readonly verdict: 'invalid' | 'undecidable';
  readonly code: ProofCode;
  readonly detail: string;
};

// With other trust, more witnesses or a newer reader the same bytes could be valid.
const UNDECIDABLE: ReadonlySet<ProofCode> = new Set<ProofCode>([
  'NO_TRUST',
  'WITNESSES_MISSING',
  'FORMAT_VERSION',
  'PROOF_VERSION',
  'LOG_OTHER',
  'COMPLETENESS_UNKNOWN',
]);

/** Runs checks that throw, and turns their refusal into an answer. Whatever is no refusal is thrown on. */
export function outcomeOf<T>(check: () => T): T | Refused {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return refusedAs(error.code, error.detail);
  }
}

export function refusedAs(code: ProofCode, detail: string): Refused {
  return { verdict: UNDECIDABLE.has(code) ? 'undecidable' : 'invalid', code, detail };
}
