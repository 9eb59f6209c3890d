import { isAlphanumeric, isDigit, isLetter, isWord, upperAscii } from './characters.ts';
import { checked, type Detection } from './kinds.ts';

const SPACE = 0x20;
const HYPHEN = 0x2d;

/** Lengths of the IBAN registry (ISO 13616-2); `n` says that all after the country is digits. */
const COUNTRIES = `
  AD24 AE23n AL28 AT20n AZ28 BA20n BE16n BG22 BH22 BI27n BR29 BY28 CH21 CR22n CY28 CZ24n DE22n DJ27n
  DK18n DO28 EE20n EG29n ES24n FI18n FK18 FO18n FR27 GB22 GE22 GI23 GL18n GR27 GT28 HN28 HR21n HU28n
  IE22 IL23n IQ23 IS26n IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20n LU20 LV21 LY25n MC27 MD24 ME22n MK19
  MN20n MR27n MT31 MU30 NI28 NL18 NO15n OM23 PK24 PL28n PS29 PT25n QA29 RO24 RS22n RU33 SA24 SC31
  SD18n SE24n SI19n SK24n SM27 SO23n ST25n SV28 TL23n TN24n TR26 UA29 VA22n VG24 XK20n YE30
`;

type Country = { readonly length: number; readonly numeric: boolean };

const TABLE: ReadonlyMap<string, Country> = new Map(
  COUNTRIES.trim()
    .split(/\s+/)
    .map((entry): [string, Country] => [
      entry.slice(0, 2),
      { length: Number(entry.slice(2, 4)), numeric: entry.endsWith('n') },
    ]),
);

/** An IBAN (ISO 13616) whose first check digit is at `at`: registered country and length, remainder 1. */
export function scanIban(text: string, at: number, from: number): Detection | null {
  const start = at - 2;
  if (start < from || !isDigit(text.charCodeAt(at)) || !isDigit(text.charCodeAt(at + 1))) return null;
  if (!isLetter(text.charCodeAt(start)) || !isLetter(text.charCodeAt(start + 1))) return null;
  if (start > from && isWord(text.charCodeAt(start - 1))) return null;
  const country = TABLE.get(upperAscii(text.slice(start, at)));
  if (country === undefined) return null;
  let compact = '';
  let end = start;
  while (compact.length < country.length) {
    const unit = text.charCodeAt(end);
    const parted = compact.length > 0 && compact.length % 4 === 0;
    if (parted && (unit === SPACE || unit === HYPHEN) && isAlphanumeric(text.charCodeAt(end + 1))) end++;
    else if (!isAlphanumeric(unit)) return null;
    if (country.numeric && compact.length >= 2 && !isDigit(text.charCodeAt(end))) return null;
    compact += text.charAt(end);
    end++;
  }
  if (isWord(text.charCodeAt(end)) || !hasRemainderOne(upperAscii(compact))) return null;
  return checked('iban', start, end);
}

/**
 * ISO/IEC 7064 MOD 97-10 over the text with its first four characters moved to the end, letters as 10 … 35.
 */
function hasRemainderOne(compact: string): boolean {
  const turned = compact.slice(4) + compact.slice(0, 4);
  let remainder = 0;
  for (let i = 0; i < turned.length; i++) {
    const unit = turned.charCodeAt(i);
    remainder = isDigit(unit)
      ? (remainder * 10 + unit - 0x30) % 97
      : (remainder * 100 + unit - 0x41 + 10) % 97;
  }
  return remainder === 1;
}
