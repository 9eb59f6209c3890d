import type { ProofCode } from '../codes.ts';
import { refusedAs } from '../writ/outcome.ts';
import type { LogPlace, LogVerdict } from './verdict.ts';

/** What ended a pass over a log: thrown where it is found, answered by the verification. */
export class Finding extends Error {
  readonly verdict: LogVerdict;

  constructor(code: ProofCode, place: LogPlace, detail: string, settled = true) {
    super(code);
    const refused = refusedAs(code, detail);
    this.verdict =
      refused.verdict === 'undecidable'
        ? { verdict: 'undecidable', code, detail }
        : { verdict: 'invalid', code, place, detail, settled };
  }
}

export const IN_FILE: LogPlace = { kind: 'file' };

export function atIndex(index: number): LogPlace {
  return { kind: 'index', index };
}

export function inRange(from: number, to: number | null): LogPlace {
  return { kind: 'range', from, to };
}
