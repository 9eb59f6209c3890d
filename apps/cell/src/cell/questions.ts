import type { Command } from '@writ/contract';
import { API_LIMITS } from '@writ/contract/api';
import type { QuestionsWindow } from '@writ/kernel';
import type { Id } from '@writ/proof';
import type { Clock } from '../core/clock.ts';
import { CoreFailure } from '../core/failure.ts';
import type { RunningCell } from '../core/run-cell.ts';
import type { Mint } from './mint.ts';

/** An explanation, or a candidate that is weighed. */
export type QuestionKind = 'explained' | 'weighed';

/**
 * Whoever asks what would be allowed has a budget, and the log says that they ask (spec/28-questions.md). A
 * window is recorded before anything in it is answered; how often is counted here, and recorded when it is
 * over.
 */
export type Questions = {
  /**
   * Takes so many of the account of whoever asks, or throws RATE_LIMIT_EXCEEDED. Its window is recorded by
   * then.
   */
  take(by: Id, kind: QuestionKind, count: number): Promise<void>;
  /** Records how often, of each window that is over; of all when the cell ends. */
  close(which: 'over' | 'all'): Promise<void>;
};

type Counts = { explained: number; weighed: number };

const MAX: Readonly<Record<QuestionKind, number>> = {
  explained: API_LIMITS.explanations_per_minute_max,
  weighed: API_LIMITS.candidates_per_minute_max,
};
/** What is over is closed, what is closed is opened: a third time, others are always in between. */
const TRIES = 8;

type Ports = {
  readonly running: Pick<RunningCell, 'state' | 'submit' | 'phase'>;
  readonly mint: Pick<Mint, 'id'>;
  readonly clock: Pick<Clock, 'read'>;
};

export function openQuestions({ running, mint, clock }: Ports): Questions {
  /** Of the windows that this process opened: of others nobody knows how much of them is used. */
  const counted = new Map<Id, Counts>();

  const ask = async (
    command: Command,
    otherwise: 'INSUFFICIENT_AUTHORITY' | 'UNAVAILABLE',
  ): Promise<void> => {
    const { answer } = await running.submit(command, { bytes: 0 });
    if (answer.kind === 'done') return;
    const code = 'code' in answer ? answer.code : null;
    // Another call was faster: what it did is looked at anew.
    if (code === 'ALREADY_EXISTS' || code === 'NOT_FOUND') return;
    throw new CoreFailure(otherwise, 'questions cannot be recorded');
  };
  const openWindow = async (by: Id): Promise<void> => {
    const id = mint.id('ask');
    counted.set(id, { explained: 0, weighed: 0 });
    try {
      await ask({ kind: 'open_questions', id, by }, 'INSUFFICIENT_AUTHORITY');
    } finally {
      // Not there: refused, or lost with what was not durable.
      if (!isOpen(id)) counted.delete(id);
    }
  };
  const isOpen = (id: Id): boolean => [...running.state().questions.values()].some((one) => one.id === id);
  const closeWindow = async (root: Id, { id }: QuestionsWindow): Promise<void> => {
    const { explained, weighed } = counted.get(id) ?? { explained: null, weighed: null };
    await ask({ kind: 'close_questions', id, root, explained, weighed }, 'UNAVAILABLE');
    counted.delete(id);
  };
  return {
    async take(by, kind, count) {
      for (let tries = 0; tries < TRIES; tries += 1) {
        const state = running.state();
        const root = state.principals.get(by)?.definition.root ?? by;
        const window = state.questions.get(root);
        if (window === undefined) await openWindow(by);
        else if (window.to <= nowOf(clock)) await closeWindow(root, window);
        else return spend(counted.get(window.id), kind, count);
      }
      throw new CoreFailure('OVERLOADED', 'too many ask at once');
    },
    async close(which) {
      if (running.phase() !== 'open') return;
      const now_ms = which === 'all' ? Infinity : nowOf(clock);
      const over = [...running.state().questions].filter(([, { to }]) => to <= now_ms);
      for (const [root, window] of over) await closeWindow(root, window);
    },
  };
}

/** INVARIANT: what is not counted by this process counts as used up, so that a restart gives nobody more. */
function spend(counts: Counts | undefined, kind: QuestionKind, count: number): void {
  if (counts === undefined || counts[kind] + count > MAX[kind]) {
    throw new CoreFailure('RATE_LIMIT_EXCEEDED', 'the questions of this minute are used up');
  }
  counts[kind] += count;
}

function nowOf(clock: Pick<Clock, 'read'>): number {
  const reading = clock.read();
  if (reading.kind === 'sound') return reading.now_ms;
  throw new CoreFailure('CLOCK_SUSPECT', 'the clock cannot be trusted now');
}
