/** UTC, the same everywhere. What is no time of this calendar is shown as the number it is. */
export function printTime(time_ms: number): string {
  const date = new Date(time_ms);
  return Number.isNaN(date.getTime()) ? `${time_ms} ms` : date.toISOString();
}
