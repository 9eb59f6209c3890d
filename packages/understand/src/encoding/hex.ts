/** The value of a hexadecimal digit of either case, or -1. */
export function hexValue(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  if (unit >= 0x41 && unit <= 0x46) return unit - 0x41 + 10;
  if (unit >= 0x61 && unit <= 0x66) return unit - 0x61 + 10;
  return -1;
}

/** Bytes of `text[start, end)`, an even number of hexadecimal digits. */
export function decodeHexRun(text: string, start: number, end: number): Uint8Array {
  const bytes = new Uint8Array((end - start) >> 1);
  for (let i = 0; i < bytes.length; i++) {
    const at = start + 2 * i;
    bytes[i] = hexValue(text.charCodeAt(at)) * 16 + hexValue(text.charCodeAt(at + 1));
  }
  return bytes;
}
