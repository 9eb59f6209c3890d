import { Failure } from '../failure.ts';

/**
 * INVARIANT: every number that enters or leaves is one that any JSON reader reads the same. Beyond ±(2^53 −
 * 1) integers are not (RFC 7493 section 2.2), so whoever needs them writes a string.
 */
export function checkNumber(value: number): void {
  if (Number.isSafeInteger(value)) return;
  if (!Number.isFinite(value)) throw new Failure('USE_STRING', 'a number beyond the range of a double');
  if (Number.isInteger(value)) throw new Failure('USE_STRING', 'an integer beyond ±(2^53 − 1)');
}
