import { isDigit, isHex, isLetter, isLower, isUpper, isWord } from '../detection/characters.ts';
import { decodeBase64Run, isBase64 } from '../encoding/base64.ts';
import { decodedText } from '../encoding/decoded-text.ts';
import { decodeHexRun } from '../encoding/hex.ts';

/** A word that is data in disguise has at least so many characters; ids of videos and commits have fewer. */
const ENCODED_UNITS_MIN = 20;
const RANDOM_UNITS_MIN = 32;
/** A digest of 512 bits. */
const HEX_UNITS_MAX = 128;
const LABEL_UNITS_MIN = 33;
/** Four of five characters of base64 are letters, and words are longer than their runs. */
const LETTERS_IN_A_ROW_MAX = 30;
/** What stands below the name that somebody registered; names of branches and regions are shorter. */
const LABELS_UNITS_MAX = 64;

/** Whether a text of a URL carries what no person typed: encoded text, or a long random word. */
export function carriesData(text: string): boolean {
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    if (isBase64(text.charCodeAt(at)) && text.charAt(at) !== '/') continue;
    if (at - start >= ENCODED_UNITS_MIN && isData(text, start, at)) return true;
    start = at + 1;
  }
  return false;
}

function isData(text: string, start: number, end: number): boolean {
  const length = end - start;
  if (every(text, start, end, isHexOrHyphen)) {
    if (length > HEX_UNITS_MAX) return true;
    // A digest is no text; what spells one is.
    return length % 2 === 0 && every(text, start, end, isHex) && isText(decodeHexRun(text, start, end));
  }
  if (spellsText(text, start, end)) return true;
  return length >= RANDOM_UNITS_MIN && looksRandom(text.slice(start, end));
}

function spellsText(text: string, start: number, end: number): boolean {
  return looksMixed(text.slice(start, end)) && isText(decodeBase64Run(text, start, end));
}

/** Text that somebody wrote, of some length. */
function isText(bytes: Uint8Array): boolean {
  if (bytes.length < (ENCODED_UNITS_MIN * 3) / 4 - 5) return false;
  const text = decodedText(bytes);
  if (text === null) return false;
  let plain = 0;
  for (let at = 0; at < text.length; at++)
    if (isWord(text.charCodeAt(at)) || text.charAt(at) === ' ') plain++;
  return plain * 2 >= text.length;
}

function isHexOrHyphen(unit: number): boolean {
  return isHex(unit) || unit === 0x2d;
}

function every(text: string, start: number, end: number, is: (unit: number) => boolean): boolean {
  for (let at = start; at < end; at++) if (!is(text.charCodeAt(at))) return false;
  return true;
}

/** Both cases in the same words: what base64 of a text always has. */
function looksMixed(text: string): boolean {
  let changes = 0;
  for (let at = 1; at < text.length; at++) {
    if (isLower(text.charCodeAt(at - 1)) && isUpper(text.charCodeAt(at))) changes++;
  }
  return changes >= 2;
}

/** Letters and digits in turn, spread over the alphabet, with no separators: nobody's words. */
function looksRandom(text: string): boolean {
  const counts = new Uint32Array(128);
  let turns = 0;
  let run = 0;
  let longest = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    counts[unit & 127] = (counts[unit & 127] ?? 0) + 1;
    if (at > 0 && isDigit(unit) !== isDigit(text.charCodeAt(at - 1))) turns++;
    run = isLetter(unit) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  let squares = 0;
  for (const count of counts) squares += count * count;
  return (
    turns * 8 >= text.length && longest < LETTERS_IN_A_ROW_MAX && text.length * text.length >= 14 * squares
  );
}

/**
 * Whether the labels of a host carry data: who answers for the name reads it, and no connection is needed.
 */
export function labelsCarryData(host: string): boolean {
  const labels = host.split('.').slice(0, -2);
  if (labels.join('').length > LABELS_UNITS_MAX) return true;
  return labels.some((label) => {
    if (label.startsWith('xn--')) return false;
    if (label.length >= ENCODED_UNITS_MIN && every(label, 0, label.length, isHex)) {
      return (
        label.length >= LABEL_UNITS_MIN ||
        (label.length % 2 === 0 && isText(decodeHexRun(label, 0, label.length)))
      );
    }
    return (
      label.length >= LABEL_UNITS_MIN &&
      !label.includes('-') &&
      /[0-9]/.test(label) &&
      looksRandomLabel(label)
    );
  });
}

/** In lower case only: base32 and such. */
function looksRandomLabel(label: string): boolean {
  return new Set(label).size >= 12;
}
