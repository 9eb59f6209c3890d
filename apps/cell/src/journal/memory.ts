import { JournalFailure } from './failure.ts';
import { guardAppend, guardRead } from './guard.ts';
import type { AppendResult, Batch, Journal, JournalHead } from './journal.ts';
import { ownBytes } from './own-bytes.ts';

/**
 * What outlives an instance of the memory journal. Several instances may share one, as processes share a
 * disk.
 */
export type MemoryStore = { readonly batches: Batch[] };

export function createMemoryStore(): MemoryStore {
  return { batches: [] };
}

/**
 * A journal that forgets with the process: for tests, the simulator and dry runs. Nothing in it is durable.
 */
export function openMemoryJournal(store: MemoryStore = createMemoryStore()): Journal {
  let state: 'new' | 'open' | 'closed' = 'new';
  let hasAppended = false;

  const guardOpen = (): void => {
    if (state !== 'open') throw new JournalFailure('JOURNAL_STATE', `the journal is ${state}`);
  };

  return {
    async open(): Promise<JournalHead> {
      if (state !== 'new') throw new JournalFailure('JOURNAL_STATE', `the journal is ${state}`);
      state = 'open';
      return headOf(store);
    },
    async append(batch: Batch, expected: JournalHead): Promise<AppendResult> {
      guardOpen();
      guardAppend(batch, expected, !hasAppended);
      const head = headOf(store);
      if (head.size !== expected.size || head.term !== expected.term) return 'conflict';
      const { from, count, term } = batch;
      store.batches.push({ from, count, term, bytes: ownBytes(batch.bytes) });
      hasAppended = true;
      return 'committed';
    },
    async read(from: number, maxBytes: number): Promise<readonly Batch[]> {
      guardOpen();
      return takeBatches(store.batches, from, guardRead(from, maxBytes));
    },
    async close(): Promise<void> {
      state = 'closed';
    },
  };
}

function headOf(store: MemoryStore): JournalHead {
  const last = store.batches.at(-1);
  return last === undefined ? { size: 0, term: 0 } : { size: last.from + last.count, term: last.term };
}

function takeBatches(batches: readonly Batch[], from: number, maxBytes: number): readonly Batch[] {
  const taken: Batch[] = [];
  let room = maxBytes;
  for (let at = positionOf(batches, from); at < batches.length; at += 1) {
    const batch = batches[at] as Batch; // at < batches.length
    if (taken.length > 0 && batch.bytes.byteLength > room) break;
    taken.push({ ...batch, bytes: Uint8Array.from(batch.bytes) });
    room -= batch.bytes.byteLength;
  }
  return taken;
}

/** The position of the batch that holds record `from`, or the end. */
function positionOf(batches: readonly Batch[], from: number): number {
  let low = 0;
  let high = batches.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const batch = batches[middle] as Batch; // low <= middle < high <= length
    if (batch.from + batch.count <= from) low = middle + 1;
    else high = middle;
  }
  return low;
}
