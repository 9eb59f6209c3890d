import type { Position } from '../problem.ts';

/** What YAML said, free of the parser's own types, each piece with its place. */
export type Located = LocatedMap | LocatedList | LocatedScalar;

export type LocatedMap = {
  readonly kind: 'map';
  readonly at: Position;
  readonly members: ReadonlyMap<string, LocatedMember>;
};

export type LocatedMember = { readonly key_at: Position; readonly value: Located };

export type LocatedList = {
  readonly kind: 'list';
  readonly at: Position;
  readonly items: readonly Located[];
};

export type LocatedScalar = {
  readonly kind: 'scalar';
  readonly at: Position;
  readonly value: string | number | boolean | null;
};

/** A word for messages. */
export function describe(node: Located): string {
  if (node.kind !== 'scalar') return node.kind === 'map' ? 'a mapping' : 'a list';
  if (node.value === null) return 'nothing';
  return typeof node.value === 'string' ? 'text' : `a ${typeof node.value}`;
}
