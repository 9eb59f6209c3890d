/** The alphabet of GitHub's and npm's tokens, in the order of its digits. */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SUM_UNITS = 6;
const POLYNOMIAL = 0xedb88320;

const TABLE: Int32Array = table();

function table(): Int32Array {
  const entries = new Int32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let entry = byte;
    for (let bit = 0; bit < 8; bit++) entry = entry & 1 ? (entry >>> 1) ^ POLYNOMIAL : entry >>> 1;
    entries[byte] = entry;
  }
  return entries;
}

/** Whether the last six characters of a token are the CRC-32 of those before, as their issuers write it. */
export function endsInChecksum(body: string): boolean {
  if (body.length <= SUM_UNITS) return false;
  const start = body.length - SUM_UNITS;
  let written = 0;
  for (let at = start; at < body.length; at++) {
    const digit = DIGITS.indexOf(body.charAt(at));
    if (digit < 0) return false;
    written = written * DIGITS.length + digit;
  }
  return written === crc32(body, start);
}

function crc32(text: string, end: number): number {
  let sum = -1;
  for (let at = 0; at < end; at++) {
    sum = (sum >>> 8) ^ (TABLE[(sum ^ text.charCodeAt(at)) & 0xff] ?? 0);
  }
  return (sum ^ -1) >>> 0;
}
