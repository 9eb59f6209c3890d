import { isAlphanumeric } from '../detection/characters.ts';

const FOREIGN = 64;
const EQUALS = 0x3d;

const VALUES: Uint8Array = values();

/** Both alphabets of RFC 4648 at once: a run that mixes them is read too, as tolerant decoders do. */
function values(): Uint8Array {
  const table = new Uint8Array(128).fill(FOREIGN);
  for (let i = 0; i < 26; i++) {
    table[0x41 + i] = i;
    table[0x61 + i] = 26 + i;
  }
  for (let i = 0; i < 10; i++) table[0x30 + i] = 52 + i;
  table[0x2b] = 62;
  table[0x2d] = 62;
  table[0x2f] = 63;
  table[0x5f] = 63;
  return table;
}

export function isBase64(unit: number): boolean {
  return unit < 128 && (VALUES[unit] ?? FOREIGN) !== FOREIGN;
}

/** Letters and digits only: the pieces of a run that slashes and hyphens may have joined to other words. */
export function isBase64Core(unit: number): boolean {
  return isAlphanumeric(unit);
}

/** Padding after a run belongs to it. */
export function skipPadding(text: string, from: number): number {
  let at = from;
  while (at - from < 2 && text.charCodeAt(at) === EQUALS) at++;
  return at;
}

/** Bytes of `text[start, end)`, which holds only characters of the alphabets. Bits left over are dropped. */
export function decodeBase64Run(text: string, start: number, end: number): Uint8Array {
  const bytes = new Uint8Array(Math.floor(((end - start) * 3) / 4));
  let length = 0;
  let bits = 0;
  let count = 0;
  for (let at = start; at < end; at++) {
    bits = ((bits << 6) | (VALUES[text.charCodeAt(at)] ?? 0)) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes[length++] = (bits >> count) & 0xff;
  }
  return bytes;
}
