import { decodedText } from './decoded-text.ts';
import { hexValue } from './hex.ts';

const PERCENT = 0x25;
const ESCAPE_UNITS = 3;

/**
 * A text with its percent escapes resolved. `places[i]` is where unit `i` came from, and one more for the
 * end.
 */
export type PercentDecoded = { readonly text: string; readonly places: Uint32Array };

/** Null when nothing is escaped. Escapes that are no text stay as they are, as does a lone "%". */
export function decodePercent(text: string): PercentDecoded | null {
  if (!text.includes('%')) return null;
  const places = new Uint32Array(text.length + 1);
  let decoded = '';
  let changed = false;
  for (let at = 0; at < text.length; ) {
    const part = text.charCodeAt(at) === PERCENT ? characterAt(text, at) : null;
    const length = part === null ? 1 : part.escapes * ESCAPE_UNITS;
    const units = part === null ? text.charAt(at) : part.character;
    places.fill(at, decoded.length, decoded.length + units.length);
    decoded += units;
    changed ||= part !== null;
    at += length;
  }
  places[decoded.length] = text.length;
  return changed ? { text: decoded, places } : null;
}

/** The character that the escapes at `at` spell in UTF-8. Looks at four escapes at most. */
function characterAt(text: string, at: number): { character: string; escapes: number } | null {
  const first = byteAt(text, at);
  const escapes = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const bytes = new Uint8Array(escapes);
  for (let i = 0; i < escapes; i++) {
    const byte = byteAt(text, at + ESCAPE_UNITS * i);
    if (byte < 0) return null;
    bytes[i] = byte;
  }
  const character = decodedText(bytes);
  return character === null ? null : { character, escapes };
}

function byteAt(text: string, at: number): number {
  if (text.charCodeAt(at) !== PERCENT) return -1;
  const high = hexValue(text.charCodeAt(at + 1));
  const low = hexValue(text.charCodeAt(at + 2));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}
