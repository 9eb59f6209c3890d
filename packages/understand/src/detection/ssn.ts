import { isDigit, isWord } from './characters.ts';
import { type Detection, unchecked } from './kinds.ts';
import { isInUuid } from './uuid.ts';

const HYPHEN = 0x2d;
const LENGTH = 11;

/**
 * A social security number of the United States in its written form, 3-2-4 digits, in a range that is
 * issued.
 */
export function scanSsn(text: string, at: number): Detection | null {
  if (text.charCodeAt(at + 3) !== HYPHEN || text.charCodeAt(at + 6) !== HYPHEN) return null;
  for (let i = 0; i < LENGTH; i++) {
    if (i !== 3 && i !== 6 && !isDigit(text.charCodeAt(at + i))) return null;
  }
  const before = at === 0 ? Number.NaN : text.charCodeAt(at - 1);
  const next = text.charCodeAt(at + LENGTH);
  if (isWord(before) || before === HYPHEN || isWord(next) || next === HYPHEN) return null;
  const area = Number(text.slice(at, at + 3));
  if (area === 0 || area === 666 || area >= 900) return null;
  if (text.startsWith('00', at + 4) || text.startsWith('0000', at + 7) || isInUuid(text, at)) return null;
  return unchecked('ssn', at, at + LENGTH);
}
