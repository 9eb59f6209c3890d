import { isLetter, isSpace, isToken, lowerAscii } from './characters.ts';
import { type Detection, unchecked } from './kinds.ts';
import { isReference, looksLikeKey } from './value.ts';

const SCHEMES: readonly string[] = ['bearer', 'basic', 'token', 'apikey', 'digest', 'negotiate'];
const SCHEME_UNITS_MAX = 12;
const SPACES_MAX = 4;
/** Shorter than any credential behind a scheme. */
const CREDENTIAL_UNITS_MIN = 8;
/** Whether it is one is judged on this much of it; it is then taken to its end. */
const CREDENTIAL_UNITS_MAX = 256;

/**
 * `Bearer` and the token behind it, anywhere. In prose the word stands before other words: these are not
 * keys.
 */
export function scanBearer(text: string, at: number): Detection | null {
  const range = credentialAfterScheme(text, at);
  if (range === null || range.scheme !== 'bearer') return null;
  return looksLikeKey(text.slice(range.start, range.end))
    ? unchecked('secret', range.start, range.end)
    : null;
}

/** The credential in the value of an authorization header, which begins at `at`. */
export function scanHeaderValue(text: string, at: number): Detection | null {
  const range = credentialAfterScheme(text, at);
  if (range === null) return null;
  const value = text.slice(range.start, range.end);
  if (value.length < CREDENTIAL_UNITS_MIN || isReference(value)) return null;
  return unchecked('secret', range.start, endOfToken(text, range.end, text.length));
}

type Credential = { readonly scheme: string; readonly start: number; readonly end: number };

function credentialAfterScheme(text: string, at: number): Credential | null {
  let word = at;
  while (word - at <= SCHEME_UNITS_MAX && isLetter(text.charCodeAt(word))) word++;
  const scheme = lowerAscii(text.slice(at, word));
  let start = word;
  if (SCHEMES.includes(scheme)) {
    while (start - word < SPACES_MAX && isSpace(text.charCodeAt(start))) start++;
    if (start === word) return null;
  } else {
    start = at;
  }
  const end = endOfToken(text, start, Math.min(text.length, start + CREDENTIAL_UNITS_MAX));
  return end === start ? null : { scheme, start, end };
}

function endOfToken(text: string, from: number, last: number): number {
  let at = from;
  while (at < last && isToken(text.charCodeAt(at))) at++;
  return at;
}
