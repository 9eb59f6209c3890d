import { decodeUtf8 } from '../bytes/utf8.ts';
import { Failure } from '../failure.ts';
import { parseJson } from '../json/parse.ts';
import type { JsonValue } from '../json/value.ts';
import { HEAD_BYTES_MAX, type Head } from './head.ts';
import { type MemberForm, membersOf } from './members.ts';
import { printHead } from './print-head.ts';

const DIGEST = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;
const TAG = /^[A-Za-z0-9_-]{21}[AQgw]$/;
const ID = /^[a-z]{2,6}_[0-9a-hjkmnp-tv-z]{26}$/;
const CODE = /^[A-Z][A-Z0-9_]{1,47}$/;
const OBLIGATION = /^[a-z][a-z_]{1,31}$/;

export function isDigest(value: unknown): value is string {
  return typeof value === 'string' && DIGEST.test(value);
}

export function isTag(value: unknown): value is string {
  return typeof value === 'string' && TAG.test(value);
}

export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

/**
 * Reads a head strictly: known kind, exactly its members, each in its form, and bytes = print(parse(bytes)).
 */
export function parseHead(bytes: Uint8Array): Head {
  if (bytes.length > HEAD_BYTES_MAX) throw new Failure('RECORD_TOO_LARGE', 'head');
  return parseQuickly(bytes) ?? parseSlowly(bytes);
}

/**
 * The host's parser is lenient, but what prints to the very same text was spelled in the one right way: no
 * member twice, no space, no other number. Whatever does not is left to the strict parser, which says why.
 */
function parseQuickly(bytes: Uint8Array): Head | null {
  try {
    const text = decodeUtf8(bytes);
    const head = toHead(JSON.parse(text) as JsonValue); // a parsed text is a JSON value
    return head !== null && printHead(head) === text ? head : null;
  } catch {
    return null;
  }
}

function parseSlowly(bytes: Uint8Array): Head {
  const head = toHead(parseJson(bytes));
  if (head === null) throw new Failure('RECORD_INVALID', 'head');
  const printed = printHead(head);
  if (printed.length !== bytes.length) throw new Failure('NOT_CANONICAL', 'head');
  for (let at = 0; at < bytes.length; at += 1) {
    if (printed.charCodeAt(at) !== bytes[at]) throw new Failure('NOT_CANONICAL', 'head');
  }
  return head;
}

/**
 * Has this the members of its kind and no others, each in its form? What is none would print and not parse.
 */
export function isHead(value: object): value is Head {
  // Its members are looked at one by one, so it may be any object.
  return toHead(value as JsonValue) !== null;
}

function toHead(value: JsonValue): Head | null {
  if (!isObject(value)) return null;
  const kind = value['kind'];
  const members = typeof kind === 'string' ? membersOf(kind) : undefined;
  if (members === undefined || Object.keys(value).length !== members.length) return null;
  for (const [name, form] of members) {
    if (!Object.hasOwn(value, name) || !fits(value[name], form)) return null;
  }
  // Every member of the kind was just checked against the table that defines the kind.
  return value as unknown as Head;
}

function isObject(value: JsonValue | undefined): value is { readonly [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: JsonValue | undefined): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0);
}

function fits(value: JsonValue | undefined, form: MemberForm): boolean {
  switch (form.form) {
    case 'id':
      return (form.nullable && value === null) || isId(value);
    case 'digest':
      return (form.nullable && value === null) || isDigest(value);
    case 'digests':
      return Array.isArray(value) && value.length <= form.count_max && value.every(isDigest);
    case 'tag':
    case 'salt':
      return isTag(value);
    case 'integer':
      return (form.nullable && value === null) || isCount(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'code':
      return typeof value === 'string' && CODE.test(value);
    case 'codes':
      return Array.isArray(value) && value.length <= form.count_max && isSortedList(value);
    case 'enum':
      return typeof value === 'string' && form.values.includes(value);
    case 'one':
      return value === form.value;
    case 'parts':
      return fitsParts(value);
    case 'predecessor':
      return value === null || fitsPredecessor(value);
    default:
      return form satisfies never;
  }
}

/** Obligations are a set: sorted, each once, so that one set has one spelling. */
function isSortedList(values: readonly JsonValue[]): boolean {
  return values.every((value, at) => {
    if (typeof value !== 'string' || !OBLIGATION.test(value)) return false;
    const before = values[at - 1];
    return at === 0 || (typeof before === 'string' && before < value);
  });
}

function fitsParts(value: JsonValue | undefined): boolean {
  if (!isObject(value) || Object.keys(value).length !== 2) return false;
  return isDigest(value['state']) && (value['sealed'] === null || isDigest(value['sealed']));
}

function fitsPredecessor(value: JsonValue | undefined): boolean {
  if (!isObject(value) || Object.keys(value).length !== 3) return false;
  return isDigest(value['origin']) && isDigest(value['root']) && isCount(value['size']);
}
