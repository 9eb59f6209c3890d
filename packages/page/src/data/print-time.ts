const DAY_MS = 86_400_000;
/** 9999-12-31: beyond it a year has five digits, and a record is not of our time. */
const LAST_MS = 253_402_300_799_999;

/**
 * UTC, the same everywhere, without asking a clock or a calendar of the machine. What is no time of
 * four-digit years is shown as the number it is.
 */
export function printTime(time_ms: number): string {
  if (!Number.isSafeInteger(time_ms) || time_ms < 0 || time_ms > LAST_MS) return `${time_ms} ms`;
  const { year, month, day } = dateOf(Math.floor(time_ms / DAY_MS));
  const rest = time_ms % DAY_MS;
  const clock = [Math.floor(rest / 3_600_000), Math.floor(rest / 60_000) % 60, Math.floor(rest / 1_000) % 60];
  const date = [`${year}`.padStart(4, '0'), two(month), two(day)].join('-');
  return `${date} ${clock.map(two).join(':')}.${`${rest % 1_000}`.padStart(3, '0')} UTC`;
}

/** The civil date of a day since 1970-01-01: years that begin in March, in eras of 400 (146,097 days). */
function dateOf(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const inEra = shifted - era * 146_097;
  const leaps = Math.floor(inEra / 1_460) - Math.floor(inEra / 36_524) + Math.floor(inEra / 146_096);
  const yearOfEra = Math.floor((inEra - leaps) / 365);
  const inYear = inEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * inYear + 2) / 153);
  const day = inYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

function two(value: number): string {
  return `${value}`.padStart(2, '0');
}
