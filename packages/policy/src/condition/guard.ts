import type { Node } from './node.ts';

/** Paths of members known to be present. */
export type Facts = ReadonlySet<string>;

export const NO_FACTS: Facts = new Set();

/**
 * The path of a selection from a name, or undefined for anything computed. Segments are joined by a
 * character that no name and no literal key of a policy can hold.
 */
export function pathOf(node: Node): string | undefined {
  switch (node.kind) {
    case 'name':
      return node.name;
    case 'select':
      return join(pathOf(node.base), node.field);
    case 'index':
      if (node.index.kind !== 'literal' || typeof node.index.value !== 'string') return undefined;
      return join(pathOf(node.base), node.index.value);
    default:
      return undefined;
  }
}

function join(base: string | undefined, field: string): string | undefined {
  if (base === undefined || field.includes('\u0000')) return undefined;
  return `${base}\u0000${field}`;
}

/** What is known to be present when the node came out as `outcome`. Sound, not complete. */
export function factsWhen(node: Node, outcome: boolean): Facts {
  switch (node.kind) {
    case 'has':
      return outcome ? fact(pathOf(node.target)) : NO_FACTS;
    case 'binary': {
      if (node.operator !== 'in' || !outcome) return NO_FACTS;
      if (node.left.kind !== 'literal' || typeof node.left.value !== 'string') return NO_FACTS;
      // `"x" in list` yields a path that no list has; it can only ever guard a map.
      return fact(join(pathOf(node.right), node.left.value));
    }
    case 'not':
      return factsWhen(node.operand, !outcome);
    case 'and':
    case 'or': {
      // A true `&&` ran all operands to true; a false one stopped at any of them. `||` is its mirror.
      const all = node.operands.map((operand) => factsWhen(operand, outcome));
      return outcome === (node.kind === 'and') ? union(all) : intersection(all);
    }
    case 'choose': {
      const yes = union([factsWhen(node.test, true), factsWhen(node.yes, outcome)]);
      const no = union([factsWhen(node.test, false), factsWhen(node.no, outcome)]);
      return intersection([yes, no]);
    }
    default:
      return NO_FACTS;
  }
}

function fact(path: string | undefined): Facts {
  return path === undefined ? NO_FACTS : new Set([path]);
}

export function union(sets: readonly Facts[]): Facts {
  const nonEmpty = sets.filter((set) => set.size > 0);
  const [first] = nonEmpty;
  if (first === undefined) return NO_FACTS;
  return nonEmpty.length === 1 ? first : new Set(nonEmpty.flatMap((set) => [...set]));
}

function intersection(sets: readonly Facts[]): Facts {
  const [first, ...rest] = sets;
  if (first === undefined) return NO_FACTS;
  return new Set([...first].filter((path) => rest.every((set) => set.has(path))));
}
