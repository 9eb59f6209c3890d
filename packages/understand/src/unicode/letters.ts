import { LETTERS } from './tables.ts';

/**
 * The class of a character: Latin, Cyrillic, Greek, Armenian, Cherokee and Lisu (T), from right to left (R),
 * East Asian (E), pictures (P), marks (M), other letters (O); nothing of all that ('').
 */
export type LetterClass = 'L' | 'C' | 'G' | 'A' | 'T' | 'R' | 'E' | 'P' | 'M' | 'O' | '';

type Table = {
  readonly firsts: Uint32Array;
  readonly lasts: Uint32Array;
  readonly classes: readonly string[];
};

const TABLE: Table = table();

function table(): Table {
  const words = LETTERS.trim().split(/\s+/);
  const firsts = new Uint32Array(words.length);
  const lasts = new Uint32Array(words.length);
  let end = 0;
  const classes = words.map((word, at) => {
    const [distance = '', longer = '0'] = word.slice(1).split('-');
    firsts[at] = end + Number.parseInt(distance, 36);
    end = (firsts[at] ?? 0) + Number.parseInt(longer, 36);
    lasts[at] = end;
    return word.charAt(0);
  });
  return { firsts, lasts, classes };
}

/** By halving: a dozen steps for any character. */
export function letterClass(point: number): LetterClass {
  if (point < 0x80) return isAsciiLetter(point) ? 'L' : '';
  let low = 0;
  let high = TABLE.firsts.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (point < (TABLE.firsts[middle] ?? 0)) high = middle - 1;
    else if (point > (TABLE.lasts[middle] ?? 0)) low = middle + 1;
    else return classAt(middle);
  }
  return '';
}

function classAt(at: number): LetterClass {
  return (TABLE.classes[at] ?? '') as LetterClass; // the table is generated with these letters only
}

function isAsciiLetter(point: number): boolean {
  const low = point | 0x20;
  return low >= 0x61 && low <= 0x7a;
}
