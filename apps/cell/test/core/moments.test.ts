import type { Command } from '@writ/contract';
import { emptyState } from '@writ/kernel';
import { emptyFrontier } from '@writ/proof';
import { describe, expect, it } from 'vitest';
import { openMint } from '../../src/cell/mint.ts';
import { openClock } from '../../src/core/clock.ts';
import { FREEZES_PER_MINUTE_MAX } from '../../src/core/freeze-limiter.ts';
import { openWriter, type Writer, type WriterPorts } from '../../src/core/writer.ts';
import { createMemoryStore, openMemoryJournal } from '../../src/journal/memory.ts';
import { openMemoryPartStore } from '../../src/parts/memory-part-store.ts';
import { openMemoryKeystore } from '../../src/sealing/memory-keystore.ts';
import { openSeedSigner } from '../../src/signer/seed-signer.ts';

const ORIGIN = 'host/cell/0011223344556677';
const START = 1_790_000_000_000;
const DAY_MS = 86_400_000;
const mint = openMint();

const TICK: Command = { kind: 'tick', id: mint.id('tck'), folded: [] };
const FREEZE: Command = {
  kind: 'freeze',
  id: mint.id('frz'),
  by: mint.id('prn'),
  scope: { scope: 'all' },
};

/** A writer on a state of some time, whose kernel records nothing and tells the moments it was given. */
function openAt(recorded_ms: number): {
  readonly writer: Writer;
  readonly moments: number[];
  jump(ms: number): void;
  pass(ms: number): void;
} {
  let wall = START;
  let monotonic = 0;
  const moments: number[] = [];
  const ports: WriterPorts = {
    journal: openMemoryJournal(createMemoryStore()),
    parts: openMemoryPartStore(openMemoryKeystore()),
    signer: openSeedSigner({ purpose: 'checkpoint', name: ORIGIN, seed: new Uint8Array(32) }),
    origin: ORIGIN,
    clock: openClock({ wall_ms: () => wall, monotonic_ms: () => monotonic }, 0),
    step: (_state, _command, now_ms) => {
      moments.push(now_ms);
      return {
        records: [],
        answer: { kind: 'refused', index: null, code: 'NOT_FOUND', drift: [], reasons: [] },
      };
    },
    salts: mint.salts,
    clockCommand: (from, to) => ({ kind: 'clock', id: mint.id('clk'), from, to }),
    isDiskLow: () => false,
    defer: () => {},
    retrySigning: () => Promise.resolve(),
    onDurable: () => {},
    onFailed: () => {},
  };
  const state = emptyState();
  state.now_ms = recorded_ms;
  const writer = openWriter(ports, state, { frontier: emptyFrontier(), note: '', term: 0 });
  return { writer, moments, jump: (ms) => void (wall += ms), pass: (ms) => void (monotonic += ms) };
}

const submit = (writer: Writer, command: Command): Promise<unknown> => writer.submit(command, { bytes: 0 });

describe('submit()', () => {
  it('submit() waits for a clock that is behind the log, and freezes at the time of that', async () => {
    const { writer, moments } = openAt(START + DAY_MS);
    await expect(submit(writer, TICK)).rejects.toMatchObject({ code: 'CLOCK_SUSPECT' });
    await submit(writer, FREEZE);
    expect(moments).toEqual([START + DAY_MS]);
  });

  it('submit() limits freezes by time that passed, whatever the wall shows', async () => {
    const { writer, moments, jump, pass } = openAt(START);
    for (let at = 0; at < FREEZES_PER_MINUTE_MAX; at += 1) await submit(writer, FREEZE);
    const limited = { code: 'RATE_LIMIT_EXCEEDED' };
    await expect(submit(writer, FREEZE)).rejects.toMatchObject(limited);
    jump(DAY_MS);
    await expect(submit(writer, FREEZE)).rejects.toMatchObject(limited);
    jump(-9 * DAY_MS);
    pass(1_000);
    await submit(writer, FREEZE);
    await expect(submit(writer, FREEZE)).rejects.toMatchObject(limited);
    expect(moments.length).toBe(FREEZES_PER_MINUTE_MAX + 1);
  });

  it('submit() lets the log be as far ahead of the clock as both may differ', async () => {
    const { writer, moments } = openAt(START + 2_000);
    await submit(writer, TICK);
    expect(moments).toEqual([START + 2_000]);
  });

  it.each([
    ['a wall that is not ahead', 0, START],
    ['a wall that went on since', 9 * DAY_MS, START + 8 * DAY_MS],
    ['a wall that went back since', 8 * DAY_MS, START + 9 * DAY_MS],
  ])('submit() accepts no jump to %s', async (_reason, by, to) => {
    const { writer, moments, jump } = openAt(START);
    jump(by);
    const command: Command = { kind: 'clock', id: mint.id('clk'), from: START, to };
    await expect(submit(writer, command)).rejects.toMatchObject({ code: 'CLOCK_SUSPECT' });
    expect(moments).toEqual([]);
  });

  it('submit() accepts the jump that was shown, and goes on from there', async () => {
    const { writer, moments, jump } = openAt(START);
    jump(100 * DAY_MS);
    await expect(submit(writer, TICK)).rejects.toMatchObject({ code: 'CLOCK_SUSPECT' });
    const to = START + 100 * DAY_MS;
    await submit(writer, { kind: 'clock', id: mint.id('clk'), from: START, to });
    await submit(writer, TICK);
    expect(moments).toEqual([to, to]);
  });
});
