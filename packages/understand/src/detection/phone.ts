import { isDigit, isWord } from './characters.ts';
import { type Detection, unchecked } from './kinds.ts';

const PLUS = 0x2b;
const HYPHEN = 0x2d;
/** The shortest national numbers that are in general use have seven digits, after a country code of two. */
const DIGITS_MIN = 9;
/** ITU-T E.164 section 6. */
const DIGITS_MAX = 15;
const NORTH_AMERICA_DIGITS = 11;
/** " (0)" and ") " are the longest that people write between two digits. */
const SEPARATORS_MAX = 2;

/** Country codes of two digits; beside them "1" and "7" of one. */
const TWO_DIGITS =
  ' 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 ' +
  '81 82 84 86 90 91 92 93 94 95 98 ';
/** First two digits of the country codes of three; `/` lists the third digits that are not assigned. */
const THREE_DIGITS =
  '21/04579 22/ 23/ 24/ 25/9 26/ 29/23456 35/ 37/ 38/48 42/2456789 50/ 59/ 67/1 68/4 69/3456789 ' +
  '80/12345679 85/14789 87/12345679 88/4579 96/9 97/8 99/0179';

const THREE: ReadonlyMap<string, string> = new Map(
  THREE_DIGITS.split(' ').map((entry): [string, string] => [entry.slice(0, 2), entry.slice(3)]),
);

/**
 * An international number whose "+" is at `at`: an assigned country code and a length that can be dialled.
 */
export function scanPhone(text: string, at: number, from: number): Detection | null {
  if (text.charCodeAt(at) !== PLUS) return null;
  if (at > from && isPartOfWord(text.charCodeAt(at - 1))) return null;
  const { digits, ends } = readGroups(text, at + 1);
  const end = digits.startsWith('1') ? endOfNorthAmerican(digits, ends) : endOfOther(digits, ends);
  return end === -1 ? null : unchecked('phone', at, end);
}

function isPartOfWord(unit: number): boolean {
  return isWord(unit) || unit === PLUS;
}

type Groups = {
  readonly digits: string;
  /** After how many digits a group ends, and where. */
  readonly ends: readonly { readonly count: number; readonly end: number }[];
};

function readGroups(text: string, from: number): Groups {
  const ends: { count: number; end: number }[] = [];
  let digits = '';
  let at = from;
  for (;;) {
    while (isDigit(text.charCodeAt(at)) && digits.length <= DIGITS_MAX) digits += text.charAt(at++);
    if (digits.length === 0 || digits.length > DIGITS_MAX) break;
    if (isWord(text.charCodeAt(at))) break;
    ends.push({ count: digits.length, end: at });
    let next = at;
    while (next - at < SEPARATORS_MAX && isSeparator(text.charCodeAt(next))) next++;
    if (next === at || !isDigit(text.charCodeAt(next))) break;
    at = next;
  }
  return { digits, ends };
}

/** Space, hyphen, dot, slash and brackets. */
function isSeparator(unit: number): boolean {
  return unit === 0x20 || unit === HYPHEN || unit === 0x2e || unit === 0x2f || unit === 0x28 || unit === 0x29;
}

/** 1 NXX NXX XXXX, where N is 2 … 9. */
function endOfNorthAmerican(digits: string, ends: Groups['ends']): number {
  const end = ends.find(({ count }) => count === NORTH_AMERICA_DIGITS);
  const area = digits.charCodeAt(1);
  const exchange = digits.charCodeAt(4);
  return end !== undefined && area >= 0x32 && exchange >= 0x32 ? end.end : -1;
}

function endOfOther(digits: string, ends: Groups['ends']): number {
  if (!isCountry(digits)) return -1;
  const end = ends.findLast(({ count }) => count >= DIGITS_MIN && count <= DIGITS_MAX);
  return end === undefined ? -1 : end.end;
}

function isCountry(digits: string): boolean {
  if (digits.startsWith('7')) return true;
  const two = digits.slice(0, 2);
  if (TWO_DIGITS.includes(` ${two} `)) return true;
  const missing = THREE.get(two);
  return missing !== undefined && digits.length > 2 && !missing.includes(digits.charAt(2));
}
