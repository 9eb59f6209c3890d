import type { JsonObject, JsonValue } from '@writ/proof';
import { BOOL, DYN, INT, STRING, type Type } from './type.ts';

/**
 * The type of what a JSON Schema admits: exact for the common forms, dyn for everything else. Objects have
 * the members that they declare and no others, as the cell closes them.
 */
export function typeOfSchema(schema: JsonValue | undefined): Type {
  const map = asMap(schema);
  if (map === undefined || hasAlternatives(map)) return DYN;
  const words = map['enum'];
  if (Array.isArray(words)) return typeOfWords(words as readonly JsonValue[]); // a list of JSON values
  switch (map['type']) {
    case 'string':
      return STRING;
    case 'integer':
      return INT;
    case 'number':
      return { kind: 'double' };
    case 'boolean':
      return BOOL;
    case 'array':
      return { kind: 'list', item: typeOfSchema(map['items']) };
    case 'object':
      return typeOfMembers(map);
    default:
      return DYN;
  }
}

function typeOfMembers(map: JsonObject): Type {
  const open = map['additionalProperties'];
  if (open !== undefined && open !== false) return { kind: 'map' };
  const properties = Object.entries(asMap(map['properties']) ?? {});
  return { kind: 'map', fields: new Map(properties.map(([name, one]) => [name, typeOfSchema(one)])) };
}

function typeOfWords(words: readonly JsonValue[]): Type {
  const texts = words.filter((word) => typeof word === 'string');
  return texts.length === words.length ? { kind: 'string', words: new Set(texts) } : DYN;
}

function hasAlternatives(map: JsonObject): boolean {
  return ['anyOf', 'oneOf', 'not'].some((keyword) => keyword in map);
}

function asMap(value: JsonValue | undefined): JsonObject | undefined {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isMap ? (value as JsonObject) : undefined; // what is left of JSON
}

/** The arguments of a tool, from the `parameters` of its definition. */
export function typeOfArguments(parameters: JsonObject): Type {
  return typeOfSchema({ type: 'object', ...parameters });
}
