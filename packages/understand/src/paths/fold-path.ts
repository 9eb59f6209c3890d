/**
 * Signs that some program takes for a dot, a slash or a backslash: compatibility forms, and what code pages
 * map there ("best fit").
 */
const DOTS = '\uff0e\u2024\ufe52\u3002\uff61';
const SLASHES = '\uff0f\u2215\u2044\u29f8\u2571\u2f03\u01c0\ufe68';
const BACKSLASHES = '\uff3c\u2216\u29f5\u29f9\ufe68\u00a5\u20a9';

const FOLDED: ReadonlyMap<string, string> = new Map([
  ...Array.from(DOTS, (sign): [string, string] => [sign, '.']),
  ...Array.from(SLASHES, (sign): [string, string] => [sign, '/']),
  ...Array.from(BACKSLASHES, (sign): [string, string] => [sign, '/']),
  ['\u2025', '..'],
  ['\ufe30', '..'],
  ['\\', '/'],
  // Letters that a file system without cases takes for ASCII ones.
  ['\u017f', 's'],
  ['\u212a', 'k'],
]);
const PLAIN = /^[ -[\]-~]*$/;

/** A path as a program reads it that maps look-alikes and backslashes, and drops what nobody sees. */
export function foldPath(text: string): string {
  if (PLAIN.test(text)) return text;
  let folded = '';
  for (const sign of text) {
    const mapped = FOLDED.get(sign);
    if (mapped !== undefined) folded += mapped;
    else if (!isDropped(sign.codePointAt(0) ?? 0)) folded += foldFullWidthSign(sign);
  }
  return folded;
}

function foldFullWidthSign(sign: string): string {
  const unit = sign.charCodeAt(0);
  return unit >= 0xff01 && unit <= 0xff5e ? String.fromCharCode(unit - 0xfee0) : sign;
}

/** Controls, and what some file systems leave out when they compare names. */
function isDropped(point: number): boolean {
  if (point < 0x20 || (point >= 0x7f && point <= 0x9f)) return true;
  if (point === 0xad || point === 0xfeff || point === 0x180e) return true;
  return (
    (point >= 0x200b && point <= 0x200f) ||
    (point >= 0x202a && point <= 0x202e) ||
    (point >= 0x2060 && point <= 0x206f) ||
    (point >= 0xfe00 && point <= 0xfe0f) ||
    point >= 0xe0000
  );
}
