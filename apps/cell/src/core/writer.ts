import type { Command, Salts } from '@writ/contract';
import { RECORDS_PER_COMMAND_MAX, type State, type Stepped } from '@writ/kernel';
import { type Admission, type Admitted, classOf, openAdmission } from './admission.ts';
import { addRecord, type Building, type Delivered, isFull, startBuilding, type Waiter } from './building.ts';
import type { Clock } from './clock.ts';
import {
  type CommitPorts,
  type LogHead,
  layBatch,
  signBatch,
  type WrittenBatch,
  writeBatch,
} from './commit-batch.ts';
import type { DurableBatch } from './durable.ts';
import { CoreFailure } from './failure.ts';

/** Why a writer stopped for good. Its state may be ahead of the journal and must be thrown away. */
export type WriterFailure =
  | { readonly kind: 'unknown' | 'conflict'; readonly cause: unknown }
  /** This command made deciding or applying fail: it is quarantined across the rebuild. */
  | { readonly kind: 'crash'; readonly command: Command; readonly cause: unknown };

export type WriterPorts = CommitPorts & {
  readonly clock: Clock;
  /** One function of the engine: decides and applies, on the state that it is given. */
  step(state: State, command: Command, now_ms: number, salts: readonly Salts[]): Stepped;
  salts(): readonly Salts[];
  /** The command that records an accepted jump of the clock. */
  clockCommand(from_ms: number, to_ms: number): Command;
  isDiskLow(): boolean;
  /** Runs soon, after the commands of this turn were offered. */
  defer(work: () => void): void;
  /** Resolves when it is time to ask the signer again. */
  retrySigning(): Promise<void>;
  onDurable(batch: DurableBatch): void;
  onFailed(failure: WriterFailure): void;
};

export type Submission = { readonly bytes: number; readonly lane: string };

export type Writer = {
  submit(command: Command, submission: Submission): Promise<Delivered>;
  /** How much of the log is durable; and how much is decided. */
  durableSize(): number;
  state(): State;
  head(): LogHead;
  /** Takes no more commands, finishes what it has, and resolves when all is durable. */
  close(): Promise<void>;
};

type Item = { resolve(delivered: Delivered): void; reject(reason: unknown): void };

/**
 * With an idle journal, this many records are worth a batch of their own: their clients come back with new
 * commands while the next ones are decided.
 */
const FLUSH_EARLY_RECORDS = 64;

/**
 * The single writer of a cell: commands one after another through the kernel, records into batches, one batch
 * in flight. INVARIANT: no answer leaves before all that it was computed on is durable and signed.
 */
