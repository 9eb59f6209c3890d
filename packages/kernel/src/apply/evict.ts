import {
  FINISHED_LIFE_MS,
  FINISHED_MAX,
  FOLD_WINDOW_MS,
  FOLDS_MAX,
  IDEMPOTENCY_AHEAD_MS,
  IDEMPOTENCY_LIFE_MS,
  LOOP_WINDOW_MS,
  LOOPS_MAX,
  PAST_LIFE_MS,
  SESSION_IDLE_MS,
  SESSIONS_MAX,
} from '../state/limits.ts';
import type { State } from '../state/state.ts';
import { evictCredentials } from './credentials.ts';

/**
 * Forgets what its window has passed. A function of record time alone, never of access. Each of these maps
 * keeps its entries in order of their last touch, so the old ones stand in front; credentials do not, and are
 * swept. `before_ms` is the time of the state before this record.
 */
export function evict(state: State, before_ms: number): void {
  const now = state.now_ms;
  // A key stays until no request that could carry it would still be accepted.
  dropOlder(state.idempotency, (entry) => entry.at, now - IDEMPOTENCY_LIFE_MS - IDEMPOTENCY_AHEAD_MS);
  dropOlder(state.folds, (entry) => entry.at, now - FOLD_WINDOW_MS);
  dropOlder(state.loops, (entry) => entry.at, now - LOOP_WINDOW_MS);
  dropOlder(state.finished, (entry) => entry.at, now - FINISHED_LIFE_MS);
  dropOlder(state.sessions, (entry) => entry.last_at, now - SESSION_IDLE_MS);
  // An hour more: the oldest slot that a day touches is counted whole.
  dropOlder(state.pasts, (past) => past.last_at, now - PAST_LIFE_MS - PAST_SLOT_MS);
  evictCredentials(state, before_ms);
  // Forgetting these early is safe: a later repeat is refused as unknown, or recorded once more.
  dropSurplus(state.finished, FINISHED_MAX);
  dropSurplus(state.folds, FOLDS_MAX);
  dropSurplus(state.loops, LOOPS_MAX);
  // What a session counts is the agent's to begin anew in any case, by naming another session.
  dropSurplus(state.sessions, SESSIONS_MAX);
}

const PAST_SLOT_MS = 3_600_000;

function dropOlder<V>(map: Map<string, V>, at: (value: V) => number, before: number): void {
  for (const [key, value] of map) {
    if (at(value) >= before) return;
    map.delete(key);
  }
}

function dropSurplus<V>(map: Map<string, V>, max: number): void {
  if (map.size <= max) return;
  for (const key of map.keys()) {
    map.delete(key);
    if (map.size <= max) return;
  }
}

/** Sets an entry and moves it to the end: it was touched last. */
export function touch<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
}
