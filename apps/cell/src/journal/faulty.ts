import { JournalFailure } from './failure.ts';
import type { FaultPlan, LateMoment, ReadFault } from './fault-plan.ts';
import { guardAppend } from './guard.ts';
import type { AppendResult, Batch, Journal, JournalHead } from './journal.ts';

/** What `slow` waits for at most. */
const SLOW_TURNS_MAX = 16;

/**
 * Puts a plan of faults between a user and a sound journal. It breaks no promise of the port on appends: every
 * answer it gives is one that a legal implementation could have given. On reads it lies (`stale`, `gap`, `torn`), so
 * that users can show that they notice.
 */
export function faultyJournal(inner: Journal, plan: FaultPlan): Journal {
  let isDead = false;
  let isClosed = false;
  let hasAppended = false;
  let isInnerOpen = false;

  const guardAlive = (): void => {
    if (isDead) throw new JournalFailure('JOURNAL_DEAD', 'an append of this instance ended unknown');
  };
  const die = (): AppendResult => {
    isDead = true;
    return 'unknown';
  };

  return {
    async open(): Promise<JournalHead> {
      guardAlive();
      const fault = plan.nextOpen();
      if (fault === 'refused') throw new JournalFailure('JOURNAL_IO', 'planned: the store refuses to open');
      if (fault === 'slow') await plan.pause(1 + plan.draw(SLOW_TURNS_MAX));
      await landInFlight(plan, 'before-open');
      const head = await inner.open();
      isInnerOpen = true;
      await landInFlight(plan, 'after-open');
      return head;
    },

    async append(batch: Batch, expected: JournalHead): Promise<AppendResult> {
      if (isDead) return 'unknown';
      const deliver = async (): Promise<AppendResult> => {
        const result = await inner.append(copyOf(batch), expected);
        if (result === 'unknown') return die();
        if (result === 'committed') {
          const isFirst = !hasAppended;
          hasAppended = true;
          if (isFirst) await landInFlight(plan, 'after-first-append');
        }
        return result;
      };
      // What would be refused anyway meets the real journal and no fault.
      if (!isInnerOpen || isClosed) return deliver();
      guardAppend(batch, expected, !hasAppended);
      switch (plan.nextAppend()) {
        case 'none':
          return deliver();
        case 'slow':
          await plan.pause(1 + plan.draw(SLOW_TURNS_MAX));
          return deliver();
        case 'lost-acknowledgement':
          await deliver();
          return die();
        case 'late-commit': {
          const kept = copyOf(batch);
          const attempt = async (): Promise<void> => {
            await inner.append(copyOf(kept), expected);
            await inner.close();
          };
          plan.inFlight.current = { moment: plan.nextLateMoment(), attempt };
          return die();
        }
        case 'failed':
          return die();
        case 'duplicate':
          return deliverTwice(deliver, () => inner.append(copyOf(batch), expected));
        case 'conflict':
          return 'conflict';
      }
    },

    async read(from: number, maxBytes: number): Promise<readonly Batch[]> {
      guardAlive();
      const fault = plan.nextRead();
      if (fault === 'refused') throw new JournalFailure('JOURNAL_IO', 'planned: the store refuses to read');
      if (fault === 'slow') await plan.pause(1 + plan.draw(SLOW_TURNS_MAX));
      return damage(await inner.read(from, maxBytes), fault, plan);
    },

    async close(): Promise<void> {
      if (isClosed) return;
      isClosed = true;
      await landInFlight(plan, 'at-close');
      // A transaction still in flight keeps its connection until it lands.
      if (!isDead || plan.inFlight.current === null) await inner.close();
    },
  };
}

/** Tries the transaction in flight if its moment has come; by then it commits or meets a head that has moved on. */
async function landInFlight(plan: FaultPlan, moment: LateMoment): Promise<void> {
  const { current } = plan.inFlight;
  if (current === null || current.moment !== moment) return;
  plan.inFlight.current = null;
  await current.attempt();
}

async function deliverTwice(
  deliver: () => Promise<AppendResult>,
  again: () => Promise<AppendResult>,
): Promise<AppendResult> {
  const result = await deliver();
  if (result !== 'committed') return result;
  const second = await again();
  // INVARIANT: the head has moved on, so the same append can never commit twice.
  if (second === 'committed') throw new JournalFailure('JOURNAL_CORRUPT', 'one append committed twice');
  return result;
}

function damage(batches: readonly Batch[], fault: ReadFault, plan: FaultPlan): readonly Batch[] {
  const at = plan.draw(Math.max(1, batches.length));
  switch (fault) {
    case 'none':
    case 'slow':
    case 'refused':
      return batches;
    case 'short':
      return batches.slice(0, Math.max(1, at));
    case 'stale':
      return batches.slice(0, at);
    case 'gap':
      return batches.filter((_, position) => position !== at);
    case 'torn':
      return batches.map((batch, position) => (position === at ? tornOf(batch, plan) : batch));
  }
}

function tornOf(batch: Batch, plan: FaultPlan): Batch {
  return { ...batch, bytes: batch.bytes.slice(0, plan.draw(batch.bytes.byteLength)) };
}

function copyOf(batch: Batch): Batch {
  return batch.bytes instanceof Uint8Array ? { ...batch, bytes: Uint8Array.from(batch.bytes) } : batch;
}
