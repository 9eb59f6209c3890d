const FOREIGN = 255;

export const STANDARD_VALUES: Uint8Array = valuesOf(0x2b, 0x2f);
export const URL_VALUES: Uint8Array = valuesOf(0x2d, 0x5f);

/** Bytes of unpadded text, or undefined when a character is foreign or a second spelling was used. */
export function decode64(text: string, values: Uint8Array): Uint8Array | undefined {
  const rest = text.length % 4;
  if (rest === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let at = 0;
  let bits = 0;
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const value = values[text.charCodeAt(i)] ?? FOREIGN;
    if (value === FOREIGN) return undefined;
    bits = (bits << 6) | value;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes[at++] = bits >> count;
    bits &= (1 << count) - 1;
  }
  // The bits left over belong to no byte; were they free, one value would have several spellings.
  return bits === 0 ? bytes : undefined;
}

function valuesOf(sixtyTwo: number, sixtyThree: number): Uint8Array {
  const values = new Uint8Array(128).fill(FOREIGN);
  for (let i = 0; i < 26; i++) {
    values[0x41 + i] = i;
    values[0x61 + i] = 26 + i;
  }
  for (let i = 0; i < 10; i++) values[0x30 + i] = 52 + i;
  values[sixtyTwo] = 62;
  values[sixtyThree] = 63;
  return values;
}
