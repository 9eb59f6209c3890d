import type { JsonValue } from '@writ/proof';
import { VALUE_DEPTH_MAX } from '../limits.ts';
import { fault } from './fault.ts';
import { charge, chargeText, type Run } from './run.ts';

type JsonMap = { readonly [key: string]: JsonValue };

export function asBool(value: JsonValue): boolean {
  if (typeof value !== 'boolean') throw fault('NOT_A_BOOL');
  return value;
}

export function asText(value: JsonValue): string {
  if (typeof value !== 'string') throw fault('NOT_TEXT');
  return value;
}

export function asInteger(value: JsonValue): number {
  if (!Number.isSafeInteger(value)) throw fault('NOT_A_NUMBER');
  // isSafeInteger admits numbers only.
  return value as number;
}

export function asList(value: JsonValue): readonly JsonValue[] {
  if (!Array.isArray(value)) throw fault('NOT_A_LIST');
  // Array.isArray narrows to any[].
  return value as readonly JsonValue[];
}

export function asMap(value: JsonValue): JsonMap {
  if (!isMap(value)) throw fault('NOT_A_MAP');
  return value;
}

function isMap(value: JsonValue): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own members only: `args.constructor` is as absent as any other name that was not sent. */
export function hasMember(map: JsonMap, name: string): boolean {
  return Object.hasOwn(map, name);
}

export function memberOf(value: JsonValue, name: string): JsonValue {
  const map = asMap(value);
  const member = Object.hasOwn(map, name) ? map[name] : undefined;
  if (member === undefined) throw fault('NO_SUCH_MEMBER');
  return member;
}

export function itemOf(value: JsonValue, index: JsonValue): JsonValue {
  const item = asList(value)[asInteger(index)];
  if (item === undefined) throw fault('OUT_OF_RANGE');
  return item;
}

/** Values of different kinds are unequal, which is not an error; the order of members does not matter. */
export function areEqual(run: Run, left: JsonValue, right: JsonValue, depth = 0): boolean {
  if (typeof left !== 'object' || typeof right !== 'object') {
    if (typeof left === 'string' && typeof right === 'string') {
      chargeText(run, Math.min(left.length, right.length));
    }
    return left === right;
  }
  if (left === null || right === null) return left === right;
  if (depth >= VALUE_DEPTH_MAX) throw fault('TOO_DEEP');
  if (Array.isArray(left) || Array.isArray(right)) {
    return Array.isArray(left) && Array.isArray(right) && areListsEqual(run, left, right, depth + 1);
  }
  // Neither is null, a list or a scalar.
  return areMapsEqual(run, left as JsonMap, right as JsonMap, depth + 1);
}

function areListsEqual(
  run: Run,
  left: readonly JsonValue[],
  right: readonly JsonValue[],
  depth: number,
): boolean {
  if (left.length !== right.length) return false;
  charge(run, left.length);
  return left.every((item, index) => areEqual(run, item, right[index] ?? null, depth));
}

function areMapsEqual(run: Run, left: JsonMap, right: JsonMap, depth: number): boolean {
  const names = Object.keys(left);
  charge(run, names.length);
  if (names.length !== Object.keys(right).length) return false;
  // All names are looked at, so that the count of steps does not follow the order of members.
  let equal = true;
  for (const name of names) {
    const other = Object.hasOwn(right, name) ? right[name] : undefined;
    const mine = left[name];
    if (other === undefined || mine === undefined) equal = false;
    else if (!areEqual(run, mine, other, depth)) equal = false;
  }
  return equal;
}

/** Numbers by value, texts by code point. */
export function compare(run: Run, left: JsonValue, right: JsonValue): number {
  if (typeof left === 'number' && typeof right === 'number') return left < right ? -1 : left > right ? 1 : 0;
  if (typeof left !== 'string' || typeof right !== 'string') throw fault('TYPES_DIFFER');
  const length = Math.min(left.length, right.length);
  chargeText(run, length);
  for (let index = 0; index < length; index += 1) {
    const mine = codePointRank(left.charCodeAt(index));
    const other = codePointRank(right.charCodeAt(index));
    if (mine !== other) return mine - other;
  }
  return left.length - right.length;
}

/** Orders UTF-16 units as the code points they belong to: surrogates above the rest of the basic plane. */
function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** Text is counted in code points, as CEL says. */
export function sizeOf(run: Run, value: JsonValue): number {
  if (typeof value === 'string') {
    chargeText(run, value.length);
    let count = 0;
    for (let index = 0; index < value.length; index += 1) {
      const unit = value.charCodeAt(index);
      if (unit < 0xdc00 || unit > 0xdfff) count += 1;
    }
    return count;
  }
  if (Array.isArray(value)) return value.length;
  const count = Object.keys(asMap(value)).length;
  charge(run, count);
  return count;
}
