import { Refusal } from './refusal.ts';
import { BOOL, INT, nameOf, STRING, type Type } from './type.ts';

/** `orDyn`: a dyn value passes and is looked at when it runs. Logic never takes dyn: compare it instead. */
export function demand(type: Type, kind: 'bool' | 'string', at: number, orDyn = false): Type {
  if (type.kind === kind || (orDyn && type.kind === 'dyn')) return kind === 'bool' ? BOOL : STRING;
  const hint = kind === 'bool' && type.kind === 'dyn' ? '; compare it, as in `x == true`' : '';
  throw new Refusal('CEL_TYPE', at, `expected a ${kind}, found a ${nameOf(type)}${hint}`);
}

/** Arithmetic is on integers only: no rounding, and no doubt about the order of operations. */
export function demandInteger(type: Type, at: number): Type {
  if (type.kind === 'int' || type.kind === 'dyn') return INT;
  throw new Refusal('CEL_TYPE', at, `expected an int, found a ${nameOf(type)}`);
}
