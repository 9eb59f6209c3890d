import { foldFullWidth, isAlphanumeric, isDigit, lowerAscii, upperAscii } from '../detection/characters.ts';
import type { DetectionKind } from '../detection/kinds.ts';

/** A value in the one spelling under which it is the same value, so that it gets the same token. */
export type Value = { readonly kind: DetectionKind; readonly identity: string };

/** A range of a text that has to go, and the values that stand in it, in clear or encoded. */
export type Found = { readonly start: number; readonly end: number; readonly values: readonly Value[] };

export function valueOf(kind: DetectionKind, written: string): Value {
  return { kind, identity: identityOf(kind, foldFullWidth(written)) };
}

function identityOf(kind: DetectionKind, written: string): string {
  switch (kind) {
    case 'secret':
      return written;
    case 'email':
      return lowerAscii(written);
    case 'iban':
    case 'person_id':
      return upperAscii(keep(written, isAlphanumeric));
    case 'card':
    case 'ssn':
    case 'phone':
      return keep(written, isDigit);
    default:
      return kind satisfies never;
  }
}

function keep(text: string, wanted: (unit: number) => boolean): string {
  let kept = '';
  for (let at = 0; at < text.length; at++) if (wanted(text.charCodeAt(at))) kept += text.charAt(at);
  return kept;
}

/** In order and apart: ranges that overlap become one that covers both and holds the values of both. */
export function mergeFound(found: readonly Found[]): readonly Found[] {
  const sorted = [...found].sort((left, right) => left.start - right.start || right.end - left.end);
  const merged: Found[] = [];
  for (const next of sorted) {
    const last = merged.at(-1);
    if (last === undefined || next.start >= last.end) {
      merged.push(next);
      continue;
    }
    // What lies within a range that is known already adds nothing but its values.
    const values =
      next.end <= last.end && last.values.length > 0 ? last.values : union(last.values, next.values);
    merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, next.end), values };
  }
  return merged;
}

function union(left: readonly Value[], right: readonly Value[]): readonly Value[] {
  const added = right.filter(
    ({ kind, identity }) => !left.some((known) => known.kind === kind && known.identity === identity),
  );
  return added.length === 0 ? left : [...left, ...added];
}
