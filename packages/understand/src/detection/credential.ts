import { isWord } from './characters.ts';
import { endsInChecksum } from './checksum-token.ts';
import { checked, type Detection, unchecked } from './kinds.ts';
import { ANY, MARKS, type Mark } from './marks.ts';

/** The marks by their first character. */
const BY_FIRST: readonly (readonly Mark[])[] = Array.from({ length: 128 }, (_, unit) =>
  MARKS.filter(({ prefix }) => prefix.charCodeAt(0) === unit),
);

/** The first two characters of every mark. */
export const MARK_BEGINNINGS: readonly string[] = [...new Set(MARKS.map(({ prefix }) => prefix.slice(0, 2)))];

/** A marked credential that begins at `at`, where a word begins. */
export function scanMarked(text: string, at: number): Detection | null {
  const marks = BY_FIRST[text.charCodeAt(at)];
  if (marks === undefined) return null;
  for (const { prefix, body, min, max, summed } of marks) {
    if (!text.startsWith(prefix, at)) continue;
    const first = at + prefix.length;
    let end = first;
    // INVARIANT: what is stepped over without a limit is then taken, so that no text is read many times.
    const last = max === ANY ? text.length : first + max + 1;
    while (end < last && body(text.charCodeAt(end))) end++;
    while (end > first && !isWord(text.charCodeAt(end - 1))) end--; // a full stop or a dash after it
    const length = end - first;
    // An exact length is the check of such a mark: what goes on is something else.
    if (length < min || length > max) continue;
    const isSummed = summed === true && endsInChecksum(text.slice(first, end));
    return isSummed ? checked('secret', at, end) : unchecked('secret', at, end);
  }
  return null;
}
