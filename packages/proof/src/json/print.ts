import { Failure } from '../failure.ts';
import { checkNumber } from './number.ts';
import { JSON_LIMITS, type JsonValue } from './value.ts';

// What JSON.stringify would not copy as it stands: controls, quote, backslash, and surrogates, paired or
// lone.
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const NEEDS_CARE = /[\u0000-\u001f"\\\ud800-\udfff]/;

// Member names of records are few and repeat for ever. Foreign ones must be able neither to fill the memory
// nor to keep the names of records out: a full map is emptied and filled again by what is in use.
const QUOTED_NAMES_MAX = 4_096;
const QUOTED_NAME_UNITS_MAX = 64;
const quotedNames = new Map<string, string>();

/**
 * The one text of a value (RFC 8785): members by UTF-16 order, numbers as ECMAScript prints them, −0 as 0.
 * Refuses what JSON cannot hold. Every member is read once, so that a getter cannot say two things.
 */
export function printJson(value: JsonValue): string {
  return print(value, 0);
}

function print(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      if (!Number.isNaN(value)) checkNumber(value);
      else throw new Failure('JSON_NOT_PLAIN', 'NaN is no JSON value');
      return String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (depth >= JSON_LIMITS.depth)
        throw new Failure('JSON_TOO_DEEP', `more than ${JSON_LIMITS.depth} levels`);
      return Array.isArray(value) ? printArray(value, depth) : printObject(value, depth);
    default:
      throw new Failure('JSON_NOT_PLAIN', `a value of type ${typeof value}`);
  }
}

function printArray(values: readonly unknown[], depth: number): string {
  let text = '[';
  for (let i = 0; i < values.length; i++) {
    if (i > 0) text += ',';
    text += print(values[i], depth + 1);
  }
  return `${text}]`;
}

function printObject(value: object, depth: number): string {
  if (!isPlain(value)) throw new Failure('JSON_NOT_PLAIN', 'an object with a class of its own');
  // A plain object is a dictionary: isPlain has just said so.
  const members = value as { readonly [name: string]: unknown };
  let text = '{';
  for (const name of sortedNames(members)) {
    if (text.length > 1) text += ',';
    text += quoteName(name) + print(members[name], depth + 1);
  }
  return `${text}}`;
}

function sortedNames(members: object): string[] {
  const names = Object.keys(members);
  for (let i = 1; i < names.length; i++) {
    // `<` and a sort without comparer both go by UTF-16 code units, as RFC 8785 section 3.2.3 wants.
    if ((names[i - 1] ?? '') > (names[i] ?? '')) return names.sort();
  }
  return names;
}

// Objects of another realm (a vm context, a frame) are plain too: their prototype is the end of its own
// chain.
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, 'isPrototypeOf');
}

function quoteName(name: string): string {
  const known = quotedNames.get(name);
  if (known !== undefined) return known;
  const quoted = `${quote(name)}:`;
  if (name.length > QUOTED_NAME_UNITS_MAX) return quoted;
  if (quotedNames.size >= QUOTED_NAMES_MAX) quotedNames.clear();
  quotedNames.set(name, quoted);
  return quoted;
}

function quote(text: string): string {
  if (!NEEDS_CARE.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new Failure('TEXT_NOT_WELL_FORMED', 'a string with a lone surrogate');
  // For a well-formed string this is the escaping of RFC 8785 section 3.2.2.2, character for character.
  return JSON.stringify(text);
}
