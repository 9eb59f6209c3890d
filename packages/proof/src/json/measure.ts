import { Failure } from '../failure.ts';
import type { JsonLimits } from './value.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * One pass over the bytes, before anything is built: refuses too much depth or too many values, and counts
 * the members. The counts are exact for every text that is JSON; what is not, the parser refuses afterwards.
 * Bytes beyond ASCII cannot be mistaken, since none of a UTF-8 sequence lies within ASCII.
 */
export function measure(bytes: Uint8Array, limits: JsonLimits): { readonly members: number } {
  let depth = 0;
  let values = 1;
  let members = 0;
  for (let at = 0; at < bytes.length; at++) {
    switch (bytes[at]) {
      case QUOTE:
        at = endOfString(bytes, at + 1);
        break;
      case COLON:
        members += 1;
        break;
      case COMMA:
        values += 1;
        break;
      case OPEN_BRACKET:
      case OPEN_BRACE:
        depth += 1;
        values += 1;
        if (depth > limits.depth) throw new Failure('JSON_TOO_DEEP', `more than ${limits.depth} levels`);
        break;
      case CLOSE_BRACKET:
      case CLOSE_BRACE:
        depth -= 1;
        break;
      default:
    }
  }
  // A container is counted with its first element or as empty: never less than what will be built.
  if (values > limits.values) throw new Failure('JSON_TOO_MANY_VALUES', `more than ${limits.values} values`);
  return { members };
}

function endOfString(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}
