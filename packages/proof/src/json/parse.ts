import { decodeUtf8 } from '#primitives';
import { Failure } from '../failure.ts';
import { measure } from './measure.ts';
import { checkNumber } from './number.ts';
import { JSON_LIMITS, type JsonLimits, type JsonObject, type JsonValue } from './value.ts';

/**
 * Strict JSON (RFC 8259, I-JSON): one value, exact UTF-8, no byte order mark, no duplicate member, no lone
 * surrogate, no number that readers could take differently. −0 becomes 0, its only canonical spelling.
 *
 * The text is measured first, on its bytes, so that nothing beyond the limits is ever allocated. The grammar
 * is left to the platform's parser. Duplicates are then found by counting: the text has as many members as it
 * has colons outside strings, and the parsed value has as many as survived.
 */
export function parseJson(bytes: Uint8Array, limits: JsonLimits = JSON_LIMITS): JsonValue {
  if (bytes.length > limits.bytes) throw new Failure('JSON_TOO_LARGE', `more than ${limits.bytes} bytes`);
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    throw new Failure('JSON_BOM', 'the text begins with a byte order mark');
  }
  const { members } = measure(bytes, limits);
  const text = decodeUtf8(bytes);
  if (text === undefined) throw new Failure('TEXT_NOT_UTF8', 'the text is not UTF-8');
  const value = parseText(text);
  const counter = { members: 0 };
  const checked = check(value, counter);
  if (counter.members !== members) throw new Failure('JSON_DUPLICATE_MEMBER', 'a member stands twice');
  return checked;
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure('JSON_SYNTAX', 'the text is not one JSON value');
  }
}

// Depth is bounded by measure(). Works in place on the value that JSON.parse has just made and nobody else
// holds.
function check(value: unknown, counter: { members: number }): JsonValue {
  switch (typeof value) {
    case 'string':
      return checkText(value);
    case 'number':
      checkNumber(value);
      return value === 0 ? 0 : value;
    case 'boolean':
      return value;
    default:
      if (value === null) return null;
      if (Array.isArray(value)) return checkArray(value, counter);
      // JSON.parse makes nothing else.
      return checkObject(value as { [name: string]: unknown }, counter);
  }
}

function checkArray(values: unknown[], counter: { members: number }): JsonValue {
  for (let i = 0; i < values.length; i++) {
    if (Object.is(values[i], -0)) values[i] = 0;
    else check(values[i], counter);
  }
  // Every element has just been checked.
  return values as JsonValue[];
}

function checkObject(members: { [name: string]: unknown }, counter: { members: number }): JsonValue {
  for (const name of Object.keys(members)) {
    counter.members += 1;
    checkText(name);
    // Even "__proto__" is an own member here, and assigning to an own member sets no prototype.
    if (Object.is(members[name], -0)) members[name] = 0;
    else check(members[name], counter);
  }
  // Every member has just been checked.
  return members as JsonObject;
}

function checkText(text: string): string {
  if (!text.isWellFormed()) throw new Failure('TEXT_NOT_WELL_FORMED', 'a string with a lone surrogate');
  return text;
}
