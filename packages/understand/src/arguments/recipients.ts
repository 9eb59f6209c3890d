import { UNDERSTAND_LIMITS } from '../limits.ts';
import { foundAt, joinMeanings, type Meaning, NOTHING } from '../meaning/meaning.ts';

/** What parts one address from the next, but not within the quotes of a name. */
const PARTING = ',;\n';

/** Each of those to whom something goes: one text may name many. */
export function understandRecipients(text: string, where: string): Meaning {
  const names = parted(text)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) return foundAt('opaque', where);
  const tooLong = names.some((name) => name.length > UNDERSTAND_LIMITS.name_units_max);
  const kept = names.filter((name) => name.length <= UNDERSTAND_LIMITS.name_units_max);
  return joinMeanings([
    { ...NOTHING, resources: kept.map((name) => ({ kind: 'recipient', name })) },
    tooLong ? foundAt('opaque', where) : NOTHING,
  ]);
}

function parted(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text.charAt(at) === '"') isQuoted = !isQuoted;
    if (isQuoted || !PARTING.includes(text.charAt(at))) continue;
    parts.push(text.slice(start, at));
    start = at + 1;
  }
  return [...parts, text.slice(start)];
}
