import { isDigit, isUpper } from './characters.ts';
import { type Detection, unchecked } from './kinds.ts';

const SPACE = 0x20;
const BEGIN = '-----BEGIN ';
const END = '-----END ';
const DASHES = '-----';
const PRIVATE = 'PRIVATE KEY';
/** The longest label in use is "ENCRYPTED PRIVATE KEY"; PGP's ends with " BLOCK". */
const LABEL_UNITS_MAX = 40;

/**
 * A private key block (RFC 7468, OpenSSH, PGP) whose dashes begin at `at`, up to its last line; a block
 * without one up to the end of the text. Work is linear over a text: whatever is looked through for the end
 * is taken.
 */
export function scanPem(text: string, at: number): Detection | null {
  if (!text.startsWith(BEGIN, at)) return null;
  const first = at + BEGIN.length;
  let label = first;
  while (label - first < LABEL_UNITS_MAX && isLabel(text.charCodeAt(label))) label++;
  if (!text.startsWith(DASHES, label) || !text.slice(first, label).includes(PRIVATE)) return null;
  const end = text.indexOf(END, label + DASHES.length);
  if (end === -1) return unchecked('secret', at, text.length);
  let last = end + END.length;
  while (last - end < LABEL_UNITS_MAX + END.length && isLabel(text.charCodeAt(last))) last++;
  return unchecked('secret', at, text.startsWith(DASHES, last) ? last + DASHES.length : last);
}

function isLabel(unit: number): boolean {
  return isUpper(unit) || isDigit(unit) || unit === SPACE;
}
