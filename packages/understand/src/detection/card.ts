import { isDigit, isWord } from './characters.ts';
import { checked, type Detection } from './kinds.ts';
import { isInUuid } from './uuid.ts';

const SPACE = 0x20;
const HYPHEN = 0x2d;
const DOT = 0x2e;
const DIGITS_MIN = 12;
const DIGITS_MAX = 19;
/** People write cards in groups of three to seven digits; shorter groups are lists of numbers. */
const GROUP_MIN = 3;

type Brand = { readonly from: number; readonly to: number; readonly lengths: readonly number[] };

/** First six digits of the issuers (ISO/IEC 7812) and the lengths in which they issue. */
const BRANDS: readonly Brand[] = [
  { from: 400000, to: 499999, lengths: [13, 16, 19] }, // Visa
  { from: 510000, to: 559999, lengths: [16] }, // Mastercard
  { from: 222100, to: 272099, lengths: [16] }, // Mastercard
  { from: 340000, to: 349999, lengths: [15] }, // American Express
  { from: 370000, to: 379999, lengths: [15] }, // American Express
  { from: 601100, to: 601199, lengths: [16, 19] }, // Discover
  { from: 644000, to: 659999, lengths: [16, 19] }, // Discover
  { from: 300000, to: 305999, lengths: [14, 16] }, // Diners Club
  { from: 360000, to: 369999, lengths: [14, 16] }, // Diners Club
  { from: 380000, to: 399999, lengths: [14, 16] }, // Diners Club
  { from: 352800, to: 358999, lengths: [16, 19] }, // JCB
  { from: 620000, to: 629999, lengths: [16, 17, 18, 19] }, // UnionPay
  { from: 810000, to: 817199, lengths: [16, 19] }, // RuPay, UnionPay
  { from: 220000, to: 220499, lengths: [16, 19] }, // Mir
  { from: 501800, to: 501899, lengths: [12, 13, 14, 15, 16, 17, 18, 19] }, // Maestro
  { from: 502000, to: 502099, lengths: [12, 13, 14, 15, 16, 17, 18, 19] }, // Maestro
  { from: 503800, to: 503899, lengths: [12, 13, 14, 15, 16, 17, 18, 19] }, // Maestro
  { from: 589300, to: 589399, lengths: [12, 13, 14, 15, 16, 17, 18, 19] }, // Maestro
  { from: 630400, to: 630499, lengths: [12, 13, 14, 15, 16, 17, 18, 19] }, // Maestro
  { from: 675900, to: 676399, lengths: [12, 13, 14, 15, 16, 17, 18, 19] }, // Maestro
];

/**
 * A payment card that begins with the digit at `at`: digits alone, or in groups parted by one kind of single
 * separator, with an issuer's prefix and length and a fitting Luhn digit. The longest that fits is taken.
 */
export function scanCard(text: string, at: number, from: number): Detection | null {
  if (!isCardStart(text, at, from)) return null;
  let digits = '';
  let separator = 0;
  let found = -1;
  let cursor = at;
  for (;;) {
    const group = cursor;
    while (isDigit(text.charCodeAt(cursor)) && digits.length <= DIGITS_MAX) {
      digits += text.charAt(cursor);
      cursor++;
    }
    if (digits.length > DIGITS_MAX) break;
    const grouped = separator !== 0 || group !== at;
    if (grouped && cursor - group < GROUP_MIN) break;
    const next = text.charCodeAt(cursor);
    if (digits.length >= DIGITS_MIN && isCardEnd(text, cursor) && isCard(digits)) found = cursor;
    if (next !== SPACE && next !== HYPHEN) break;
    if (separator === 0) {
      if (cursor - group < GROUP_MIN) break;
      separator = next;
    }
    if (next !== separator || !isDigit(text.charCodeAt(cursor + 1))) break;
    cursor++;
  }
  return found === -1 || isInUuid(text, at) ? null : checked('card', at, found);
}

function isCardStart(text: string, at: number, from: number): boolean {
  if (at === 0 || at === from) return true;
  const before = text.charCodeAt(at - 1);
  if (isWord(before)) return false;
  return !(before === DOT && isDigit(text.charCodeAt(at - 2))); // the fraction of a number
}

function isCardEnd(text: string, end: number): boolean {
  const next = text.charCodeAt(end);
  if (isWord(next)) return false;
  return !(next === DOT && isDigit(text.charCodeAt(end + 1)));
}

function isCard(digits: string): boolean {
  const prefix = Number(digits.slice(0, 6));
  return (
    BRANDS.some(
      ({ from, to, lengths }) => prefix >= from && prefix <= to && lengths.includes(digits.length),
    ) && isLuhn(digits)
  );
}

/** ISO/IEC 7812-1 annex B. */
function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    let digit = digits.charCodeAt(digits.length - 1 - i) - 0x30;
    if (i % 2 === 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 === 0;
}
