import { isWord } from './characters.ts';
import { type Detection, unchecked } from './kinds.ts';

const HYPHEN = 0x2d;
const DOT = 0x2e;
/** `eyJ` is `{"` in base64url: how the header of every JSON web token begins. */
const HEADER = 'eyJ';
const HEADER_UNITS_MIN = 12;
const PARTS_MIN = 3;
/** A signed token has three parts (RFC 7515 section 7.1), an encrypted one five (RFC 7516 section 7.1). */
const PARTS_MAX = 5;

/** A JSON web token in compact form, or an unsigned one, whose last part is empty. */
export function scanJwt(text: string, at: number): Detection | null {
  // INVARIANT: a run of part characters is read from its beginning only, so at most once for each part it
  // can be.
  if (at > 0 && isPart(text.charCodeAt(at - 1))) return null;
  if (!text.startsWith(HEADER, at)) return null;
  let parts = 0;
  let cursor = at;
  for (;;) {
    const part = cursor;
    while (isPart(text.charCodeAt(cursor))) cursor++;
    if (parts === 0 && cursor - part < HEADER_UNITS_MIN) return null;
    if (parts === 1 && cursor === part) return null;
    parts += 1;
    if (parts === PARTS_MAX || text.charCodeAt(cursor) !== DOT) break;
    cursor++;
  }
  return parts < PARTS_MIN ? null : unchecked('secret', at, cursor);
}

function isPart(unit: number): boolean {
  return isWord(unit) || unit === HYPHEN;
}
