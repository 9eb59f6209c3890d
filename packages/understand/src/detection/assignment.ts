import { scanHeaderValue } from './authorization.ts';
import { isAlphanumeric, isSpace } from './characters.ts';
import { type Detection, unchecked } from './kinds.ts';
import { sensitivityOf } from './sensitive-name.ts';
import { looksLikeKey, looksLikePassword } from './value.ts';

const EQUALS = 0x3d;
const COLON = 0x3a;
const GREATER = 0x3e;
const BACKSLASH = 0x5c;
const HYPHEN = 0x2d;
const SPACES_MAX = 4;
const NAME_UNITS_MAX = 64;
/** Whether a value is a secret is judged on this much of it; it is then taken to its end. */
const VALUE_UNITS_MAX = 128;

/**
 * NAME=value, "name": "value", name => value, around the separator at `at`, when the name says what it is.
 */
export function scanAssignment(text: string, at: number, from: number): Detection | null {
  const name = nameBefore(text, at, from);
  if (name === '') return null;
  let start = at + 1;
  const second = text.charCodeAt(start);
  if (second === EQUALS || (second === GREATER && text.charCodeAt(at) === EQUALS)) start++;
  return scanNamed(text, name, skipSpaces(text, start));
}

/** `--password value`: the flag whose two hyphens begin at `at`. With "=" it is an assignment. */
export function scanFlag(text: string, at: number): Detection | null {
  let end = at + 2;
  while (end - at < NAME_UNITS_MAX && isName(text.charCodeAt(end))) end++;
  if (!isSpace(text.charCodeAt(end))) return null;
  return scanNamed(text, text.slice(at + 2, end), skipSpaces(text, end));
}

function scanNamed(text: string, name: string, at: number): Detection | null {
  const sensitivity = sensitivityOf(name);
  if (sensitivity === null) return null;
  const { start, end, closed } = valueAt(text, at);
  if (start === end) return null;
  if (sensitivity === 'header') return scanHeaderValue(text, start);
  const value = text.slice(start, end);
  if (!(sensitivity === 'password' ? looksLikePassword(value) : looksLikeKey(value))) return null;
  return unchecked('secret', start, closed ? end : endOfBare(text, end, text.length));
}

/** The identifier before a separator, with blanks and a quote between them. */
function nameBefore(text: string, at: number, from: number): string {
  let end = at;
  if (text.charCodeAt(end - 1) === COLON) end--; // name := value, seen at its "="
  while (end > from && at - end < SPACES_MAX && text.charCodeAt(end - 1) === 0x20) end--;
  if (end > from && isQuote(text.charCodeAt(end - 1))) end--;
  if (end > from && text.charCodeAt(end - 1) === BACKSLASH) end--;
  let start = end;
  while (start > from && end - start < NAME_UNITS_MAX && isName(text.charCodeAt(start - 1))) start--;
  return text.slice(start, end);
}

function isName(unit: number): boolean {
  return isAlphanumeric(unit) || unit === 0x5f || unit === HYPHEN || unit === 0x2e;
}

function isQuote(unit: number): boolean {
  return unit === 0x22 || unit === 0x27 || unit === 0x60;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (at - from < SPACES_MAX && (text.charCodeAt(at) === 0x20 || text.charCodeAt(at) === 0x09)) at++;
  return at;
}

type Value = { readonly start: number; readonly end: number; readonly closed: boolean };

/** In quotes up to the same quote; else up to a blank or a sign that ends a word, within the limit. */
function valueAt(text: string, from: number): Value {
  const escaped = text.charCodeAt(from) === BACKSLASH;
  const open = escaped ? from + 1 : from;
  if (isQuote(text.charCodeAt(open))) {
    const start = open + 1;
    const last = Math.min(text.length, start + VALUE_UNITS_MAX);
    for (let at = start; at < last; at++) {
      if (text.charCodeAt(at) !== text.charCodeAt(open)) continue;
      const end = text.charCodeAt(at - 1) === BACKSLASH ? at - 1 : at;
      if (end === at || escaped) return { start, end: Math.max(start, end), closed: true };
    }
    return { start, end: endOfBare(text, start, last), closed: false };
  }
  return {
    start: from,
    end: endOfBare(text, from, Math.min(text.length, from + VALUE_UNITS_MAX)),
    closed: false,
  };
}

/** Blanks, quotes, and the signs that part values in code, in shells, in URLs and in lists. */
const ENDS = new Set(Array.from('"\'`<>,;&|)}]\\', (sign) => sign.charCodeAt(0)));

function endOfBare(text: string, from: number, last: number): number {
  let at = from;
  while (at < last && !isSpace(text.charCodeAt(at)) && !ENDS.has(text.charCodeAt(at))) at++;
  return at;
}
