import { ClientFailure } from '../failure.ts';

/** More than a principal may have open at a time, many times over. */
const LABELS_MAX = 10_000;

/** Ids of actions, each with the one label of ours that it belongs to, and when that was first used. */
export type Labels = {
  /** The time at which this label was first used for the id; null when the id belongs to another label. */
  hold(id: string, label: string, until_ms: number, now_ms: number): number | null;
};

type Held = { readonly label: string; readonly first_ms: number; readonly until_ms: number };

export function openLabels(): Labels {
  const held = new Map<string, Held>();
  return {
    hold(id, label, until_ms, now_ms) {
      const before = held.get(id);
      if (before !== undefined) return before.label === label ? before.first_ms : null;
      if (held.size >= LABELS_MAX) forget(held, now_ms);
      held.set(id, { label, first_ms: now_ms, until_ms });
      return now_ms;
    },
  };
}

/** What is over cannot be believed again. Forgetting more would mean believing twice. */
function forget(held: Map<string, Held>, now_ms: number): void {
  for (const [id, { until_ms }] of held) if (until_ms < now_ms) held.delete(id);
  if (held.size >= LABELS_MAX) throw new ClientFailure('CLIENT_FULL', 'too many actions at a time');
}
