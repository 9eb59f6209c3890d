import type { Words } from './words.ts';

/**
 * `map`: any member may be absent, and where `fields` are known there are no others. `object`: exactly these,
 * all present. `dyn`: known when it runs. Text with `words` is one of these.
 */
export type Type =
  | { readonly kind: 'bool' | 'int' | 'double' | 'null' | 'dyn' }
  | { readonly kind: 'string'; readonly words?: ReadonlySet<string> }
  | { readonly kind: 'list'; readonly item: Type }
  | { readonly kind: 'map'; readonly fields?: ReadonlyMap<string, Type> }
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, Type> };

export const BOOL: Type = { kind: 'bool' };
export const INT: Type = { kind: 'int' };
export const STRING: Type = { kind: 'string' };
export const DYN: Type = { kind: 'dyn' };
const MAP: Type = { kind: 'map' };
export const STRINGS: Type = { kind: 'list', item: STRING };

function object(fields: Readonly<Record<string, Type>>): Type {
  return { kind: 'object', fields: new Map(Object.entries(fields)) };
}

function oneOf(words: ReadonlySet<string> | undefined): Type {
  return words === undefined ? STRING : { kind: 'string', words };
}

/** All names that a condition may use; the members of View, typed. Nothing else exists for it. */
export function variablesOf(words: Words): ReadonlyMap<string, Type> {
  const resource = object({ kind: oneOf(words.resource_kinds), name: STRING });
  return new Map<string, Type>([
    ['tool', STRING],
    ['args', words.args ?? MAP],
    ['effects', { kind: 'list', item: oneOf(words.effects) }],
    ['resources', { kind: 'list', item: resource }],
    ['findings', { kind: 'list', item: oneOf(words.findings) }],
    ['reversibility', oneOf(words.reversibilities)],
    ['risk', INT],
    ['scene', MAP],
    ['principal', object({ id: STRING, kind: STRING, wall: INT })],
    ['session', MAP],
    ['now_ms', INT],
    ['intent', MAP],
    ['evidence', STRINGS],
  ]);
}

export function isNumber(type: Type): boolean {
  return type.kind === 'int' || type.kind === 'double';
}

/** Can two values of these types ever be equal? If not, the comparison is a mistake of its author. */
export function areComparable(left: Type, right: Type): boolean {
  if (left.kind === 'dyn' || right.kind === 'dyn') return true;
  if (isNumber(left) && isNumber(right)) return true;
  if (left.kind === 'list' && right.kind === 'list') return areComparable(left.item, right.item);
  const isMap = (type: Type) => type.kind === 'map' || type.kind === 'object';
  return left.kind === right.kind || (isMap(left) && isMap(right));
}

export function nameOf(type: Type): string {
  return type.kind === 'list' ? `list<${nameOf(type.item)}>` : type.kind;
}
