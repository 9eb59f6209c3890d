import type { ArgumentKind } from '@writ/contract';
import type { JsonObject, JsonValue } from '@writ/proof';
import { UNDERSTAND_LIMITS, unitsMaxOf } from '../limits.ts';
import { type Kinds, kindsOfItem, kindsOfMember } from './kinds.ts';

/**
 * A string of the arguments, or the name of a member. `member` is the name under which it stands, of a list
 * the list's; `kind` is what it is, null where nobody said.
 */
export type Text = {
  readonly text: string;
  readonly where: string;
  readonly member: string;
  readonly kind: ArgumentKind | null;
  readonly isName: boolean;
};

type Reading = { readonly texts: Text[]; values: number; units: number };

/**
 * Every string and member name of the arguments, members in the order of canonical JSON; null beyond a limit.
 * `where` is a JSON pointer that ends before the first member that the tool does not declare: it repeats
 * nothing from outside.
 */
export function readTexts(
  args: JsonObject,
  declared: ReadonlySet<string>,
  kinds: Kinds,
): readonly Text[] | null {
  const reading: Reading = { texts: [], values: 0, units: 0 };
  for (const name of Object.keys(args).sort()) {
    const where = declared.has(name) ? `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}` : '';
    if (!addName(reading, name, '')) return null;
    const place = { where, member: name, open: where !== '', kinds: kindsOfMember(kinds, name) };
    if (!readValue(reading, args[name] ?? null, place, 1)) return null;
  }
  return reading.texts;
}

/** `open` as long as the pointer may go on. */
type Place = {
  readonly where: string;
  readonly member: string;
  readonly open: boolean;
  readonly kinds: Kinds;
};

function readValue(reading: Reading, value: JsonValue, place: Place, depth: number): boolean {
  reading.values += 1;
  if (reading.values > UNDERSTAND_LIMITS.texts_max) return false;
  if (typeof value === 'string') {
    const { where, member, kinds } = place;
    return addText(reading, { text: value, where, member, kind: kinds.kind, isName: false });
  }
  if (value === null || typeof value !== 'object') return true;
  if (depth >= UNDERSTAND_LIMITS.depth_max) return false;
  return isList(value)
    ? readList(reading, value, place, depth + 1)
    : readObject(reading, value, place, depth + 1);
}

function readList(reading: Reading, list: readonly JsonValue[], place: Place, depth: number): boolean {
  return list.every((item, at) => {
    const where = place.open ? `${place.where}/${at}` : place.where;
    return readValue(reading, item, { ...place, where, kinds: kindsOfItem(place.kinds) }, depth);
  });
}

function readObject(reading: Reading, object: JsonObject, { where, kinds }: Place, depth: number): boolean {
  return Object.keys(object)
    .sort()
    .every(
      (name) =>
        addName(reading, name, where) &&
        readValue(
          reading,
          object[name] ?? null,
          { where, member: name, open: false, kinds: kindsOfMember(kinds, name) },
          depth,
        ),
    );
}

function addName(reading: Reading, name: string, where: string): boolean {
  return addText(reading, { text: name, where, member: '', kind: null, isName: true });
}

function addText(reading: Reading, text: Text): boolean {
  if (text.text.length > unitsMaxOf(text.kind)) return false;
  reading.units += text.text.length;
  reading.texts.push(text);
  return reading.units <= UNDERSTAND_LIMITS.units_max && reading.texts.length <= UNDERSTAND_LIMITS.texts_max;
}

// Array.isArray does not narrow read-only arrays.
function isList(value: JsonObject | readonly JsonValue[]): value is readonly JsonValue[] {
  return Array.isArray(value);
}
