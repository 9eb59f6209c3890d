const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Null unless it is nothing but that, and gives characters that stand in ASCII. */
export function decodeBase64(text: string): string | null {
  const signs = text.replace(/\s+/g, '').replace(/=+$/, '');
  let bits = 0;
  let value = 0;
  let decoded = '';
  for (const sign of signs) {
    const digit = DIGITS.indexOf(sign);
    if (digit < 0) return null;
    value = ((value << 6) | digit) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    const byte = (value >> bits) & 0xff;
    if (byte > 0x7f || byte === 0) return null;
    decoded += String.fromCharCode(byte);
  }
  return decoded;
}

export function decodeHex(text: string): string | null {
  const signs = text.replace(/\s+/g, '');
  if (!/^(?:[0-9A-Fa-f]{2})*$/.test(signs)) return null;
  let decoded = '';
  for (let at = 0; at < signs.length; at += 2) {
    const byte = Number.parseInt(signs.slice(at, at + 2), 16);
    if (byte > 0x7f || byte === 0) return null;
    decoded += String.fromCharCode(byte);
  }
  return decoded;
}
