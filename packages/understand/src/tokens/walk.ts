import type { JsonObject, JsonValue } from '@writ/proof';
import { DETECTION_LIMITS } from '../detection/limits.ts';
import { type Sensitivity, sensitivityOf } from '../detection/sensitive-name.ts';
import { UnderstandFailure } from '../failure.ts';
import { contextAfter } from './context.ts';

/**
 * What is done with each text. Numbers come as their text; a visitor gives back the same text to keep one.
 */
export type Visit = (text: string, context: Sensitivity, where: string) => string;

/** What has been walked over so far: bounded, whatever is done with it. */
type Count = { values: number; units: number };
type Walk = Count & { readonly visit: Visit };

/** The same texts in the same order and within the same bounds, when nothing is to be written. */
export function eachText(args: JsonObject, look: (text: string, context: Sensitivity) => void): void {
  lookAtObject({ look, values: 0, units: 0 }, args, 0);
}

type Looking = Count & { readonly look: (text: string, context: Sensitivity) => void };

function lookAtValue(state: Looking, value: JsonValue, context: Sensitivity, depth: number): void {
  countValue(state);
  switch (typeof value) {
    case 'string':
      countUnits(state, value);
      return state.look(value, context);
    case 'number':
      return state.look(String(value), null);
    case 'boolean':
      return;
    default:
      if (value === null) return;
      if (isList(value)) return lookAtList(state, value, context, depth + 1);
      return lookAtObject(state, value, depth + 1);
  }
}

function lookAtList(state: Looking, list: readonly JsonValue[], context: Sensitivity, depth: number): void {
  checkDepth(depth);
  for (const [at, item] of list.entries()) lookAtValue(state, item, contextAt(list, at, context), depth);
}

function lookAtObject(state: Looking, object: JsonObject, depth: number): void {
  checkDepth(depth);
  for (const name of namesOf(object)) {
    countValue(state);
    countUnits(state, name);
    state.look(name, null);
    lookAtValue(state, object[name] ?? null, sensitivityOf(name), depth);
  }
}

/** Without a comparer the order is that of UTF-16 units, as canonical JSON has it. */
function namesOf(object: JsonObject): readonly string[] {
  return Object.keys(object).sort();
}

/** What stands before an item of a list may say what the item is. */
function contextAt(list: readonly JsonValue[], at: number, context: Sensitivity): Sensitivity {
  return context ?? (at > 0 ? contextAfter(list[at - 1]) : null);
}

/**
 * A copy in which every string, number and member name went through `visit`, in canonical order of members.
 */
export function walk(args: JsonObject, visit: Visit): JsonObject {
  return walkObject({ visit, values: 0, units: 0 }, args, '', 0);
}

function walkValue(
  state: Walk,
  value: JsonValue,
  context: Sensitivity,
  where: string,
  depth: number,
): JsonValue {
  countValue(state);
  switch (typeof value) {
    case 'string':
      countUnits(state, value);
      return state.visit(value, context, where);
    case 'number': {
      const text = String(value);
      const kept = state.visit(text, null, where);
      return kept === text ? value : kept;
    }
    case 'boolean':
      return value;
    default:
      if (value === null) return null;
      if (isList(value)) return walkList(state, value, context, where, depth + 1);
      return walkObject(state, value, where, depth + 1);
  }
}

// Array.isArray does not narrow read-only arrays.
function isList(value: JsonObject | readonly JsonValue[]): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function walkList(
  state: Walk,
  list: readonly JsonValue[],
  context: Sensitivity,
  where: string,
  depth: number,
): JsonValue {
  checkDepth(depth);
  return list.map((item, at) => {
    return walkValue(state, item, contextAt(list, at, context), join(where, String(at)), depth);
  });
}

function walkObject(state: Walk, object: JsonObject, where: string, depth: number): JsonObject {
  checkDepth(depth);
  const names = namesOf(object);
  const given = new Set(names);
  const counts = new Map<string, number>();
  const members: [string, JsonValue][] = [];
  for (const name of names) {
    countValue(state);
    countUnits(state, name);
    const written = state.visit(name, null, where);
    const shown = written === name ? name : unused(written, given, counts);
    given.add(shown);
    const path = join(where, shown);
    members.push([shown, walkValue(state, object[name] ?? null, sensitivityOf(name), path, depth)]);
  }
  return Object.fromEntries(members); // defines members, so that "__proto__" is one like any other
}

/**
 * Two names that were one value in two spellings stay two members. `counts` says how far each was counted:
 * names are only ever added, so what was taken before is taken still.
 */
function unused(name: string, taken: ReadonlySet<string>, counts: Map<string, number>): string {
  if (!taken.has(name)) return name;
  let count = counts.get(name) ?? 2;
  while (taken.has(`${name}~${count}`)) count++;
  counts.set(name, count + 1);
  return `${name}~${count}`;
}

/** A JSON pointer (RFC 6901), cut at its limit. */
function join(where: string, name: string): string {
  if (where.length >= DETECTION_LIMITS.where_units_max) return where;
  const path = `${where}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return path.slice(0, DETECTION_LIMITS.where_units_max).toWellFormed();
}

function checkDepth(depth: number): void {
  if (depth < DETECTION_LIMITS.depth_max) return;
  throw new UnderstandFailure('ACTION_TOO_DEEP', `more than ${DETECTION_LIMITS.depth_max} levels`);
}

function countValue(state: Count): void {
  state.values += 1;
  if (state.values <= DETECTION_LIMITS.values_max) return;
  throw new UnderstandFailure('ACTION_TOO_MANY_VALUES', `more than ${DETECTION_LIMITS.values_max} values`);
}

function countUnits(state: Count, text: string): void {
  state.units += text.length;
  if (state.units <= DETECTION_LIMITS.action_units_max) return;
  throw new UnderstandFailure('ACTION_TOO_LARGE', `more than ${DETECTION_LIMITS.action_units_max} units`);
}
