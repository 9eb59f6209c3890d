import type { Command } from '@writ/contract';
import type { State } from '@writ/kernel';
import { type Frontier, rootOf, sha256Base64url } from '@writ/proof';
import type { Journal, JournalHead } from '../journal/journal.ts';
import { encodeBatch } from './batch.ts';
import type { Delivered } from './building.ts';
import type { CellPorts } from './cell-ports.ts';
import { signCheckpoint } from './checkpoint.ts';
import { JUMP_MAX_MS, START_AHEAD_MAX_MS } from './clock.ts';
import type { LogHead } from './commit-batch.ts';
import { CoreFailure } from './failure.ts';
import { recover } from './recover.ts';
import { openWriter, type Submission, type Writer, type WriterFailure, type WriterPorts } from './writer.ts';

export type RunningCell = {
  submit(command: Command, submission: Submission): Promise<Delivered>;
  /** The state of the current writer: ahead of what is durable by what is in flight. */
  state(): State;
  durableSize(): number;
  head(): LogHead;
  phase(): 'open' | 'reopening' | 'down' | 'closed';
  /**
   * Believes the wall, however far it is ahead, and records that: for a person who looked at it. Refused as
   * CLOCK_SUSPECT when the wall is not ahead.
   */
  acceptClock(): Promise<Delivered>;
  /** Stops for good: what was found must not be built on. */
  halt(cause: unknown): void;
  close(): Promise<void>;
};

/** Two different commands that crash the cell within this time: it stays down and says so. */
const CRASHES_APART_MS = 60_000;

type Run = {
  readonly ports: CellPorts;
  journal: Journal;
  writer: Writer | null;
  phase: 'open' | 'reopening' | 'down' | 'closed';
  crash: { readonly command: string; readonly at_ms: number } | null;
  reopening: Promise<void>;
};

/**
 * Starts a cell on its store and keeps it running: a write whose outcome is unknown ends the writer, a term
 * record is committed through a fresh journal, and state is folded anew. Nothing is ever guessed.
 */
export async function runCell(ports: CellPorts): Promise<RunningCell> {
  const journal = ports.freshJournal();
  try {
    const head = await journal.open();
    if (head.size === 0) throw new CoreFailure('STORE_EMPTY', 'the store has no log: writ init');
    const run: Run = {
      ports,
      journal,
      writer: null,
      phase: 'open',
      crash: null,
      reopening: Promise.resolve(),
    };
    await startWriter(run, head);
    return serve(run);
  } catch (error) {
    // What did not start must not go on: it would be a second writer beside the next start.
    await journal.close().catch(() => {});
    throw error;
  }
}

function serve(run: Run): RunningCell {
  const writer = (): Writer => {
    if (run.writer !== null) return run.writer;
    throw new CoreFailure('UNAVAILABLE', 'the cell restarts; try again');
  };
  return {
    async submit(command, submission) {
      checkOpen(run);
      return writer().submit(command, submission);
    },
    async acceptClock() {
      checkOpen(run);
      return acceptClock(run.ports, writer());
    },
    state: () => writer().state(),
    durableSize: () => writer().durableSize(),
    head: () => writer().head(),
    phase: () => run.phase,
    halt(cause) {
      if (run.phase !== 'closed') goDown(run, 'corrupt', cause);
    },
    async close() {
      const before = run.phase;
      run.phase = 'closed';
      await run.reopening;
      if (before !== 'down') await run.writer?.close();
      await run.journal.close();
    },
  };
}

function checkOpen({ phase }: Run): void {
  if (phase !== 'open') throw new CoreFailure('UNAVAILABLE', `the cell is ${phase}; try again`);
}

