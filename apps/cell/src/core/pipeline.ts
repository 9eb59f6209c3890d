import type { Command } from '@writ/contract';
import { RECORDS_PER_COMMAND_MAX, type State, type Stepped } from '@writ/kernel';
import type { Admission, Admitted } from './admission.ts';
import { addRecord, type Building, type Delivered, isFull, startBuilding, type Waiter } from './building.ts';
import {
  type LogHead,
  layBatch,
  sealBatch,
  signBatch,
  type WrittenBatch,
  writeBatch,
} from './commit-batch.ts';
import { SKEW_MAX_MS } from './clock.ts';
import type { DurableBatch } from './durable.ts';
import { CoreFailure } from './failure.ts';
import type { WriterFailure, WriterPorts } from './writer.ts';

export type Submission = { readonly bytes: number };

type Item = { resolve(delivered: Delivered): void; reject(reason: unknown): void };

/** The writer's inside: admission → kernel → building → sealing → journal → signature → answers. */
export type Pipeline = {
  readonly ports: WriterPorts;
  readonly state: State;
  readonly admission: Admission<Item>;
  head: LogHead;
  durable: number;
  building: Building;
  /** Batches on their way, the oldest first: one in the journal, one whose parts are sealed meanwhile. */
  readonly flying: Building[];
  committed: Promise<void>;
  phase: 'open' | 'closing' | 'failed';
  deferred: boolean;
  /** Records since the other threads were heard. */
  decided: number;
  readonly closers: (() => void)[];
};

const FLYING_MAX = 2;

/** After so many tries to sign, those who wait are told to ask again; the batch itself stays on its way. */
export const SIGN_TRIES_MAX = 10;

/**
 * While more commands wait, half of all that is inside is a batch of its own: it is sealed and written while
 * the other half is decided, and its clients come back when that is done. Fewer than these are not worth one.
 */
const BATCH_WORTH_RECORDS = 16;

/**
 * After so many records the other threads are heard: a batch whose parts are durable goes to the journal
 * meanwhile, and not only when everything that waits is decided.
 */
const RECORDS_AT_ONCE = 8;

/**
 * Decides what waits, as far as this turn and the building batch have room, and sees to it that it leaves.
 */
export function pump(line: Pipeline): void {
  while (line.decided < RECORDS_AT_ONCE && canDecide(line)) {
    const entry = line.admission.take();
    if (entry === undefined) break;
    const before = line.building.records.length;
    decideOne(line, entry);
    line.decided += line.building.records.length - before;
  }
  if (line.deferred || line.phase === 'failed') return;
  line.deferred = true;
  // After this turn's commands were offered: they share a batch.
  line.ports.defer(() => {
    line.deferred = false;
    line.decided = 0;
    if (line.building.records.length >= halfInside(line)) flush(line);
    if (canDecide(line)) pump(line);
    if (!canDecide(line)) flush(line);
    endIfClosing(line);
  });
}

function canDecide({ admission, building, phase }: Pipeline): boolean {
  return phase !== 'failed' && admission.size() > 0 && !isFull(building, RECORDS_PER_COMMAND_MAX + 1);
}

function halfInside({ admission, building, flying }: Pipeline): number {
  const inside = flying.reduce((sum, { waiters }) => sum + waiters.length, building.waiters.length);
  return Math.max(BATCH_WORTH_RECORDS, Math.ceil((inside + admission.size()) / 2));
}

function endIfClosing(line: Pipeline): void {
  if (line.phase !== 'closing' || line.flying.length > 0 || line.admission.size() > 0) return;
  if (line.building.records.length === 0) for (const closer of line.closers.splice(0)) closer();
}

function decideOne(line: Pipeline, entry: Admitted<Item>): void {
  const { ports, state } = line;
  const moment = momentOf(ports, state, entry.command);
  if (moment === null) {
    entry.item.reject(new CoreFailure('CLOCK_SUSPECT', 'the clock jumped; waiting until it can be trusted'));
    return;
  }
  try {
    if (moment.takeBack !== null) line.building.takeBacks.push(moment.takeBack);
    if (moment.jump !== null) take(line, ports.step(state, moment.jump, moment.now_ms, ports.salts()), null);
    take(line, ports.step(state, entry.command, moment.now_ms, ports.salts()), entry.item);
  } catch (cause) {
    entry.item.reject(new CoreFailure('UNAVAILABLE', 'the cell restarts', null, cause));
    fail(line, { kind: 'crash', command: entry.command, cause });
  }
}

function take(line: Pipeline, { records, answer }: Stepped, item: Item | null): void {
  for (const record of records) addRecord(line.building, record);
  if (item === null) return;
  const waiter: Waiter = { answer, size: line.state.size, ...item };
  // Computed on durable records alone: nothing to wait for.
  if (records.length === 0 && waiter.size <= line.durable) waiter.resolve({ answer, batch: null });
  else line.building.waiters.push(waiter);
}

function flush(line: Pipeline): void {
  if (line.flying.length >= FLYING_MAX || line.phase === 'failed' || line.building.records.length === 0)
    return;
  const batch = line.building;
  line.building = startBuilding(line.state.size);
  line.flying.push(batch);
  const sealed = sealBatch(line.ports, batch.from, batch.records);
  // Rejections are met in `commit`; until then nobody listens.
  sealed.catch(() => {});
  const term = line.state.term;
  line.committed = line.committed.then(() => commit(line, batch, sealed, term));
}

