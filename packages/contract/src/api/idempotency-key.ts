/** RFC 9562: version 7 begins with the milliseconds at which it was made. */
const UUID_V7 = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** When the key of a request was made, and so first sent; null when it is no UUIDv7. */
export function sentAtOf(key: string): number | null {
  const match = UUID_V7.exec(key);
  if (match === null) return null;
  const [, high = '', low = ''] = match;
  return Number.parseInt(high, 16) * 0x1_0000 + Number.parseInt(low, 16);
}
