import { setImmediate } from 'node:timers/promises';
import type { Command } from '@writ/contract';
import { emptyState } from '@writ/kernel';
import { emptyFrontier } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { openMint } from '../../src/cell/mint.ts';
import { openClock } from '../../src/core/clock.ts';
import { openWriter, type Writer, type WriterPorts } from '../../src/core/writer.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { createMemoryStore, openMemoryJournal } from '../../src/journal/memory.ts';
import { openMemoryPartStore } from '../../src/parts/memory-part-store.ts';
import { openMemoryKeystore } from '../../src/sealing/memory-keystore.ts';
import { openSeedSigner } from '../../src/signer/seed-signer.ts';

const ORIGIN = 'cell.test/pipeline/0000000000000001';
const TICK: Command = { kind: 'tick', id: 'tck_00000000000000000000000000', folded: [] };

const DISK_TURNS = 32;

/** A writer whose commands make one record each, and the sizes of the batches that it wrote. */
async function openLine(): Promise<{
  readonly writer: Writer;
  readonly batches: number[];
  decided(): number;
}> {
  const batches: number[] = [];
  const memory = openMemoryJournal(createMemoryStore());
  await memory.open();
  const journal: Journal = {
    ...memory,
    async append(batch, expected) {
      batches.push(batch.count);
      // A disk takes longer than deciding what waits.
      for (let turn = 0; turn < DISK_TURNS; turn += 1) await setImmediate();
      return memory.append(batch, expected);
    },
  };
  const mint = openMint();
  const state = emptyState();
  const ports: WriterPorts = {
    journal,
    parts: openMemoryPartStore(openMemoryKeystore()),
    signer: openSeedSigner({ purpose: 'checkpoint', name: ORIGIN, seed: new Uint8Array(32) }),
    origin: ORIGIN,
    clock: openClock({ wall_ms: () => 0, monotonic_ms: () => 0 }, 0),
    step: (live) => {
      const index = live.size;
      live.size += 1;
      const record = { ns: '', head: `{"index":${index}}`, state: '', sealed: null, sealed_commitment: null };
      return { records: [record], answer: { kind: 'done', index, id: '' } };
    },
    salts: mint.salts,
    clockCommand: (from, to) => ({ kind: 'clock', id: mint.id('clk'), from, to }),
    isDiskLow: () => false,
    defer: (work) => void setImmediate().then(work),
    retrySigning: () => Promise.resolve(),
    onDurable: () => {},
    onFailed: () => {},
  };
  const writer = openWriter(ports, state, { frontier: emptyFrontier(), note: '', term: 0 });
  return { writer, batches, decided: () => state.size };
}

const burst = (writer: Writer, count: number): Promise<unknown> =>
  Promise.all(Array.from({ length: count }, () => writer.submit(TICK, { bytes: 0 })));

describe('pump()', () => {
  it('pump() lets the commands of one turn share a batch when they are few', async () => {
    const { writer, batches } = await openLine();
    await burst(writer, 6);
    expect(batches).toEqual([6]);
  });

  it('pump() sends half of a burst on its way while the other half is decided', async () => {
    const { writer, batches } = await openLine();
    await burst(writer, 64);
    expect(batches).toEqual([32, 32]);
  });

  it('pump() hears the other threads before all of a burst is decided', async () => {
    const { writer, decided } = await openLine();
    const answered = burst(writer, 64);
    expect(decided()).toBeLessThan(64);
    await setImmediate();
    expect(decided()).toBeLessThan(64);
    await answered;
    expect(decided()).toBe(64);
  });

  it('pump() decides and writes all that waits, however much of it there is', async () => {
    const { writer, batches } = await openLine();
    await burst(writer, 1_000);
    expect(batches.reduce((sum, count) => sum + count, 0)).toBe(1_000);
  });
});
