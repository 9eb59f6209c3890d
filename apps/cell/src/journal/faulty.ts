import { JournalFailure } from './failure.ts';
import type { FaultPlan, LateMoment, ReadFault } from './fault-plan.ts';
import { guardAppend } from './guard.ts';
import type { AppendResult, Batch, Journal, JournalHead } from './journal.ts';

/** What `slow` waits for at most. */
const SLOW_TURNS_MAX = 16;

type Faulty = {
  readonly inner: Journal;
  readonly plan: FaultPlan;
  state: 'new' | 'open' | 'dead' | 'closed';
  hasAppended: boolean;
};

/**
 * Puts a plan of faults between a user and a sound journal. It breaks no promise of the port on appends:
 * every answer it gives is one that a legal implementation could have given. On reads it lies (`stale`,
 * `gap`, `torn`), so that users can show that they notice.
 */
export function faultyJournal(inner: Journal, plan: FaultPlan): Journal {
  const faulty: Faulty = { inner, plan, state: 'new', hasAppended: false };
  return {
    open: () => openFaulty(faulty),
    append: (batch, expected) => appendFaulty(faulty, batch, expected),
    read: (from, maxBytes) => readFaulty(faulty, from, maxBytes),
    close: () => closeFaulty(faulty),
  };
}

async function openFaulty(faulty: Faulty): Promise<JournalHead> {
  const { inner, plan } = faulty;
  guardAlive(faulty);
  if (faulty.state !== 'new') return inner.open();
  const fault = plan.nextOpen();
  if (fault === 'refused') throw new JournalFailure('JOURNAL_IO', 'planned: the store refuses to open');
  if (fault === 'slow') await plan.pause(1 + plan.draw(SLOW_TURNS_MAX));
  await landInFlight(plan, 'before-open');
  const head = await inner.open();
  faulty.state = 'open';
  await landInFlight(plan, 'after-open');
  return head;
}

async function appendFaulty(faulty: Faulty, batch: Batch, expected: JournalHead): Promise<AppendResult> {
  const { inner, plan } = faulty;
  if (faulty.state === 'dead') return 'unknown';
  // What would be refused anyway meets the real journal and no fault.
  if (faulty.state !== 'open') return inner.append(batch, expected);
  guardAppend(batch, expected, !faulty.hasAppended);
  switch (plan.nextAppend()) {
    case 'none':
      return deliver(faulty, batch, expected);
    case 'slow':
      await plan.pause(1 + plan.draw(SLOW_TURNS_MAX));
      return deliver(faulty, batch, expected);
    case 'lost-acknowledgement':
      await deliver(faulty, batch, expected);
      return die(faulty);
    case 'late-commit':
      plan.inFlight.current = {
        moment: plan.nextLateMoment(),
        attempt: async () => {
          await inner.append(batch, expected);
          await inner.close();
        },
      };
      return die(faulty);
    case 'failed':
      return die(faulty);
    case 'duplicate':
      return deliverTwice(faulty, batch, expected);
    case 'conflict':
      return 'conflict';
  }
}

async function deliver(faulty: Faulty, batch: Batch, expected: JournalHead): Promise<AppendResult> {
  const result = await faulty.inner.append(batch, expected);
  if (result === 'unknown') return die(faulty);
  if (result === 'committed' && !faulty.hasAppended) {
    faulty.hasAppended = true;
    await landInFlight(faulty.plan, 'after-first-append');
  }
  return result;
}

async function deliverTwice(faulty: Faulty, batch: Batch, expected: JournalHead): Promise<AppendResult> {
  const copy = { ...batch, bytes: Uint8Array.from(batch.bytes) };
  const result = await deliver(faulty, batch, expected);
  if (result !== 'committed') return result;
  const second = await faulty.inner.append(copy, expected);
  // INVARIANT: the head has moved on, so the same append can never commit twice.
  if (second === 'committed') throw new JournalFailure('JOURNAL_CORRUPT', 'one append committed twice');
  return second === 'unknown' ? die(faulty) : result;
}

async function readFaulty(faulty: Faulty, from: number, maxBytes: number): Promise<readonly Batch[]> {
  const { inner, plan } = faulty;
  guardAlive(faulty);
  if (faulty.state !== 'open') return inner.read(from, maxBytes);
  const fault = plan.nextRead();
  if (fault === 'refused') throw new JournalFailure('JOURNAL_IO', 'planned: the store refuses to read');
  if (fault === 'slow') await plan.pause(1 + plan.draw(SLOW_TURNS_MAX));
  return damage(await inner.read(from, maxBytes), fault, plan);
}

async function closeFaulty(faulty: Faulty): Promise<void> {
  if (faulty.state === 'closed') return;
  const wasDead = faulty.state === 'dead';
  faulty.state = 'closed';
  await landInFlight(faulty.plan, 'at-close');
  // A transaction that is still in flight keeps its connection until it lands.
  if (!wasDead || faulty.plan.inFlight.current === null) await faulty.inner.close();
}

function die(faulty: Faulty): AppendResult {
  faulty.state = 'dead';
  return 'unknown';
}

function guardAlive(faulty: Faulty): void {
  if (faulty.state === 'dead') throw new JournalFailure('JOURNAL_DEAD', 'an append ended unknown');
}

/** Tries the transaction in flight when its moment has come: it commits, or meets a head that moved on. */
async function landInFlight(plan: FaultPlan, moment: LateMoment): Promise<void> {
  const { current } = plan.inFlight;
  if (current === null || current.moment !== moment) return;
  plan.inFlight.current = null;
  await current.attempt();
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
