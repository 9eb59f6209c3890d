import { expect } from 'vitest';
import { createFaultPlan, type FaultPlan, type LateMoment } from '../../src/journal/fault-plan.ts';
import { faultyJournal } from '../../src/journal/faulty.ts';
import type { Batch, Journal, JournalHead } from '../../src/journal/journal.ts';
import { batchAt, bytesOf, headAfter, readAll } from './batches.ts';
import type { JournalHarness } from './harness.ts';

/** What a writer may say of one batch that it sent. */
type Sent = { readonly batch: Batch; readonly result: 'committed' | 'conflict' | 'unknown' };

const APPENDS = 30;
const STARTS_MAX = 400;

/**
 * A writer as the port asks for: one instance after another, a term record first, never guessing after
 * `unknown`. At the end, the journal must hold every batch that was acknowledged, none that was refused,
 * and be contiguous.
 */
export async function runFaultyWriter(
  harness: JournalHarness,
  seed: number,
  lateMoments: readonly LateMoment[],
): Promise<void> {
  const plan = createFaultPlan({
    seed,
    lateMoments,
    append: {
      none: 12,
      slow: 1,
      'lost-acknowledgement': 1,
      'late-commit': 2,
      failed: 1,
      duplicate: 1,
      conflict: 1,
    },
    open: { none: 8, slow: 1, refused: 1 },
  });
  const sent: Sent[] = [];
  for (let starts = 0; sent.length < APPENDS && starts < STARTS_MAX; starts += 1) {
    await runInstance(faultyJournal(harness.fresh(), plan), plan, sent);
  }
  await land(harness, plan);
  await check(harness, sent);
}

async function runInstance(journal: Journal, plan: FaultPlan, sent: Sent[]): Promise<void> {
  try {
    let head: JournalHead = await journal.open();
    let term = head.term + 1;
    while (sent.length < APPENDS) {
      const batch = batchAt(head, 1 + plan.draw(5), term, 16 + plan.draw(40));
      const kept = { ...batch, bytes: Uint8Array.from(batch.bytes) };
      const result = await journal.append(batch, head);
      sent.push({ batch: kept, result });
      if (result !== 'committed' || plan.draw(8) === 0) return;
      head = headAfter(batch);
      term = head.term;
    }
  } catch (failure) {
    expect(failure).toMatchObject({ code: 'JOURNAL_IO' }); // only a refused open is planned to reject
  } finally {
    await journal.close();
  }
}

/** Lets the last transaction in flight meet its moment, whichever it is. */
async function land(harness: JournalHarness, plan: FaultPlan): Promise<void> {
  const { current } = plan.inFlight;
  plan.inFlight.current = null;
  await current?.attempt();
  const journal = harness.fresh();
  await journal.open();
  await journal.close();
}

async function check(harness: JournalHarness, sent: readonly Sent[]): Promise<void> {
  const journal = harness.fresh();
  try {
    const head = await journal.open();
    const found = await readAll(journal, head.size);
    const stored = new Set(found.map((batch) => keyOf(batch)));
    expect(stored.size).toBe(found.length);
    for (const batch of found) {
      expect(batch.bytes).toEqual(bytesOf(batch.from, batch.count, batch.term, batch.bytes.byteLength));
    }
    const all = new Set(sent.map(({ batch }) => keyOf(batch)));
    for (const key of stored) expect(all).toContain(key);
    for (const { batch, result } of sent) if (result === 'committed') expect(stored).toContain(keyOf(batch));
    const certain = new Set(
      sent.filter(({ result }) => result !== 'conflict').map(({ batch }) => keyOf(batch)),
    );
    for (const { batch, result } of sent) {
      if (result === 'conflict' && !certain.has(keyOf(batch))) expect(stored).not.toContain(keyOf(batch));
    }
  } finally {
    await journal.close();
  }
}

const keyOf = (batch: Batch): string =>
  `${batch.from}+${batch.count}@${batch.term}#${batch.bytes.byteLength}`;
