import { Failure } from '../failure.ts';
import { parseJson } from '../json/parse.ts';
import type { JsonLimits, JsonObject, JsonValue } from '../json/value.ts';

/** A JSON file of Writ: its `format` member is `<name>/v<version>`, and it has exactly the named members. */
export type FileForm = {
  readonly name: string;
  readonly version: number;
  readonly members: readonly string[];
  readonly limits: JsonLimits;
};

const VERSIONED = /^([a-z-]{1,32})\/v([1-9][0-9]{0,3})$/;

/**
 * The members of a file, its format and version checked. Another version of the same format has its own
 * code.
 */
export function readMembers(bytes: Uint8Array, form: FileForm): JsonObject {
  if (bytes.length > form.limits.bytes) {
    throw new Failure('FILE_TOO_LARGE', `more than ${form.limits.bytes} bytes`);
  }
  const value = asObject(parseJson(bytes, form.limits));
  const [, name, version] = VERSIONED.exec(textOf(value['format'])) ?? [];
  if (name !== form.name) throw new Failure('FORMAT_UNKNOWN', `not a ${form.name} file`);
  if (version !== `${form.version}`) {
    throw new Failure('FORMAT_VERSION', `a ${form.name} file of a version that is not known here`);
  }
  checkMembers(value, ['format', ...form.members]);
  return value;
}

/** Refuses an object with any other members than the named ones: what is not declared is not read. */
export function checkMembers(value: JsonObject, members: readonly string[]): void {
  if (Object.keys(value).length !== members.length || !members.every((name) => Object.hasOwn(value, name))) {
    throw new Failure('FILE_MALFORMED', `the members are not ${members.join(', ')}`);
  }
}

export function asObject(value: JsonValue | undefined): JsonObject {
  if (typeof value !== 'object' || value === null || isList(value)) {
    throw new Failure('FILE_MALFORMED', 'an object is wanted');
  }
  return value;
}

export function asList(value: JsonValue | undefined, countMax: number): readonly JsonValue[] {
  if (!isList(value) || value.length > countMax) {
    throw new Failure('FILE_MALFORMED', `a list of at most ${countMax} members is wanted`);
  }
  return value;
}

export function asText(value: JsonValue | undefined): string {
  if (typeof value !== 'string') throw new Failure('FILE_MALFORMED', 'a string is wanted');
  return value;
}

/** A count or a time: an integer from 0 to 2^53 − 1. */
export function asCount(value: JsonValue | undefined): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new Failure('FILE_MALFORMED', 'an integer from 0 on is wanted');
  }
  return value;
}

// 2^63 − 1 is the largest size that a checkpoint states.
const SIZE_MAX = 2n ** 63n - 1n;

/** A tree size, written as decimal text because it may pass 2^53. */
export function asSize(value: JsonValue | undefined): bigint {
  const size = /^(?:0|[1-9][0-9]{0,18})$/.test(textOf(value)) ? BigInt(textOf(value)) : -1n;
  if (size < 0n || size > SIZE_MAX) throw new Failure('FILE_MALFORMED', 'a size in decimal text is wanted');
  return size;
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
