import { Failure } from '../failure.ts';

const DIGITS = '0123456789abcdef';

export function encodeHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += DIGITS.charAt(byte >> 4) + DIGITS.charAt(byte & 15);
  return text;
}

/** Accepts exactly what `encodeHex` writes: lower case, an even number of digits. */
export function decodeHex(text: string): Uint8Array {
  if (text.length % 2 !== 0) throw new Failure('HEX_INVALID', 'an odd number of digits');
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    const high = DIGITS.indexOf(text.charAt(2 * i));
    const low = DIGITS.indexOf(text.charAt(2 * i + 1));
    if (high < 0 || low < 0) throw new Failure('HEX_INVALID', 'not a lower-case hexadecimal digit');
    bytes[i] = high * 16 + low;
  }
  return bytes;
}