export function openWriter(ports: WriterPorts, state: State, start: LogHead): Writer {
  const admission: Admission<Item> = openAdmission();
  let head = start;
  let durable = state.size;
  let building: Building = startBuilding(state.size);
  let flying: Building | null = null;
  let phase: 'open' | 'closing' | 'failed' = 'open';
  let deferred = false;
  const closers: (() => void)[] = [];

  const fail = (failure: WriterFailure): void => {
    if (phase === 'failed') return;
    phase = 'failed';
    const unavailable = new CoreFailure(
      'UNAVAILABLE',
      'the outcome of a write is unknown; ask again',
      null,
      failure.cause,
    );
    for (const waiter of [...(flying?.waiters ?? []), ...building.waiters]) waiter.reject(unavailable);
    for (const entry of admission.drain()) entry.item.reject(unavailable);
    for (const closer of closers) closer();
    ports.onFailed(failure);
  };

  const decideOne = (entry: Admitted<Item>): void => {
    const now = timeFor(ports, state, entry.command);
    if (now === null) {
      entry.item.reject(
        new CoreFailure('CLOCK_SUSPECT', 'the clock jumped; waiting until it can be trusted'),
      );
      return;
    }
    try {
      if (now.jump !== null) record(step(ports, state, now.jump, now.now_ms), null);
      record(step(ports, state, entry.command, now.now_ms), entry.item);
    } catch (cause) {
      entry.item.reject(new CoreFailure('UNAVAILABLE', 'the cell restarts', null, cause));
      fail({ kind: 'crash', command: entry.command, cause });
    }
  };

  const record = ({ records, answer }: Stepped, item: Item | null): void => {
    for (const made of records) addRecord(building, made);
    if (item === null) return;
    const waiter: Waiter = { answer, size: state.size, ...item };
    // Computed on durable records alone: nothing to wait for.
    if (records.length === 0 && state.size <= durable) waiter.resolve({ answer, batch: null });
    else building.waiters.push(waiter);
  };

  const pump = (): void => {
    while (phase !== 'failed' && !isFull(building, RECORDS_PER_COMMAND_MAX + 1)) {
      const entry = admission.take();
      if (entry === undefined) break;
      decideOne(entry);
      if (flying === null && building.records.length >= FLUSH_EARLY_RECORDS) flush();
    }
    schedule();
  };

  const schedule = (): void => {
    if (deferred || flying !== null || phase === 'failed') return;
    deferred = true;
    ports.defer(() => {
      deferred = false;
      flush();
      if (flying === null && phase === 'closing' && admission.size() === 0)
        for (const closer of closers) closer();
    });
  };

  const flush = (): void => {
    if (flying !== null || phase === 'failed' || building.records.length === 0) return;
    flying = building;
    building = startBuilding(state.size);
    void fly(flying, state.term);
  };

  const fly = async (batch: Building, term: number): Promise<void> => {
    try {
      const written = layBatch(head, batch.from, batch.records);
      const result = await writeBatch(ports, head, written, batch.records, term);
      if (result !== 'committed') return fail({ kind: result, cause: null });
      const signed = await signUntilDone(ports, written, () => phase === 'failed');
      if (signed === null) return;
      head = { frontier: signed.tree.after, note: signed.note, term };
      durable = signed.tree.after.size;
      flying = null;
      deliver(batch.waiters, signed);
      ports.onDurable(signed);
      if (building.records.length === 0) deliver(building.waiters.splice(0), signed);
      pump();
      flush();
    } catch (cause) {
      fail({ kind: 'unknown', cause });
    }
  };

  return {
    submit(command, submission) {
      return new Promise((resolve, reject) => {
        if (phase !== 'open') return reject(new CoreFailure('CLOSED', 'the cell is not taking commands'));
        if (ports.isDiskLow() && !passesLowDisk(command)) {
          return reject(new CoreFailure('UNAVAILABLE', 'disk space is low: only freeze, outcome and commit'));
        }
        const offered = admission.offer({ command, ...submission, item: { resolve, reject } });
        if (!offered) return reject(new CoreFailure('OVERLOADED', 'too many commands wait; try again'));
        pump();
      });
    },
    durableSize: () => durable,
    state: () => state,
    head: () => head,
    close() {
      return new Promise((resolve) => {
        if (phase === 'failed') return resolve();
        phase = 'closing';
        closers.push(resolve);
        pump();
      });
    },
  };
}

function step(ports: WriterPorts, state: State, command: Command, now_ms: number): Stepped {
  return ports.step(state, command, now_ms, ports.salts());
}

function deliver(waiters: readonly Waiter[], batch: DurableBatch): void {
  for (const { answer, resolve } of waiters) resolve({ answer, batch });
}

type Moment = { readonly now_ms: number; readonly jump: Command | null };

/** When the command happens, or null while the clock cannot be trusted. Freezing never waits for the clock. */
function timeFor({ clock, clockCommand }: WriterPorts, state: State, command: Command): Moment | null {
  const reading = clock.read();
  switch (reading.kind) {
    case 'sound':
      return { now_ms: Math.max(reading.now_ms, state.now_ms), jump: null };
    case 'suspect':
      return classOf(command) === 'freeze' ? { now_ms: state.now_ms, jump: null } : null;
    case 'jumped':
      clock.anchor(state.now_ms);
      return { now_ms: reading.to_ms, jump: clockCommand(reading.from_ms, reading.to_ms) };
    default:
      return reading satisfies never;
  }
}

function passesLowDisk(command: Command): boolean {
  const name = classOf(command);
  return name === 'freeze' || name === 'outcome' || name === 'commit' || name === 'cell';
}

/** A signer that is down delays answers and loses nothing: the batch is durable and will be signed. */
async function signUntilDone(
  ports: WriterPorts,
  written: WrittenBatch,
  stopped: () => boolean,
): Promise<DurableBatch | null> {
  while (!stopped()) {
    try {
      return await signBatch(ports, written);
    } catch {
      await ports.retrySigning();
    }
  }
  return null;
}
