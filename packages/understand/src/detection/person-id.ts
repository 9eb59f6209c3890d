import { isDigit, isUpper, isWord } from './characters.ts';
import { checked, type Detection } from './kinds.ts';
import {
  isAadhaar,
  isAhv,
  isChineseId,
  isCodiceFiscale,
  isCpf,
  isDni,
  isInsee,
  isLuhn9,
  isNhs,
  isPesel,
  isSwedish,
  isTaxId,
} from './person-checks.ts';
import { isInUuid } from './uuid.ts';

/**
 * How people and authorities write a number, `d` a digit, `A` a capital, `x` a digit or the check letter, all
 * else itself; and what has to fit. A number that could be anything counts only in the form that is its own.
 */
type Form = { readonly shape: string; readonly fits: (compact: string) => boolean };

const FORMS: readonly Form[] = [
  { shape: 'ddd ddd dddd', fits: isNhs }, // United Kingdom, health
  { shape: 'ddd.ddd.ddd-dd', fits: isCpf }, // Brazil, taxes
  { shape: 'dddd dddd dddd', fits: isAadhaar }, // India
  { shape: 'dddd-dddd-dddd', fits: isAadhaar },
  { shape: 'd dd dd dd ddd ddd dd', fits: isInsee }, // France
  { shape: 'ddddddddddddddd', fits: isInsee },
  { shape: 'dd ddd ddd ddd', fits: isTaxId }, // Germany, taxes
  { shape: 'ddddddddA', fits: isDni }, // Spain
  { shape: 'dddddddd-A', fits: isDni },
  { shape: 'AdddddddA', fits: isDni }, // Spain, foreigners
  { shape: 'A-ddddddd-A', fits: isDni },
  { shape: 'ddddddddddd', fits: isPesel }, // Poland
  { shape: 'dddddd-dddd', fits: isSwedish },
  { shape: 'ddd-ddd-ddd', fits: isLuhn9 }, // Canada
  { shape: 'ddd.dddd.dddd.dd', fits: isAhv }, // Switzerland
  { shape: 'ddddddddddddddddds', fits: isChineseId },
  { shape: 'AAAAAAxxAxxAxxxA', fits: isCodiceFiscale }, // Italy
];

/** Where letters stand before the first digit, so many. */
const LETTERS_BEFORE: readonly number[] = [0, 1, 2, 6];
const BY_LETTERS: ReadonlyMap<number, readonly Form[]> = new Map(
  LETTERS_BEFORE.map((letters): [number, readonly Form[]] => [
    letters,
    FORMS.filter(({ shape }) => shape.search(/[dx]/) === letters),
  ]),
);

/** A number by which a state knows a person, with its checksum, whose first digit is at `at`. */
export function scanPersonId(text: string, at: number, from: number): Detection | null {
  for (const letters of LETTERS_BEFORE) {
    const start = at - letters;
    if (start < from || isJoinedBefore(text, start)) continue;
    for (const { shape, fits } of BY_LETTERS.get(letters) ?? []) {
      const compact = compactOf(text, start, shape);
      if (compact === null || isJoinedBehind(text, start + shape.length)) continue;
      if (fits(compact) && !isInUuid(text, start)) return checked('person_id', start, start + shape.length);
    }
  }
  return null;
}

/** A part of a longer word, or the last groups of a longer number. */
function isJoinedBefore(text: string, start: number): boolean {
  const unit = text.charCodeAt(start - 1);
  return isWord(unit) || (isSeparator(unit) && isWordOrDigit(unit, text.charCodeAt(start - 2)));
}

function isJoinedBehind(text: string, end: number): boolean {
  const unit = text.charCodeAt(end);
  return isWord(unit) || (isSeparator(unit) && isWordOrDigit(unit, text.charCodeAt(end + 1)));
}

function isSeparator(unit: number): boolean {
  return unit === 0x20 || unit === 0x2d || unit === 0x2e;
}

/** A hyphen joins words too; a blank and a dot only numbers. */
function isWordOrDigit(separator: number, unit: number): boolean {
  return separator === 0x2d ? isWord(unit) : isDigit(unit);
}

/** The digits and letters of a text of this shape; null where it has another. */
function compactOf(text: string, start: number, shape: string): string | null {
  let compact = '';
  for (let i = 0; i < shape.length; i++) {
    const unit = text.charCodeAt(start + i);
    const sign = shape.charAt(i);
    if (!isOfShape(sign, unit)) return null;
    if (sign === 'd' || sign === 'A' || sign === 'x' || sign === 's') compact += text.charAt(start + i);
  }
  return compact;
}

function isOfShape(sign: string, unit: number): boolean {
  if (sign === 'd') return isDigit(unit);
  if (sign === 'A') return isUpper(unit);
  if (sign === 'x') return isDigit(unit) || isUpper(unit);
  if (sign === 's') return isDigit(unit) || unit === 0x58 || unit === 0x78;
  return unit === sign.charCodeAt(0);
}
