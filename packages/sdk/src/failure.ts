import { Failure } from '@writ/proof';
import type { ClientCode } from './codes.ts';

/**
 * A refusal of the client. `code` is stable and meant for programs; `detail` is for people: words of ours or
 * another code, never a text from outside, never the key.
 */
export class ClientFailure extends Error {
  readonly code: ClientCode;
  readonly detail: string;

  constructor(code: ClientCode, detail: string) {
    super(`${code}: ${detail}`);
    this.name = 'ClientFailure';
    this.code = code;
    this.detail = detail;
  }
}

/** Runs what fails with codes of its own or of proofs, and says so in one way. */
export function inClientTerms<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof Failure) throw new ClientFailure(error.code, error.detail);
    throw error;
  }
}
