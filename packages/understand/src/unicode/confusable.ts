import { letterClass } from './letters.ts';
import { looksLike } from './look-alikes.ts';

const ASCII = /^[\0-\x7f]*$/;

/**
 * Whether a word of a text is not what it seems: letters of another script that look like ASCII's, among
 * letters of ASCII. Words of one script are ordinary, whatever they look like, and so are East Asian ones.
 */
export function mixesLookAlikes(text: string): boolean {
  if (ASCII.test(text)) return false;
  let hasAscii = false;
  let hasOther = false;
  for (const sign of text) {
    const point = sign.codePointAt(0) ?? 0;
    const found = letterClass(point);
    if (found === '' || found === 'P') {
      hasAscii = false;
      hasOther = false;
      continue;
    }
    if (point < 0x80) hasAscii = true;
    else if (found !== 'E' && looksLike(point) !== null) hasOther = true;
    if (hasAscii && hasOther) return true;
  }
  return false;
}

/** Styled forms of ASCII: full width, mathematics, letters in circles. A name in them is another name. */
export function stylesAscii(text: string): boolean {
  if (ASCII.test(text)) return false;
  for (const sign of text) {
    const point = sign.codePointAt(0) ?? 0;
    if (point >= 0xff01 && point <= 0xff5e) return true;
    if ((point >= 0x1d400 && point <= 0x1d7ff) || (point >= 0x2460 && point <= 0x24ff)) return true;
  }
  return false;
}

/** Whether every letter of a word is of another script, and people would read all of it as ASCII. */
export function seemsAscii(word: string): boolean {
  if (ASCII.test(word)) return false;
  return Array.from(word).every((sign) => {
    const point = sign.codePointAt(0) ?? 0;
    return point < 0x80 ? !isLetter(point) : looksLike(point) !== null;
  });
}

function isLetter(point: number): boolean {
  const low = point | 0x20;
  return low >= 0x61 && low <= 0x7a;
}
