import { type Operation, OPERATIONS, type OperationId } from '@writ/contract/api';

export type Route =
  | { readonly kind: 'found'; readonly id: OperationId; readonly parts: Readonly<Record<string, string>> }
  /** The path is known, with other methods. */
  | { readonly kind: 'method'; readonly allowed: readonly string[] }
  | { readonly kind: 'unknown' };

type Entry = { readonly id: OperationId; readonly method: string; readonly segments: readonly string[] };

/** Segments of our own paths: ids, numbers and words. What needs an escape is none of them. */
const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

const ENTRIES: readonly Entry[] = Object.entries(OPERATIONS).map(
  ([id, operation]: readonly [string, Operation]) => ({
    id: id as OperationId, // a key of OPERATIONS
    method: operation.method,
    segments: operation.path.split('/').slice(1),
  }),
);

/** Paths without a variable part are looked up; the others are few. */
const PLAIN: ReadonlyMap<string, readonly Entry[]> = Map.groupBy(
  ENTRIES.filter(({ segments }) => !segments.some(isVariable)),
  ({ segments }) => `/${segments.join('/')}`,
);
const VARIABLE: readonly Entry[] = ENTRIES.filter(({ segments }) => segments.some(isVariable));

function isVariable(segment: string): boolean {
  return segment.startsWith('{');
}

export function routeOf(method: string, path: string): Route {
  const plain = PLAIN.get(path);
  if (plain !== undefined) {
    const entry = plain.find((one) => one.method === method);
    if (entry !== undefined) return { kind: 'found', id: entry.id, parts: {} };
    return { kind: 'method', allowed: plain.map((one) => one.method) };
  }
  const segments = path.split('/').slice(1);
  if (!segments.every((segment) => SEGMENT.test(segment))) return { kind: 'unknown' };
  const fitting = VARIABLE.flatMap((entry) => {
    const parts = partsOf(entry.segments, segments);
    return parts === null ? [] : [{ entry, parts }];
  });
  const found = fitting.find(({ entry }) => entry.method === method);
  if (found !== undefined) return { kind: 'found', id: found.entry.id, parts: found.parts };
  if (fitting.length === 0) return { kind: 'unknown' };
  return { kind: 'method', allowed: fitting.map(({ entry }) => entry.method) };
}

function partsOf(
  template: readonly string[],
  segments: readonly string[],
): Readonly<Record<string, string>> | null {
  const parts: Record<string, string> = {};
  for (const [at, segment] of template.entries()) {
    const given = segments[at];
    if (given === undefined) return null;
    if (!isVariable(segment)) {
      if (segment !== given) return null;
    } else if (segment.endsWith('...}')) {
      parts[segment.slice(1, -4)] = segments.slice(at).join('/');
      return parts;
    } else parts[segment.slice(1, -1)] = given;
  }
  return segments.length === template.length ? parts : null;
}
