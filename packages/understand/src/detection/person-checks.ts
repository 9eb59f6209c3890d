/** The checks of numbers of persons, over what is left without separators. */

function digitAt(text: string, at: number): number {
  return text.charCodeAt(at) - 0x30;
}

function weighted(text: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * digitAt(text, at), 0);
}

function isOneDigit(text: string): boolean {
  return text.split('').every((sign) => sign === text.charAt(0));
}

function isDay(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

function luhn(text: string): boolean {
  let sum = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = digitAt(text, text.length - 1 - i) * (i % 2 === 1 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

/** Modulus 11 over nine digits (NHS data dictionary). */
export function isNhs(text: string): boolean {
  const check = 11 - (weighted(text, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  return !isOneDigit(text) && check !== 10 && check % 11 === digitAt(text, 9);
}

export function isCpf(text: string): boolean {
  const first = (weighted(text, [10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11;
  const second = (weighted(text, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11;
  return !isOneDigit(text) && first % 10 === digitAt(text, 9) && second % 10 === digitAt(text, 10);
}

/** The dihedral group of the pentagon (Verhoeff), and the permutation of its places. */
const TIMES = ['0123456789', '1234067895', '2340178956', '3401289567', '4012395678']
  .concat(['5987604321', '6598710432', '7659821043', '8765932104', '9876543210'])
  .map((row) => Array.from(row, Number));
const PLACES = ['0123456789', '1576283094', '5803796142', '8916043527', '9453126870', '4286573901']
  .concat(['2793806415', '7046913258'])
  .map((row) => Array.from(row, Number));

export function isAadhaar(text: string): boolean {
  let check = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = digitAt(text, text.length - 1 - i);
    check = TIMES[check]?.[PLACES[i % 8]?.[digit] ?? 0] ?? 0;
  }
  return check === 0 && digitAt(text, 0) >= 2;
}

/** Sex, year, month, department, commune, order; the key is 97 less the remainder. */
export function isInsee(text: string): boolean {
  const sex = digitAt(text, 0);
  const month = Number(text.slice(3, 5));
  if (sex < 1 || sex > 2 || month < 1 || month > 12 || Number(text.slice(5, 7)) === 0) return false;
  return 97 - (Number(text.slice(0, 13)) % 97) === Number(text.slice(13));
}

/** ISO 7064 MOD 11, 10; of the first ten digits exactly one stands twice or three times. */
export function isTaxId(text: string): boolean {
  if (digitAt(text, 0) === 0) return false;
  const counts = Array.from({ length: 10 }, (_, digit) => text.slice(0, 10).split(String(digit)).length - 1);
  if (counts.filter((count) => count > 1).length !== 1 || Math.max(...counts) > 3) return false;
  let product = 10;
  for (let at = 0; at < 10; at++) product = (((digitAt(text, at) + product) % 10 || 10) * 2) % 11;
  return (11 - product) % 10 === digitAt(text, 10);
}

const DNI_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';

export function isDni(text: string): boolean {
  const first = 'XYZ'.indexOf(text.charAt(0));
  const digits = first < 0 ? text.slice(0, -1) : `${first}${text.slice(1, -1)}`;
  if (digits.length !== 8 || !/^[0-9]+$/.test(digits)) return false;
  return DNI_LETTERS.charAt(Number(digits) % 23) === text.charAt(text.length - 1);
}

/** The month tells the century too: 80 more for the nineteenth, 20, 40, 60 more for later ones. */
export function isPesel(text: string): boolean {
  if (!isDay(Number(text.slice(2, 4)) % 20, Number(text.slice(4, 6)))) return false;
  const sum = weighted(text, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]);
  return !isOneDigit(text) && (10 - (sum % 10)) % 10 === digitAt(text, 10);
}

export function isSwedish(text: string): boolean {
  const short = text.slice(-10);
  const day = Number(short.slice(4, 6));
  return isDay(Number(short.slice(2, 4)), day > 60 ? day - 60 : day) && luhn(short);
}

/** Canada gives out no number that begins with 0 or 8. */
export function isLuhn9(text: string): boolean {
  return digitAt(text, 0) !== 0 && digitAt(text, 0) !== 8 && !isOneDigit(text) && luhn(text);
}

/** EAN-13 with the country's prefix. */
export function isAhv(text: string): boolean {
  const sum = weighted(text, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]);
  return text.startsWith('756') && (10 - (sum % 10)) % 10 === digitAt(text, 12);
}

/** ISO 7064 MOD 11-2, with the birthday. */
export function isChineseId(text: string): boolean {
  const year = Number(text.slice(6, 10));
  if (year < 1900 || year > 2099 || !isDay(Number(text.slice(10, 12)), Number(text.slice(12, 14))))
    return false;
  const sum = weighted(text, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
  return '10X98765432'.charAt(sum % 11) === text.charAt(17).replace('x', 'X');
}

/** What a digit or letter counts at an odd place; at an even one it is its place in its alphabet. */
const ODD_DIGITS = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
const ODD_LETTERS = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

export function isCodiceFiscale(text: string): boolean {
  if (!'ABCDEHLMPRST'.includes(text.charAt(8))) return false;
  let sum = 0;
  for (let at = 0; at < 15; at++) {
    const unit = text.charCodeAt(at);
    const digit = unit - 0x30;
    const isDigit = digit <= 9;
    const even = isDigit ? digit : unit - 0x41;
    sum += at % 2 === 1 ? even : ((isDigit ? ODD_DIGITS[digit] : ODD_LETTERS[unit - 0x41]) ?? 0);
  }
  return text.charCodeAt(15) === 0x41 + (sum % 26);
}
