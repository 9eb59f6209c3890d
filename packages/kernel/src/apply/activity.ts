import type { Effect } from '@writ/contract';
import type { Id, Tag } from '@writ/proof';
import { RATE_SLOT_MS, RATE_SLOTS } from '../state/limits.ts';
import type { Activity, Session, State } from '../state/state.ts';
import { touch } from './evict.ts';

const IDLE: Activity = { slot: 0, counts: new Array<number>(RATE_SLOTS).fill(0), effects: {} };

/** The counts of the last minute, moved on to the slot of `now_ms`. */
export function slide(activity: Activity | undefined, now_ms: number): Activity {
  const before = activity ?? IDLE;
  const slot = Math.floor(now_ms / RATE_SLOT_MS);
  const passed = Math.max(0, slot - before.slot);
  if (passed === 0) return before;
  const kept = passed >= RATE_SLOTS ? [] : before.counts.slice(passed);
  return { ...before, slot, counts: [...kept, ...new Array<number>(RATE_SLOTS - kept.length).fill(0)] };
}

export function countAction(state: State, root: Id, permitted: readonly Effect[]): void {
  const current = slide(state.activities.get(root), state.now_ms);
  const counts = current.counts.slice();
  counts[RATE_SLOTS - 1] = (counts[RATE_SLOTS - 1] ?? 0) + 1;
  const effects = permitted.length === 0 ? current.effects : seenAt(current.effects, permitted, state.now_ms);
  state.activities.set(root, { slot: current.slot, counts, effects });
}

/** Sorted, because it is sealed as it stands: a state that was restored must give the same bytes. */
function seenAt(
  before: Activity['effects'],
  permitted: readonly Effect[],
  now_ms: number,
): Activity['effects'] {
  const seen = { ...before };
  for (const effect of permitted) seen[effect] = now_ms;
  // One that was seen before keeps its place.
  const isSorted = permitted.every((effect) => before[effect] !== undefined);
  return isSorted ? seen : Object.fromEntries(Object.entries(seen).sort(byName));
}

function byName([left]: readonly [string, number], [right]: readonly [string, number]): number {
  return left < right ? -1 : 1;
}

export function countInSession(
  state: State,
  ns: Id,
  session: Tag,
  change: { readonly allowed?: number; readonly refused?: number; readonly pending?: number },
): void {
  const before: Session | undefined = state.sessions.get(session);
  touch(state.sessions, session, {
    ns,
    last_at: state.now_ms,
    allowed: (before?.allowed ?? 0) + (change.allowed ?? 0),
    refused: (before?.refused ?? 0) + (change.refused ?? 0),
    pending_tickets: Math.max(0, (before?.pending_tickets ?? 0) + (change.pending ?? 0)),
  });
}

/** A failed or refused call of this shape; a success forgets them. */
export function countLoop(state: State, shape: Tag, failed: boolean): void {
  if (!failed) {
    state.loops.delete(shape);
    return;
  }
  touch(state.loops, shape, { count: (state.loops.get(shape)?.count ?? 0) + 1, at: state.now_ms });
}
