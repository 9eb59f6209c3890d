/**
 * The text that bytes are, or null when they are no text: a control character, or bytes that are not UTF-8.
 * Random bytes fail within a few, so digests, keys and pictures cost little. UTF-16 in ASCII's range, as one
 * shell encodes its commands, counts as text.
 */
export function decodedText(bytes: Uint8Array): string | null {
  const wide = isWideAscii(bytes);
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = wide ? 2 : sequenceLength(bytes, at);
    if (length === 0) return null;
    const point = length === 1 || wide ? (bytes[at] ?? 0) : codePoint(bytes, at, length);
    if (isControl(point)) return null;
    text += String.fromCodePoint(point);
    at += length;
  }
  return text;
}

function isControl(point: number): boolean {
  return (point < 0x20 && point !== 0x09 && point !== 0x0a && point !== 0x0d) || point === 0x7f;
}

function isWideAscii(bytes: Uint8Array): boolean {
  if (bytes.length < 2 || bytes.length % 2 !== 0 || bytes[0] === 0) return false;
  for (let at = 0; at < bytes.length; at += 2)
    if ((bytes[at] ?? 0) > 0x7f || bytes[at + 1] !== 0) return false;
  return true;
}

/**
 * Bytes of the well-formed sequence at `at` (Unicode, table 3-7), or 0. It never throws: hostile bytes are
 * cheap.
 */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const second = bytes[at + 1] ?? 0;
  if (first < 0xc2 || first > 0xf4 || !isContinuation(second)) return 0;
  if (first < 0xe0) return 2;
  if (!isContinuation(bytes[at + 2] ?? 0)) return 0;
  if (first < 0xf0) return (first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f) ? 0 : 3;
  if (!isContinuation(bytes[at + 3] ?? 0)) return 0;
  return (first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f) ? 0 : 4;
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf;
}

function codePoint(bytes: Uint8Array, at: number, length: number): number {
  let point = (bytes[at] ?? 0) & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) point = (point << 6) | ((bytes[at + i] ?? 0) & 0x3f);
  return point;
}
