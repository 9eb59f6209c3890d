import { isAlphanumeric } from './characters.ts';
import { type Detection, unchecked } from './kinds.ts';
import { isReference } from './value.ts';

const AT = 0x40;
const COLON = 0x3a;
/** Longer names and passwords stand in no URL that works. */
const USER_INFORMATION_UNITS_MAX = 512;

/** The password in scheme://name:password@host (RFC 3986 section 3.2.1), whose first colon is at `at`. */
export function scanUrlPassword(text: string, at: number): Detection | null {
  if (!text.startsWith('//', at + 1) || !isAlphanumeric(text.charCodeAt(at - 1))) return null;
  const first = at + 3;
  const last = Math.min(text.length, first + USER_INFORMATION_UNITS_MAX);
  let colon = -1;
  for (let cursor = first; cursor < last; cursor++) {
    const unit = text.charCodeAt(cursor);
    if (unit === AT) {
      if (colon === -1 || colon + 1 === cursor || isReference(text.slice(colon + 1, cursor))) return null;
      return unchecked('secret', colon + 1, cursor);
    }
    if (unit === COLON && colon === -1) colon = cursor;
    if (endsAuthority(unit)) return null;
  }
  return null;
}

/** Blanks, controls, quotes, and / ? # < > [ ] */
function endsAuthority(unit: number): boolean {
  if (unit <= 0x20 || unit === 0x22 || unit === 0x27 || unit === 0x60) return true;
  return (
    unit === 0x2f ||
    unit === 0x3f ||
    unit === 0x23 ||
    unit === 0x3c ||
    unit === 0x3e ||
    unit === 0x5b ||
    unit === 0x5d
  );
}
