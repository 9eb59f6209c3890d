const DIGIT = 1;
const LOWER = 2;
const UPPER = 4;
const HEX = 8;
/**
 * Beside letters and digits, what stands in local parts of addresses that people have. RFC 5322 admits
 * more; in a shell, a URL or code those signs part the address from its surroundings.
 */
const LOCAL_PART = 16;
/** Beside letters and digits, what a bearer token may hold (RFC 6750 token68). */
const TOKEN = 32;

const CLASSES: Uint8Array = classes();

function classes(): Uint8Array {
  const table = new Uint8Array(128);
  const mark = (characters: string, flag: number): void => {
    for (let i = 0; i < characters.length; i++) {
      const unit = characters.charCodeAt(i);
      table[unit] = (table[unit] ?? 0) | flag;
    }
  };
  mark('0123456789', DIGIT | HEX);
  mark('abcdefghijklmnopqrstuvwxyz', LOWER);
  mark('ABCDEFGHIJKLMNOPQRSTUVWXYZ', UPPER);
  mark('abcdefABCDEF', HEX);
  mark('._%+-~', LOCAL_PART);
  mark('-._~+/=', TOKEN);
  return table;
}

function has(unit: number, flags: number): boolean {
  return unit < 128 && ((CLASSES[unit] ?? 0) & flags) !== 0;
}

/**
 * `charCodeAt` beyond the text is NaN, and NaN is in no class: the end of a text needs no case of its own.
 */
export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

export function isUpper(unit: number): boolean {
  return unit >= 0x41 && unit <= 0x5a;
}

export function isLower(unit: number): boolean {
  return unit >= 0x61 && unit <= 0x7a;
}

export function isLetter(unit: number): boolean {
  return has(unit, LOWER | UPPER);
}

export function isAlphanumeric(unit: number): boolean {
  return has(unit, DIGIT | LOWER | UPPER);
}

/** Letters, digits and the underscore: what a word is made of. */
export function isWord(unit: number): boolean {
  return has(unit, DIGIT | LOWER | UPPER) || unit === 0x5f;
}

export function isHex(unit: number): boolean {
  return has(unit, HEX);
}

export function isToken(unit: number): boolean {
  return has(unit, DIGIT | LOWER | UPPER | TOKEN);
}

export function isLocalPart(unit: number): boolean {
  return has(unit, DIGIT | LOWER | UPPER | LOCAL_PART) || isForeignLetter(unit);
}

/**
 * Letters beyond ASCII, taken broadly: from U+00A1 on, without general punctuation and the ideographic space
 * and stops. Taking too much only makes a token longer; no table of a Unicode version is needed.
 */
export function isForeignLetter(unit: number): boolean {
  if (!(unit >= 0xa1)) return false;
  return !(unit >= 0x2000 && unit <= 0x206f) && !(unit >= 0x3000 && unit <= 0x303f);
}

/** Space, tab, and line ends. */
export function isSpace(unit: number): boolean {
  return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
}

/** Lower case of ASCII letters; everything else stays. */
export function lowerAscii(text: string): string {
  if (!/[A-Z]/.test(text)) return text;
  let lower = '';
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    lower += isUpper(unit) ? String.fromCharCode(unit + 32) : text.charAt(i);
  }
  return lower;
}

export function upperAscii(text: string): string {
  let upper = '';
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    upper += isLower(unit) ? String.fromCharCode(unit - 32) : text.charAt(i);
  }
  return upper;
}

const FULL_WIDTH = /[\uff01-\uff5e]/;

/** Full-width forms of ASCII as ASCII, unit for unit, so that places stay the same. */
export function foldFullWidth(text: string): string {
  if (!FULL_WIDTH.test(text)) return text;
  let folded = '';
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    folded += unit >= 0xff01 && unit <= 0xff5e ? String.fromCharCode(unit - 0xfee0) : text.charAt(i);
  }
  return folded;
}
