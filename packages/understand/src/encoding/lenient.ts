import { hexValue } from './hex.ts';

/**
 * Bytes and characters as the most tolerant decoder that is in use would read them, so that nothing hides
 * behind an encoding that a strict one refuses: overlong UTF-8, `%u` escapes, escapes of strings, entities.
 */
export type Lenient = { readonly text: string; readonly changed: boolean };

const PERCENT = 0x25;
const BACKSLASH = 0x5c;
const AMPERSAND = 0x26;
/** Longer numbers of an entity name no character. */
const ENTITY_UNITS_MAX = 10;

const NAMED: ReadonlyMap<string, string> = new Map([
  ['period', '.'],
  ['sol', '/'],
  ['bsol', '\\'],
  ['percnt', '%'],
  ['amp', '&'],
  ['colon', ':'],
  ['semi', ';'],
  ['quot', '"'],
  ['apos', "'"],
  ['lt', '<'],
  ['gt', '>'],
  ['vert', '|'],
  ['grave', '`'],
  ['dollar', '$'],
  ['lpar', '('],
  ['rpar', ')'],
  ['NewLine', '\n'],
  ['nbsp', ' '],
]);

type Part = { readonly text: string; readonly end: number };
type Reader = (text: string, at: number) => Part | null;

/** Escapes of URLs, with all that was ever read as one. One pass: what that makes anew is another layer. */
export function decodeUrlEscapes(text: string): Lenient {
  return replaceEach(text, PERCENT, urlEscapeAt);
}

/** `\x2e`, `\u002e`, `\u{2e}` and `\056`, as strings of programs have them. */
export function decodeStringEscapes(text: string): Lenient {
  return replaceEach(text, BACKSLASH, stringEscapeAt);
}

/** `&#46;`, `&#x2e;`, `&period;`. */
export function decodeEntities(text: string): Lenient {
  return replaceEach(text, AMPERSAND, entityAt);
}

function replaceEach(text: string, sign: number, read: Reader): Lenient {
  const signText = String.fromCharCode(sign);
  let from = text.indexOf(signText);
  if (from < 0) return { text, changed: false };
  let decoded = '';
  let kept = 0;
  while (from >= 0) {
    const part = read(text, from);
    if (part !== null) {
      decoded += text.slice(kept, from) + part.text;
      kept = part.end;
    }
    from = text.indexOf(signText, part === null ? from + 1 : part.end);
  }
  return { text: decoded + text.slice(kept), changed: kept > 0 };
}

function urlEscapeAt(text: string, at: number): Part | null {
  const wide = text.charCodeAt(at + 1) | 0x20;
  if (wide === 0x75) {
    const unit = hexAt(text, at + 2, 4);
    return unit < 0 ? null : { text: String.fromCharCode(unit), end: at + 6 };
  }
  const first = byteAt(text, at);
  if (first < 0) return null;
  if (first < 0x80) return { text: String.fromCharCode(first), end: at + 3 };
  return { ...sequenceAt(text, at, first) };
}

/**
 * A sequence of UTF-8, however long it is for what it spells. A byte that begins none is dropped, as some
 * decoders do.
 */
function sequenceAt(text: string, at: number, first: number): Part {
  const length =
    first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf8 ? 4 : first < 0xfc ? 5 : 6;
  let point = length === 1 ? 0 : first & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) {
    const byte = byteAt(text, at + 3 * i);
    if (byte < 0x80 || byte > 0xbf) return { text: '', end: at + 3 };
    point = point * 64 + (byte & 0x3f);
  }
  if (length === 1) return { text: '', end: at + 3 };
  return { text: point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point), end: at + 3 * length };
}

function byteAt(text: string, at: number): number {
  return text.charCodeAt(at) === PERCENT ? hexAt(text, at + 1, 2) : -1;
}

function hexAt(text: string, at: number, digits: number): number {
  let value = 0;
  for (let i = 0; i < digits; i++) {
    const digit = hexValue(text.charCodeAt(at + i));
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

function stringEscapeAt(text: string, at: number): Part | null {
  const kind = text.charAt(at + 1);
  if (kind === 'x') return unitAt(hexAt(text, at + 2, 2), at + 4);
  if (kind === 'u' && text.charAt(at + 2) === '{') return bracedAt(text, at + 3);
  if (kind === 'u') return unitAt(hexAt(text, at + 2, 4), at + 6);
  let value = 0;
  let end = at + 1;
  for (; end < at + 4 && text.charCodeAt(end) >= 0x30 && text.charCodeAt(end) <= 0x37; end++) {
    value = value * 8 + text.charCodeAt(end) - 0x30;
  }
  return end === at + 4 && value < 0x80 ? unitAt(value, end) : null;
}

function bracedAt(text: string, at: number): Part | null {
  const end = text.indexOf('}', at);
  if (end <= at || end - at > 6) return null;
  const point = hexAt(text, at, end - at);
  return point < 0 || point > 0x10ffff ? null : { text: String.fromCodePoint(point), end: end + 1 };
}

function unitAt(unit: number, end: number): Part | null {
  return unit < 0 ? null : { text: String.fromCharCode(unit), end };
}

function entityAt(text: string, at: number): Part | null {
  let end = at + 1;
  while (end - at <= ENTITY_UNITS_MAX && isEntityUnit(text.charCodeAt(end))) end++;
  const name = text.slice(at + 1, end);
  const last = text.charAt(end) === ';' ? end + 1 : end;
  if (!name.startsWith('#')) {
    const named = last > end ? NAMED.get(name) : undefined;
    return named === undefined ? null : { text: named, end: last };
  }
  const isHex = (name.charCodeAt(1) | 0x20) === 0x78;
  const digits = name.slice(isHex ? 2 : 1);
  const point = digits === '' ? -1 : isHex ? hexAt(digits, 0, digits.length) : decimalOf(digits);
  if (point < 0 || point > 0x10ffff) return null;
  return { text: String.fromCodePoint(point), end: last };
}

function decimalOf(digits: string): number {
  let value = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = digits.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function isEntityUnit(unit: number): boolean {
  return unit === 0x23 || (unit >= 0x30 && unit <= 0x39) || isAsciiLetter(unit);
}

function isAsciiLetter(unit: number): boolean {
  return (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a;
}
