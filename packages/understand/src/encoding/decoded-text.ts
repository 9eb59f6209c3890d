import { decodeUtf8 } from '@writ/proof';

/**
 * The text that bytes are, or null when they are no text: a control character, or bytes that are not UTF-8.
 * Random bytes fail at once, so digests, keys and pictures cost little. UTF-16 in ASCII's range, as one shell
 * encodes its commands, counts as text.
 */
export function decodedText(bytes: Uint8Array): string | null {
  const plain = isWideAscii(bytes) ? bytes.filter((_, at) => at % 2 === 0) : bytes;
  for (const byte of plain) if (isControl(byte)) return null;
  try {
    return decodeUtf8(plain);
  } catch {
    return null; // its only failure: the bytes are not UTF-8
  }
}

function isControl(byte: number): boolean {
  return (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) || byte === 0x7f;
}

function isWideAscii(bytes: Uint8Array): boolean {
  if (bytes.length < 2) return false;
  for (let at = 1; at < bytes.length; at += 2) if (bytes[at] !== 0) return false;
  return bytes[0] !== 0;
}
