import type { State } from './state.ts';

/** A state as plain JSON, one spelling for one state: what a snapshot holds and its digest is taken of. */
export type Snapshot = {
  readonly v: 1;
  readonly scalars: readonly [
    size: number,
    origin: string,
    home: string,
    term: number,
    now_ms: number,
    engine: string,
    began_at: number,
  ];
  readonly maps: readonly (readonly [name: string, entries: readonly (readonly [string, unknown])[]])[];
};

/** Names of the maps, and whether the order of entries means something (they are evicted from the front). */
const MAPS = [
  ['namespaces', 'sorted'],
  ['principals', 'sorted'],
  ['credentials', 'sorted'],
  ['open_writs', 'sorted'],
  ['pending', 'sorted'],
  ['permitted', 'ordered'],
  ['committed', 'ordered'],
  ['finished', 'ordered'],
  ['tickets', 'ordered'],
  ['ticket_of', 'sorted'],
  ['sessions', 'ordered'],
  ['activities', 'sorted'],
  ['pasts', 'ordered'],
  ['loops', 'ordered'],
  ['idempotency', 'ordered'],
  ['folds', 'ordered'],
  ['freezes', 'sorted'],
  ['thawed', 'sorted'],
  ['quarantined', 'ordered'],
  ['questions', 'sorted'],
] as const;

/**
 * INVARIANT: equal states give equal texts. Entries whose order means nothing are sorted by key; the others
 * stand in the order of the records that touched them, which is the same for every fold of the same log.
 */
export function printSnapshot(state: State): string {
  const snapshot: Snapshot = {
    v: 1,
    scalars: [state.size, state.origin, state.home, state.term, state.now_ms, state.engine, state.began_at],
    maps: MAPS.map(([name, order]) => [name, entriesOf(state[name], order)]),
  };
  return JSON.stringify(snapshot, plain);
}

function entriesOf(
  map: ReadonlyMap<string, unknown>,
  order: 'sorted' | 'ordered',
): readonly (readonly [string, unknown])[] {
  const entries = [...map];
  return order === 'sorted' ? entries.sort(byKey) : entries;
}

function byKey([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}

/** Maps inside values become sorted lists, and members stand in order whatever made the object. */
function plain(_key: string, value: unknown): unknown {
  if (value instanceof Map) return { entries: [...(value as Map<string, unknown>)].sort(byKey) };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(byKey));
}
