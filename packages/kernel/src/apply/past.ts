import type { DecisionHead, Id, ReleaseHead } from '@writ/proof';
import type { DecisionPart } from '../record/state-part.ts';
import { PAST_HOUR_SLOTS, PAST_MINUTE_SLOTS, SEEN_PER_KIND_MAX } from '../state/limits.ts';
import type { Counter, Past } from '../state/past.ts';
import type { Amount, State } from '../state/state.ts';
import { touch } from './evict.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;

/** A verdict enters the past; of what was permitted also what it does, with which tool, and on what. */
export function countPast(state: State, head: DecisionHead | ReleaseHead, part: DecisionPart): void {
  const { now_ms } = state;
  const past = pastOf(state, part.root);
  count(past, `verdict/${head.verdict}`, now_ms, 1);
  count(past, `code/${head.code}`, now_ms, 1);
  if (head.verdict !== 'ALLOW') return;
  for (const effect of part.effects) count(past, `effect/${effect}`, now_ms, 1);
  const space = state.namespaces.get(head.ns);
  if (part.tool !== null && space?.tools.has(part.tool) === true) count(past, `tool/${part.tool}`, now_ms, 1);
  for (const { kind, tag } of part.touched) {
    see(past, kind, tag, now_ms);
    // Those that rules name are counted one by one: others, however many, never push them out.
    if (space?.policy?.names?.includes(tag) === true) count(past, `${kind}/${tag}`, now_ms, 1);
  }
}

export function countDone(state: State, root: Id, tool: string): void {
  count(pastOf(state, root), `done/${tool}`, state.now_ms, 1);
}

/** What was really spent, when it was settled; what is in flight stands in the budgets. */
export function countSpent(state: State, root: Id, spent: readonly Amount[]): void {
  for (const { unit, amount } of spent) {
    if (amount > 0) count(pastOf(state, root), `unit/${unit}`, state.now_ms, amount);
  }
}

function pastOf(state: State, root: Id): Past {
  const past = state.pasts.get(root) ?? { last_at: 0, counters: new Map(), seen: new Map() };
  past.last_at = state.now_ms;
  touch(state.pasts, root, past);
  return past;
}

function count({ counters }: Past, key: string, now_ms: number, amount: number): void {
  const counter = counters.get(key);
  if (counter === undefined) {
    counters.set(key, {
      last_at: now_ms,
      before_at: null,
      minutes: [Math.floor(now_ms / MINUTE_MS), amount],
      hours: [Math.floor(now_ms / HOUR_MS), amount],
    });
    return;
  }
  counter.before_at = counter.last_at;
  counter.last_at = now_ms;
  add(counter.minutes, Math.floor(now_ms / MINUTE_MS), amount, PAST_MINUTE_SLOTS);
  add(counter.hours, Math.floor(now_ms / HOUR_MS), amount, PAST_HOUR_SLOTS);
}

function add(slots: Counter['minutes'], slot: number, amount: number, kept: number): void {
  const newest = slots.length - 2;
  // A saturated sum is still more than any rule compares with.
  if (slots[newest] === slot) {
    slots[newest + 1] = Math.min(Number.MAX_SAFE_INTEGER, (slots[newest + 1] ?? 0) + amount);
  } else slots.push(slot, amount);
  while ((slots[0] ?? slot) <= slot - kept) slots.splice(0, 2);
}

function see({ seen }: Past, kind: string, tag: string, now_ms: number): void {
  const tags = seen.get(kind) ?? new Map<string, { first_at: number; last_at: number }>();
  seen.set(kind, tags);
  tags.set(tag, { first_at: tags.get(tag)?.first_at ?? now_ms, last_at: now_ms });
  if (tags.size <= SEEN_PER_KIND_MAX) return;
  let oldest: string | undefined;
  let oldest_at = Number.POSITIVE_INFINITY;
  // By time and then by name: the order of entries is another one after a snapshot.
  for (const [one, { last_at }] of tags) {
    if (last_at > oldest_at || (last_at === oldest_at && oldest !== undefined && one > oldest)) continue;
    oldest = one;
    oldest_at = last_at;
  }
  if (oldest !== undefined) tags.delete(oldest);
}
