import { parseQuestion, type Question, taggedName } from '@writ/policy';
import { HOUR_MS, MINUTE_MS } from '../apply/past.ts';
import { PAST_LIFE_MS } from '../state/limits.ts';
import type { Counter, Past } from '../state/past.ts';
import type { State } from '../state/state.ts';
import type { RecallScope } from './scope.ts';

const DAY_S: number = PAST_LIFE_MS / 1000;
const HOUR_S: number = HOUR_MS / 1000;

/**
 * The answer to one question about the past, without the action that asks: at commit its own permission is
 * part of what was counted, and is taken out again.
 */
export function askPast(state: State, scope: RecallScope, text: string): number {
  const question = parseQuestion(text);
  if (question === null) throw new RangeError('no question about the past');
  const past = state.pasts.get(scope.root);
  switch (question.ask) {
    case 'count':
      return countIn(past, scope, question, state);
    case 'sum':
      return sumIn(past, scope, question, state);
    case 'distinct':
      return distinctIn(past, scope, question);
    case 'since':
      return secondsSince(past, scope, question, state);
    default:
      return question.ask satisfies never;
  }
}

/** The key under which something is counted, or null where nothing can have been counted. */
function keyOf(question: Question, scope: RecallScope, state: State): string | null {
  const { kind, name } = question;
  if (name === null) return `${kind}/${scope.own.tool}`;
  const tagged = taggedName(question);
  if (tagged === null) return `${kind}/${name}`;
  const inForce = state.namespaces.get(scope.ns)?.policy ?? null;
  const names = inForce === null ? undefined : scope.library.policy(inForce.policy)?.names;
  const tag = inForce?.names?.[names?.indexOf(tagged) ?? -1];
  return tag === undefined ? null : `${kind}/${tag}`;
}

function countIn(past: Past | undefined, scope: RecallScope, question: Question, state: State): number {
  const key = keyOf(question, scope, state);
  if (key === null) return 0;
  const counted = inWindow(past?.counters.get(key), scope.now_ms, question.window_s);
  return Math.max(0, counted - (countedItself(scope, key) ? 1 : 0));
}

/**
 * Slots that the window touches count whole: at most a minute, or an hour, too much, and never too little.
 */
function inWindow(counter: Counter | undefined, now_ms: number, window_s: number): number {
  if (counter === undefined) return 0;
  const [slots, slot_ms] = window_s > HOUR_S ? [counter.hours, HOUR_MS] : [counter.minutes, MINUTE_MS];
  const from = Math.floor((now_ms - window_s * 1000 + 1) / slot_ms);
  let sum = 0;
  for (let at = 0; at < slots.length; at += 2) if ((slots[at] ?? 0) >= from) sum += slots[at + 1] ?? 0;
  return Math.min(sum, Number.MAX_SAFE_INTEGER);
}

function sumIn(past: Past | undefined, scope: RecallScope, question: Question, state: State): number {
  const key = keyOf(question, scope, state);
  if (key === null) return 0;
  const unit = key.slice(key.indexOf('/') + 1);
  const spent = inWindow(past?.counters.get(key), scope.now_ms, question.window_s);
  const held = state.namespaces.get(scope.ns)?.budgets.get(unit)?.held.get(scope.root) ?? 0;
  const own = scope.own.counted_at === null ? undefined : scope.own.costs.find((cost) => cost.unit === unit);
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, spent + held - (own?.amount ?? 0)));
}

function distinctIn(past: Past | undefined, scope: RecallScope, { kind, window_s }: Question): number {
  const since = scope.now_ms - window_s * 1000;
  const { counted_at, touched, tool } = scope.own;
  let count = 0;
  if (kind === 'tool') {
    for (const [key, counter] of past?.counters ?? []) {
      if (!key.startsWith('tool/')) continue;
      const last_at = key === `tool/${tool}` ? lastWithout(counter, counted_at) : counter.last_at;
      if (last_at !== null && last_at > since) count += 1;
    }
    return count;
  }
  for (const [tag, { first_at, last_at }] of past?.seen.get(kind) ?? []) {
    const isOwn = counted_at !== null && touched.some((one) => one.kind === kind && one.tag === tag);
    if (last_at > since && !(isOwn && first_at === counted_at)) count += 1;
  }
  return count;
}

function secondsSince(past: Past | undefined, scope: RecallScope, question: Question, state: State): number {
  const key = keyOf(question, scope, state);
  const counter = key === null ? undefined : past?.counters.get(key);
  if (counter === undefined || key === null) return DAY_S;
  const last_at = countedItself(scope, key) ? lastWithout(counter, scope.own.counted_at) : counter.last_at;
  if (last_at === null) return DAY_S;
  return Math.min(DAY_S, Math.floor((scope.now_ms - last_at) / 1000));
}

/** The last time that was not the action's own permission. */
function lastWithout({ last_at, before_at }: Counter, counted_at: number | null): number | null {
  return last_at === counted_at ? before_at : last_at;
}

function countedItself({ own }: RecallScope, key: string): boolean {
  if (own.counted_at === null) return false;
  if (key === 'verdict/ALLOW' || key === 'code/ALLOWED' || key === `tool/${own.tool}`) return true;
  if (own.effects.some((effect) => key === `effect/${effect}`)) return true;
  return own.touched.some(({ kind, tag }) => key === `${kind}/${tag}`);
}
