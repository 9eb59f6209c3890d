import { emptyState, type State } from './state.ts';
import type { Snapshot } from './snapshot.ts';

/** The state of a snapshot whose digest was found in the log: the caller has checked that first. */
export function restoreSnapshot(text: string): State {
  const snapshot = JSON.parse(text, revive) as Snapshot; // its digest was found in the log
  const state = emptyState();
  [state.size, state.origin, state.home, state.term, state.now_ms, state.engine, state.began_at] =
    snapshot.scalars;
  const maps = state as unknown as Readonly<Record<string, Map<string, unknown>>>; // named by `printSnapshot`
  for (const [name, entries] of snapshot.maps) {
    const map = maps[name];
    if (!(map instanceof Map)) throw new TypeError('snapshot of another version');
    for (const [key, value] of entries) map.set(key, value);
  }
  return state;
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  // Only `printSnapshot` makes such objects, with this one member.
  const { entries } = value as { readonly entries?: readonly (readonly [string, unknown])[] };
  return Array.isArray(entries) && Object.keys(value).length === 1 ? new Map(entries) : value;
}