/** One batch at a time, in order. INVARIANT: a head is moved on only by what is durable and signed. */
async function commit(line: Pipeline, batch: Building, sealed: Promise<void>, term: number): Promise<void> {
  if (line.phase === 'failed') return;
  try {
    await sealed;
    const written = layBatch(line.head, batch.from, batch.records);
    const result = await writeBatch(line.ports, line.head, written, term);
    if (result !== 'committed') return fail(line, { kind: result, cause: null });
    const signed = await signUntilDone(line, written);
    // It may have failed meanwhile: then another writer answers for this batch and tells followers of it.
    if (signed !== null && !hasFailed(line)) land(line, batch, signed, term);
  } catch (cause) {
    fail(line, { kind: 'unknown', cause });
  }
}

/** Asked again after a wait, when what was known of the phase is no longer true. */
function hasFailed({ phase }: Pipeline): boolean {
  return phase === 'failed';
}

function land(line: Pipeline, batch: Building, signed: DurableBatch, term: number): void {
  line.head = { frontier: signed.tree.after, note: signed.note, term };
  line.durable = signed.tree.after.size;
  line.flying.shift();
  deliver(batch.waiters, signed);
  line.ports.onDurable(signed);
  // Answers without records of their own that stand on nothing newer.
  const { waiters } = line.building;
  deliver(waiters.splice(0, waiters.findLastIndex((waiter) => waiter.size <= line.durable) + 1), signed);
  if (!canDecide(line)) flush(line);
  pump(line);
}

function deliver(waiters: readonly Waiter[], batch: DurableBatch): void {
  for (const { answer, resolve } of waiters) resolve({ answer, batch });
}

/** Ends the writer: nobody gets an answer that is not certain. */
function fail(line: Pipeline, failure: WriterFailure): void {
  if (line.phase === 'failed') return;
  line.phase = 'failed';
  const message = 'the outcome of a write is unknown; ask again';
  const unavailable = new CoreFailure('UNAVAILABLE', message, null, failure.cause);
  refuseWaiting(line, unavailable);
  for (const closer of line.closers.splice(0)) closer();
  // The newest first: each goes back to where the one before it was.
  const takeBacks = [...line.flying, line.building].flatMap((batch) => batch.takeBacks);
  for (const takeBack of takeBacks.reverse()) takeBack();
  line.ports.onFailed(failure);
}

/**
 * A signer that is down loses nothing: the batch is durable and will be signed. Answers wait for a while,
 * then they are a 503 (HEART §5), and who closes the cell is not kept: the next start signs.
 */
async function signUntilDone(line: Pipeline, written: WrittenBatch): Promise<DurableBatch | null> {
  for (let tries = 1; !hasFailed(line); tries += 1) {
    try {
      return await signBatch(line.ports, written);
    } catch (cause) {
      if (tries % SIGN_TRIES_MAX === 0) {
        refuseWaiting(
          line,
          new CoreFailure('UNAVAILABLE', 'the signer does not answer; ask again', null, cause),
        );
        if (line.phase === 'closing') fail(line, { kind: 'unknown', cause });
      }
      await line.ports.retrySigning();
    }
  }
  return null;
}

/** Everyone who waits asks again; what was decided for them stays decided. */
function refuseWaiting({ flying, building, admission }: Pipeline, reason: CoreFailure): void {
  for (const batch of [...flying, building]) {
    for (const waiter of batch.waiters.splice(0)) waiter.reject(reason);
  }
  for (const entry of admission.drain()) entry.item.reject(reason);
}

type Moment = {
  readonly now_ms: number;
  /** Recorded before the command. */
  readonly jump: Command | null;
  /** Where the clock was anchored anew, by the jump or by the command itself. */
  readonly takeBack: (() => void) | null;
};

/** When the command happens, or null while the clock cannot be trusted. */
function momentOf(ports: WriterPorts, state: State, command: Command): Moment | null {
  if (command.kind === 'clock') return acceptedMoment(ports, state, command.to);
  const { clock, clockCommand } = ports;
  const reading = clock.read();
  switch (reading.kind) {
    case 'sound':
      // Behind the log, as after a recorded jump that the clock took back: time would stand still.
      if (state.now_ms - reading.now_ms > SKEW_MAX_MS) return suspectMoment(state, command);
      return { now_ms: Math.max(reading.now_ms, state.now_ms), jump: null, takeBack: null };
    case 'suspect':
      return suspectMoment(state, command);
    case 'jumped': {
      const takeBack = clock.anchor(state.now_ms);
      const jump = clockCommand(reading.from_ms, reading.to_ms);
      return { now_ms: Math.max(reading.to_ms, state.now_ms), jump, takeBack };
    }
    default:
      return reading satisfies never;
  }
}

/** A person accepted the wall as it was shown to them, not what it became while the command waited. */
function acceptedMoment({ clock }: WriterPorts, state: State, to_ms: number): Moment | null {
  const ahead = clock.ahead();
  if (ahead === null || Math.abs(ahead.to_ms - to_ms) > SKEW_MAX_MS) return null;
  const takeBack = clock.anchor(state.now_ms);
  return { now_ms: Math.max(to_ms, state.now_ms), jump: null, takeBack };
}

function suspectMoment(state: State, command: Command): Moment | null {
  return needsClock(command) ? null : { now_ms: state.now_ms, jump: null, takeBack: null };
}

/** Freezing never waits for the clock, thawing does; nor does the cell itself, or it could not even start. */
function needsClock({ kind }: Command): boolean {
  return kind !== 'freeze' && kind !== 'term' && kind !== 'engine' && kind !== 'quarantine';
}
