import type { TSchema } from 'typebox';
import { patternOf } from './pattern.ts';

/** The pointer from the value to its first misfit ("" for itself), or null when it fits. */
export type Find = (value: unknown) => string | null;

type Node = { readonly [keyword: string]: unknown };

/**
 * A schema as closures, made once. The library would make code from text, which no package may have, or
 * read the schema again for each value. Only the keywords that the contract uses are known: another one
 * throws when the module loads, so nothing is ever checked less than its schema says.
 */
export function compile(schema: TSchema): Find {
  return compileNode(asNode(schema));
}

function compileNode(node: Node): Find {
  checkKeywords(node);
  const form = compileForm(node);
  const refine = refinementOf(node);
  if (refine === null) return form;
  return (value) => form(value) ?? (refine(value) ? null : '');
}

function compileForm(node: Node): Find {
  if ('anyOf' in node) return compileUnion(node['anyOf']);
  if ('const' in node) return fits((value) => value === node['const']);
  if ('enum' in node) return compileEnum(node['enum']);
  switch (node['type']) {
    case 'string':
      return compileString(node);
    case 'integer':
      return compileInteger(node);
    case 'boolean':
      return fits((value) => typeof value === 'boolean');
    case 'null':
      return fits((value) => value === null);
    case 'array':
      return compileArray(node);
    case 'object':
      return compileObject(node);
    case undefined:
      return () => null; // free JSON: its refinement says what it may be
    default:
      throw new TypeError(`no such type in the contract: ${String(node['type'])}`);
  }
}

function fits(test: (value: unknown) => boolean): Find {
  return (value) => (test(value) ? null : '');
}

/** Which form a value meant to have is a guess, so the pointer ends at the union. */
function compileUnion(forms: unknown): Find {
  const finds = asList(forms).map((form) => compileNode(asNode(form)));
  return (value) => (finds.some((find) => find(value) === null) ? null : '');
}

function compileEnum(values: unknown): Find {
  const known = new Set(asList(values));
  return fits((value) => known.has(value));
}

function compileString(node: Node): Find {
  const min = asNumber(node['minLength'], 0);
  const max = asNumber(node['maxLength'], Number.MAX_SAFE_INTEGER);
  const source = node['pattern'];
  const pattern = typeof source === 'string' ? patternOf(source) : undefined;
  if (source !== undefined && pattern === undefined) throw new TypeError('a pattern that is not in the list');
  return fits(
    (value) =>
      typeof value === 'string' &&
      value.length >= min &&
      hasAtMost(value, max) &&
      (pattern === undefined || pattern.test(value)),
  );
}

/** JSON Schema counts characters beyond U+FFFF once. A minimum above one would have to count them too. */
function hasAtMost(text: string, max: number): boolean {
  if (text.length <= max) return true;
  if (text.length > 2 * max) return false;
  let count = 0;
  for (const _ of text) count += 1;
  return count <= max;
}

function compileInteger(node: Node): Find {
  const min = asNumber(node['minimum'], Number.MIN_SAFE_INTEGER);
  const max = asNumber(node['maximum'], Number.MAX_SAFE_INTEGER);
  return fits(
    (value) => typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max,
  );
}

function compileArray(node: Node): Find {
  const find = compileNode(asNode(node['items']));
  const min = asNumber(node['minItems'], 0);
  const max = asNumber(node['maxItems'], Number.MAX_SAFE_INTEGER);
  const unique = node['uniqueItems'] === true;
  return (value) => {
    if (!Array.isArray(value) || value.length < min || value.length > max) return '';
    for (let at = 0; at < value.length; at++) {
      const where = find(value[at]);
      if (where !== null) return `/${at}${where}`;
    }
    return unique && new Set(value).size !== value.length ? '' : null; // of words only
  };
}

function compileObject(node: Node): Find {
  const max = asNumber(node['maxProperties'], Number.MAX_SAFE_INTEGER);
  if (!('properties' in node)) return fits((value) => isObject(value) && Object.keys(value).length <= max);
  if (node['additionalProperties'] !== false) throw new TypeError('an object of the contract that is open');
  const required = asList(node['required'] ?? []).map(String);
  const finds = Object.entries(asNode(node['properties'])).map(([name, member]): readonly [string, Find] => [
    name,
    compileNode(asNode(member)),
  ]);
  const declared = new Set(finds.map(([name]) => name));
  return (value) => {
    if (!isObject(value) || !required.every((name) => Object.hasOwn(value, name))) return '';
    const names = Object.keys(value);
    if (names.length > declared.size || !names.every((name) => declared.has(name))) return '';
    for (const [name, find] of finds) {
      if (!Object.hasOwn(value, name)) continue;
      const where = find(value[name]);
      if (where !== null) return `/${name}${where}`;
    }
    return null;
  };
}

function isObject(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const KEYWORDS: ReadonlySet<string> = new Set(
  `anyOf const enum type minLength maxLength pattern minimum maximum items minItems maxItems uniqueItems
   properties required additionalProperties maxProperties`.split(/\s+/),
);

function checkKeywords(node: Node): void {
  for (const keyword of Object.keys(node)) {
    // The library's own marks say nothing about values.
    if (!keyword.startsWith('~') && !KEYWORDS.has(keyword)) throw new TypeError(`unknown keyword ${keyword}`);
  }
}

type Refinement = (value: unknown) => boolean;

function refinementOf(node: Node): Refinement | null {
  const refinements = node['~refine'];
  if (refinements === undefined) return null;
  const checks = asList(refinements).map((one) => {
    const { check } = asNode(one);
    if (typeof check !== 'function') throw new TypeError('a refinement without a check');
    return check as Refinement; // the library's type for it
  });
  return (value) => checks.every((check) => check(value));
}

function asNode(value: unknown): Node {
  if (!isObject(value)) throw new TypeError('a schema that is no object');
  return value;
}

function asList(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('a list is missing in a schema');
  return value;
}

function asNumber(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
