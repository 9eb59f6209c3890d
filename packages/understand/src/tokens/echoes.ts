import { DETECTION_LIMITS } from '../detection/limits.ts';
import type { Found, Value } from './found.ts';

const { echo_units_min: BEGINNING } = DETECTION_LIMITS;

type Written = { readonly text: string; readonly value: Value };

/** What was detected, as it was written, by its first characters; the longest first. */
export type Raw = Map<string, Written[]>;

export function noteRaw(raw: Raw, text: string, values: readonly Value[]): void {
  const [value] = values;
  if (value === undefined || text.length < BEGINNING) return;
  const beginning = text.slice(0, BEGINNING);
  const known = raw.get(beginning) ?? [];
  if (known.some((written) => written.text === text)) return;
  raw.set(
    beginning,
    [...known, { text, value }].sort((left, right) => right.text.length - left.text.length),
  );
}

/**
 * Where a value that was detected somewhere in the action stands again, without what gave it away there.
 * Values are found by their beginnings, so the work does not grow with their number.
 */
export function echoesOf(text: string, raw: Raw): readonly Found[] {
  const found: Found[] = [];
  if (raw.size === 0) return found;
  for (let at = 0; at + BEGINNING <= text.length; at++) {
    const written = raw.get(text.slice(at, at + BEGINNING))?.find((one) => text.startsWith(one.text, at));
    if (written === undefined) continue;
    found.push({ start: at, end: at + written.text.length, values: [written.value] });
    at += written.text.length - 1;
  }
  return found;
}
