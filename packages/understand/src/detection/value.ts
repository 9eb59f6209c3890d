import { isAlphanumeric, isDigit, isLetter, isWord } from './characters.ts';
import { DETECTION_KINDS } from './kinds.ts';

const DOLLAR = 0x24;
const PERCENT = 0x25;
const HASH = 0x23;

/** Whether this is nothing but typed tokens, as `tokenise` writes them. */
export function isTokenText(text: string): boolean {
  return text.split('+').every(isToken);
}

function isToken(text: string): boolean {
  const hash = text.indexOf('#');
  if (hash === -1 || hash === text.length - 1 || text.length > hash + 7) return false;
  for (let at = hash + 1; at < text.length; at++) if (!isDigit(text.charCodeAt(at))) return false;
  const kind = text.slice(0, hash);
  return DETECTION_KINDS.some((known) => known === kind);
}

/**
 * Whether a value only says where the secret is: a variable, a template, a call, a mask, a typed token, or a
 * word of the language.
 */
export function isReference(value: string): boolean {
  const first = value.charCodeAt(0);
  if (first === DOLLAR || value.startsWith('{{') || value.startsWith('<')) return true;
  if (value.includes('`') || value.includes('$(')) return true;
  if (first === PERCENT && value.endsWith('%') && value.length > 2) return true;
  if (value.startsWith('process.env') || value.startsWith('os.environ') || value.startsWith('env.'))
    return true;
  if (isTokenText(value)) return true;
  return isCall(value) || isMask(value);
}

/** name.name( … : an expression, not a literal. */
function isCall(value: string): boolean {
  let at = 0;
  while (isWord(value.charCodeAt(at)) || value.charCodeAt(at) === 0x2e) at++;
  return at > 0 && value.charCodeAt(at) === 0x28;
}

/** At most two different characters: `********`, `xxxx-xxxx`, `....`. */
function isMask(value: string): boolean {
  let second = -1;
  const first = value.charCodeAt(0);
  for (let at = 1; at < value.length; at++) {
    const unit = value.charCodeAt(at);
    if (unit === first || unit === second) continue;
    if (second !== -1) return false;
    second = unit;
  }
  return true;
}

const PASSWORD_UNITS_MIN = 6;
const KEY_UNITS_MIN = 12;

/** What people set as a password, told from labels and identifiers: a digit or a sign among letters. */
export function looksLikePassword(value: string): boolean {
  if (value.length < PASSWORD_UNITS_MIN || isReference(value) || !hasLetter(value)) return false;
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at);
    if (isDigit(unit) || !(isAlphanumeric(unit) || isPathSign(unit))) return true;
  }
  return false;
}

/** Signs that names and paths hold too: space _ - . / : \ [ ] */
function isPathSign(unit: number): boolean {
  return unit === 0x20 || (unit >= 0x2d && unit <= 0x2f) || unit === 0x3a || unit === 0x5f || isBracket(unit);
}

function isBracket(unit: number): boolean {
  return unit >= 0x5b && unit <= 0x5d;
}

/**
 * What programs make as a key: long, letters and digits, one word, spread over its alphabet. Spread is the
 * collision entropy, Σ count² / length² ≤ 1/8: three bits a character or more, in integers.
 */
export function looksLikeKey(value: string): boolean {
  if (value.length < KEY_UNITS_MIN || isReference(value) || !hasLetter(value)) return false;
  const counts = new Uint32Array(128);
  let digits = 0;
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at);
    if (unit <= 0x20 || unit >= 0x7f || unit === HASH) return false;
    if (isDigit(unit)) digits += 1;
    counts[unit] = (counts[unit] ?? 0) + 1;
  }
  let squares = 0;
  for (const count of counts) squares += count * count;
  return digits > 0 && value.length * value.length >= 8 * squares;
}

function hasLetter(value: string): boolean {
  for (let at = 0; at < value.length; at++) if (isLetter(value.charCodeAt(at))) return true;
  return false;
}
