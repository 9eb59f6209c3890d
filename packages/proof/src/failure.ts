import type { ProofCode } from './codes.ts';

/**
 * A refusal. `code` is stable and meant for programs; `detail` is for people and never repeats foreign text,
 * so that it may be printed anywhere.
 */
export class Failure extends Error {
  readonly code: ProofCode;
  readonly detail: string;

  constructor(code: ProofCode, detail: string) {
    super(`${code}: ${detail}`);
    this.name = 'Failure';
    this.code = code;
    this.detail = detail;
  }
}