/** Folds history, and raises the term before anything else is taken. */
async function startWriter(run: Run, head: JournalHead): Promise<void> {
  const { ports } = run;
  const { writer, adopt } = await foldAndOpen(run, head);
  const isHeld = anchorAtStart(ports, writer.state().now_ms);
  await ownCommand(writer, {
    kind: 'term',
    id: ports.id('trm'),
    term: Math.max(head.term, writer.state().term) + 1,
    reason: 'start',
  });
  if (isHeld) await acceptClock(ports, writer);
  await activateEngine(ports, writer);
  adopt();
  ports.report({ kind: 'started', size: writer.durableSize(), term: writer.head().term });
}

/**
 * Believes the wall at a start, unless it is so far after the last record that a person must say so. True:
 * one did, and the clock is held at what was recorded until a record says it too.
 */
function anchorAtStart({ clock, accept_clock }: CellPorts, recorded_ms: number): boolean {
  clock.hold(recorded_ms);
  const jump = clock.ahead();
  const by = jump === null ? 0 : jump.to_ms - jump.from_ms;
  if (by > START_AHEAD_MAX_MS && !accept_clock) {
    const days = Math.floor(by / 86_400_000);
    const message = `the clock shows ${days} days after the last record: set it right, or writ clock accept`;
    throw new CoreFailure('CLOCK_SUSPECT', message);
  }
  if (accept_clock && by > JUMP_MAX_MS) return true;
  clock.anchor(recorded_ms);
  return false;
}

async function acceptClock(ports: CellPorts, writer: Writer): Promise<Delivered> {
  const jump = ports.clock.ahead();
  if (jump === null) throw new CoreFailure('CLOCK_SUSPECT', 'the clock is not ahead: nothing to accept');
  const { from_ms, to_ms } = jump;
  const command: Command = { kind: 'clock', id: ports.id('clk'), from: from_ms, to: to_ms };
  const delivered = await ownCommand(writer, command);
  ports.report({ kind: 'clock_accepted', from_ms, to_ms });
  return delivered;
}

/**
 * A writer that is not served yet. Until it is adopted its failure is that of the start it belongs to, and
 * sets off no reopening of its own.
 */
type Opened = { readonly writer: Writer; adopt(): void };

async function foldAndOpen(run: Run, head: JournalHead): Promise<Opened> {
  const { ports } = run;
  const base = await ports.loadBase(head.size);
  const recovered = await recover(run.journal, ports.engine, base, head.size, ports.onRecovered);
  await ports.checkRecovered(recovered);
  const { state, frontier } = recovered;
  const note = await signHead(run, frontier);
  let failed = false;
  const onFailed = (failure: WriterFailure): void => {
    failed = true;
    if (run.writer === writer) run.reopening = reopen(run, failure);
  };
  const writer = openWriter(writerPorts(run, onFailed), state, { frontier, note, term: head.term });
  const adopt = (): void => {
    if (failed) throw new CoreFailure('UNAVAILABLE', 'the writer failed while it started');
    run.writer = writer;
  };
  return { writer, adopt };
}

/**
 * The same size and root always sign to the same bytes, so this is the note that was or would have been.
 * While reopening it waits for the signer: each new try would cost a term record. A start says what is wrong
 * instead.
 */
async function signHead(run: Run, frontier: Frontier): Promise<string> {
  const { origin, signer, pause } = run.ports;
  for (;;) {
    try {
      return await signCheckpoint(signer, { origin, size: frontier.size, root: rootOf(frontier) });
    } catch (cause) {
      if (run.phase !== 'reopening') throw cause;
      await pause();
    }
  }
}

function writerPorts(run: Run, onFailed: (failure: WriterFailure) => void): WriterPorts {
  const { ports } = run;
  return {
    journal: run.journal,
    parts: ports.parts,
    signer: ports.signer,
    origin: ports.origin,
    clock: ports.clock,
    step: (state, command, now_ms, salts) => {
      const quarantined = state.quarantined.size > 0 && state.quarantined.has(ports.digestOf(command));
      return ports.engine.functions.step(state, command, { now_ms, salts, quarantined }, ports.library);
    },
    salts: ports.salts,
    clockCommand: (from, to) => ({ kind: 'clock', id: ports.id('clk'), from, to }),
    isDiskLow: ports.isDiskLow,
    defer: ports.defer,
    retrySigning: ports.pause,
    onDurable: ports.onDurable,
    onFailed,
  };
}

