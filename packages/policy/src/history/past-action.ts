import { HISTORY_S_MAX } from '../limits.ts';
import type { Verdict } from '../decide/verdict.ts';
import type { History, Question } from './question.ts';

/** One line of an example's past: what happened so many seconds ago, and how often. */
export type PastAction = {
  readonly ago_s: number;
  readonly times: number;
  readonly tool?: string;
  readonly verdict: Verdict;
  readonly code?: string;
  readonly effects: readonly string[];
  readonly resources: readonly { readonly kind: string; readonly name: string }[];
  /** Did it run and succeed? */
  readonly done: boolean;
  /** Amounts spent or still in flight, by unit. */
  readonly spent: Readonly<Record<string, number>>;
};

/** The past of an example. A cell answers the same questions from what its log counted. */
export function pastOf(actions: readonly PastAction[], tool: string): History {
  return (asked) => {
    const question = asked.name === null && asked.ask !== 'distinct' ? { ...asked, name: tool } : asked;
    const within = actions.filter(({ ago_s }) => ago_s < question.window_s);
    switch (question.ask) {
      case 'count':
        return within.reduce((sum, action) => sum + (matches(question, action) ? action.times : 0), 0);
      case 'sum':
        return within.reduce(
          (sum, { spent, times }) => sum + times * amountOf(spent, question.name ?? ''),
          0,
        );
      case 'distinct':
        return new Set(within.flatMap((action) => namesOf(question.kind, action))).size;
      case 'since':
        return actions
          .filter((action) => matches(question, action))
          .reduce((least, { ago_s }) => Math.min(least, ago_s), HISTORY_S_MAX);
      default:
        return question.ask satisfies never;
    }
  };
}

function amountOf(spent: PastAction['spent'], unit: string): number {
  return (Object.hasOwn(spent, unit) ? spent[unit] : undefined) ?? 0;
}

/** Tools, effects and resources are those of permitted actions; verdicts and codes those of all. */
function namesOf(kind: string, action: PastAction): readonly string[] {
  const { code, done, effects, resources, tool, verdict } = action;
  if (kind === 'verdict') return [verdict];
  if (kind === 'code') return code === undefined ? [] : [code];
  if (verdict !== 'ALLOW') return [];
  if (kind === 'effect') return effects;
  if (kind === 'tool') return tool === undefined ? [] : [tool];
  if (kind === 'done') return tool === undefined || !done ? [] : [tool];
  return resources.filter((resource) => resource.kind === kind).map(({ name }) => name);
}

function matches({ kind, name }: Question, action: PastAction): boolean {
  return name !== null && namesOf(kind, action).includes(name);
}
