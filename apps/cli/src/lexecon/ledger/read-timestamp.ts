const FORM = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{6}))?\+00:00$/;

/**
 * Microseconds since 1970 of a time as Python prints it in UTC, or null. A fraction of zero is left out
 * there, so texts cannot be compared as they stand.
 */
export function readTimestamp(text: string): bigint | null {
  const found = FORM.exec(text);
  if (found === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(Number);
  const fraction = found[7] ?? '0';
  // The calendar of Python begins with the year 1, and it prints no fraction of zero.
  if (year === 0 || fraction === '000000') return null;
  const date = new Date(0);
  // Years below 100 mean themselves here, which Date.UTC would change.
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  const whole = `${text.slice(0, 19)}.000Z`;
  return date.toISOString() === whole ? BigInt(date.getTime()) * 1_000n + BigInt(fraction) : null;
}