/** An engine decides under its own digest only: a newer one is activated by a record. */
async function activateEngine(ports: CellPorts, writer: Writer): Promise<void> {
  const { digest } = ports.engine;
  if (writer.state().engine === digest) return;
  await ownCommand(writer, { kind: 'engine', id: ports.id('eng'), engine: digest });
}

function ownCommand(writer: Writer, command: Command): Promise<Delivered> {
  return writer.submit(command, { bytes: 0 });
}

async function reopen(run: Run, failure: WriterFailure): Promise<void> {
  const { ports } = run;
  const home = run.writer?.state().home ?? '';
  run.writer = null;
  if (run.phase === 'open') run.phase = 'reopening';
  ports.report({ kind: 'failed', why: failure.kind, cause: failure.cause });
  const crashed = failure.kind === 'crash' ? ports.digestOf(failure.command) : null;
  if (crashed !== null && isSecondCrash(run, crashed)) return goDown(run, 'two_crashes', failure.cause);
  while (run.phase === 'reopening') {
    try {
      await reopenOnce(run, home, crashed);
    } catch (cause) {
      if (cause instanceof CoreFailure && cause.code === 'STORE_CORRUPT')
        return goDown(run, 'corrupt', cause);
      ports.report({ kind: 'reopening_failed', cause });
      await ports.pause();
    }
  }
}

function goDown(run: Run, why: 'two_crashes' | 'corrupt', cause: unknown): void {
  if (run.phase !== 'closed') run.phase = 'down';
  run.ports.report({ kind: 'down', why, cause });
}

function isSecondCrash(run: Run, command: string): boolean {
  const now = run.ports.clock.steady_ms();
  const before = run.crash;
  run.crash = { command, at_ms: now };
  return before !== null && before.command !== command && now - before.at_ms < CRASHES_APART_MS;
}

/**
 * INVARIANT: after an unknown commit nothing is read before the term record has committed on a fresh
 * connection: that commit stands behind the unknown one, whichever way it went.
 */
async function reopenOnce(run: Run, home: string, crashed: string | null): Promise<void> {
  const { ports } = run;
  await run.journal.close().catch(() => {});
  run.journal = ports.freshJournal();
  const before = await run.journal.open();
  const head = { size: before.size + 1, term: before.term + 1 };
  const bytes = encodeBatch({ note: '', records: [blindTerm(ports, home, head.term)] });
  const result = await run.journal.append({ from: before.size, count: 1, term: head.term, bytes }, before);
  if (result !== 'committed')
    throw new CoreFailure('UNAVAILABLE', `the term record was not committed: ${result}`);
  const { writer, adopt } = await foldAndOpen(run, head);
  if (crashed !== null) {
    await ownCommand(writer, { kind: 'quarantine', id: ports.id('qrn'), command: crashed });
    ports.report({ kind: 'quarantined', command: crashed });
  }
  adopt();
  // A close that came meanwhile stands: it closes this writer.
  if (run.phase === 'reopening') run.phase = 'open';
  ports.report({ kind: 'started', size: writer.durableSize(), term: head.term });
}

function blindTerm(
  ports: CellPorts,
  home: string,
  term: number,
): { readonly head: string; readonly state: string } {
  const [salts] = ports.salts();
  if (salts === undefined) throw new RangeError('salts missing');
  const { draftTerm, encodeDraft } = ports.engine.functions;
  const draft = draftTerm(home, { id: ports.id('trm'), term, reason: 'unknown' }, ports.clock.steady_ms());
  return encodeDraft(sha256Base64url, draft, salts);
}
