import { faultyJournal } from '../../src/journal/faulty.ts';
import type { AppendFault, FaultPlan } from '../../src/journal/fault-plan.ts';
import type { Batch, Journal, JournalHead } from '../../src/journal/journal.ts';
import type { Choices } from './choices.ts';
import type { Faults } from './faults.ts';
import type { Owner, Scheduler } from './scheduler.ts';
import type { Belief } from './time.ts';
import type { World } from './world.ts';

/** A write that tells of something rare meets a fault this often. */
const DELICATE_PERMILLE = 400;
const AT_A_DELICATE_MOMENT: readonly (readonly [AppendFault, number])[] = [
  ['failed', 2],
  ['lost-acknowledgement', 1],
  ['late-commit', 1],
];

/**
 * A plan whose every draw is the world's. One for each machine: what an old instance left in flight is its.
 */
export function openFaultPlan(
  choices: Choices,
  scheduler: Scheduler,
  faults: Faults,
  machine: Owner,
): FaultPlan {
  const nextAppend = (): AppendFault => {
    if (faults.calm) return 'none';
    const delicate = faults.delicate && choices.chance(DELICATE_PERMILLE);
    faults.delicate = false;
    return choices.weigh(delicate ? AT_A_DELICATE_MOMENT : faults.weights.append);
  };
  return {
    nextAppend: () => faults.count('append', nextAppend()),
    nextRead: () => faults.count('read', faults.calm ? 'none' : choices.weigh(faults.weights.read)),
    nextOpen: () => faults.count('open', faults.calm ? 'none' : choices.weigh(faults.weights.open)),
    nextLateMoment: () =>
      choices.pick(['at-close', 'before-open', 'after-open', 'after-first-append'] as const),
    draw: (bound) => choices.draw(bound),
    pause: () => scheduler.wait(machine, 'the journal is slow'),
    counts: faults.counts,
    inFlight: { current: null },
  };
}

export type Instance = {
  readonly world: Pick<World, 'disk' | 'scheduler' | 'checks'>;
  readonly plan: FaultPlan;
  readonly belief: Belief;
  /** The first instance of a process may read before it writes; those after it come after a failure. */
  readonly isFirst: boolean;
};

/**
 * Each call takes two steps that the scheduler chooses: it arrives at the store, and its answer arrives at
 * the caller. What has left for the store may arrive after its process died; no answer ever does.
 */
export function scheduledJournal({ world, plan, belief, isFirst }: Instance, owner: Owner): Journal {
  const { disk, scheduler, checks } = world;
  const inner = faultyJournal(disk.openJournal(), plan);
  let flight: Promise<unknown> = Promise.resolve();
  let hasCommitted = false;
  const there = async <T>(label: string, act: () => Promise<T>, outlives = false): Promise<T> => {
    await new Promise<void>((resolve) => scheduler.later(owner, label, resolve, outlives));
    try {
      return await act();
    } finally {
      await scheduler.wait(owner, `${label} answers`);
    }
  };
  return {
    open: () => there('open', () => inner.open()),
    append(batch: Batch, expected: JournalHead) {
      disk.send(batch, { belief, told: 'nothing' });
      const label = `append ${batch.from}+${batch.count} term ${batch.term}`;
      const result = there(label, () => inner.append(batch, expected), true).then((answer) => {
        scheduler.note(`${owner.name}: told ${answer}`);
        disk.tell(batch, answer);
        hasCommitted ||= answer === 'committed';
        return answer;
      });
      flight = result.catch(() => {});
      return result;
    },
    read(from, maxBytes) {
      const behind = isFirst || hasCommitted;
      checks.check('history is read behind the new term only', behind, () => `from ${from}`);
      return there(`read ${from}`, () => inner.read(from, maxBytes));
    },
    async close() {
      await flight;
      await there('close', () => inner.close());
    },
  };
}
