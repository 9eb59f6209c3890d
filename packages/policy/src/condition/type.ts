/** `map`: any member may be absent. `object`: exactly these, all present. `dyn`: known when it runs. */
export type Type =
  | { readonly kind: 'bool' | 'int' | 'double' | 'string' | 'null' | 'dyn' }
  | { readonly kind: 'list'; readonly item: Type }
  | { readonly kind: 'map' }
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, Type> };

export const BOOL: Type = { kind: 'bool' };
export const INT: Type = { kind: 'int' };
export const STRING: Type = { kind: 'string' };
export const DYN: Type = { kind: 'dyn' };
const MAP: Type = { kind: 'map' };
const STRINGS: Type = { kind: 'list', item: STRING };

function object(fields: Readonly<Record<string, Type>>): Type {
  return { kind: 'object', fields: new Map(Object.entries(fields)) };
}

/** All names that a condition may use; the members of View, typed. Nothing else exists for it. */
export const VARIABLES: ReadonlyMap<string, Type> = new Map<string, Type>([
  ['tool', STRING],
  ['args', MAP],
  ['effects', STRINGS],
  ['resources', { kind: 'list', item: object({ kind: STRING, name: STRING }) }],
  ['findings', STRINGS],
  ['reversibility', STRING],
  ['risk', INT],
  ['scene', MAP],
  ['principal', object({ id: STRING, kind: STRING, wall: INT })],
  ['session', MAP],
  ['now_ms', INT],
  ['intent', MAP],
]);

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
