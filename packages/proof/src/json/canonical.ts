import { encodeUtf8 } from '#primitives';
import { equalBytes } from '../bytes/equal.ts';
import { Failure } from '../failure.ts';
import { parseJson } from './parse.ts';
import { printJson } from './print.ts';
import { JSON_LIMITS, type JsonLimits, type JsonValue } from './value.ts';

/** Canonical bytes of a value: what is hashed, signed and stored. */
export function printJsonBytes(value: JsonValue): Uint8Array {
  return encodeUtf8(printJson(value));
}

/** Whether `bytes` are exactly the canonical text of the value that they hold. */
export function isCanonical(bytes: Uint8Array, limits: JsonLimits = JSON_LIMITS): boolean {
  try {
    return equalBytes(printJsonBytes(parseJson(bytes, limits)), bytes);
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}
