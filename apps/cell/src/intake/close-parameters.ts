import type { JsonObject, JsonValue } from '@writ/proof';
import { CoreFailure } from '../core/failure.ts';

/**
 * The JSON Schema of a tool's arguments, checked and closed. A validator passes over every keyword, type and
 * format that it does not know, so what is not listed here would declare something that nobody checks.
 *
 * Left out on purpose: `pattern` and `patternProperties` run a foreign regular expression on foreign text,
 * which may take hours; `format` is a promise that no validator keeps alike; `$ref` recurses with the text.
 */
const KEYWORDS: ReadonlySet<string> = new Set(
  [
    '$comment default deprecated description examples title',
    'additionalProperties anyOf const enum items not oneOf properties required type',
    'exclusiveMaximum exclusiveMinimum maximum minimum multipleOf',
    'maxItems maxLength maxProperties minItems minLength minProperties',
  ].flatMap((line) => line.split(' ')),
);
const TYPES: ReadonlySet<JsonValue> = new Set([
  'array',
  'boolean',
  'integer',
  'null',
  'number',
  'object',
  'string',
]);
/** As deep as arguments themselves may go is never needed to describe them. */
const DEPTH_MAX = 32;

/** An argument that is not declared is refused, at any depth, also where the author did not say so. */
export function closeParameters(parameters: JsonObject): JsonObject {
  return close({ type: 'object', additionalProperties: false, ...parameters }, 0);
}

function close(schema: JsonObject, depth: number): JsonObject {
  if (depth > DEPTH_MAX) throw unsupported('it is too deep');
  checkWords(schema);
  const closed = Object.entries(schema).map(([keyword, value]) => [keyword, closeIn(keyword, value, depth)]);
  const open = schema['type'] === 'object' || 'properties' in schema;
  // The first is what stands when the schema itself says nothing.
  return Object.fromEntries([...(open ? [['additionalProperties', false]] : []), ...closed]) as JsonObject;
}

function closeIn(keyword: string, value: JsonValue, depth: number): JsonValue {
  switch (keyword) {
    case 'items':
    case 'not':
      return close(asSchema(value), depth + 1);
    case 'additionalProperties':
      return typeof value === 'boolean' ? value : close(asSchema(value), depth + 1);
    case 'anyOf':
    case 'oneOf':
      if (!Array.isArray(value)) throw unsupported(`${keyword} is no list`);
      return value.map((one: JsonValue) => close(asSchema(one), depth + 1));
    case 'properties': {
      const members = Object.entries(asSchema(value));
      return Object.fromEntries(members.map(([name, one]) => [plain(name), close(asSchema(one), depth + 1)]));
    }
    default:
      return value;
  }
}

function checkWords(schema: JsonObject): void {
  for (const keyword of Object.keys(schema)) {
    if (!KEYWORDS.has(keyword)) throw unsupported('it uses a keyword that is not checked');
  }
  const type = schema['type'];
  const required = schema['required'];
  const types = Array.isArray(type) ? type : type === undefined ? [] : [type];
  if (!types.every((one: JsonValue) => TYPES.has(one))) throw unsupported('it names a type that is none');
  if (required === undefined) return;
  if (!Array.isArray(required)) throw unsupported('required is no list');
  for (const name of required as readonly JsonValue[]) plain(name); // a list of JSON values
}

/** What every object has by inheritance would be there when it is not. */
function plain(name: JsonValue): string {
  if (typeof name !== 'string' || name in {}) throw unsupported('it names a member that every object has');
  return name;
}

function asSchema(value: JsonValue): JsonObject {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isObject) return value as JsonObject; // what is left of JSON
  throw unsupported('a schema in it is no object');
}

function unsupported(why: string): CoreFailure {
  return new CoreFailure('SCHEMA_UNSUPPORTED', `the parameters of a tool cannot be checked: ${why}`);
}
