import type { Command } from '@writ/contract';
import type { State } from '@writ/kernel';
import { rootOf, sha256Base64url } from '@writ/proof';
import type { Journal, JournalHead } from '../journal/journal.ts';
import { encodeBatch } from './batch.ts';
import type { Delivered } from './building.ts';
import type { CellPorts } from './cell-ports.ts';
import { signCheckpoint } from './checkpoint.ts';
import type { LogHead } from './commit-batch.ts';
import { CoreFailure } from './failure.ts';
import { recover } from './recover.ts';
import { openWriter, type Submission, type Writer, type WriterFailure } from './writer.ts';

export type RunningCell = {
  submit(command: Command, submission: Submission): Promise<Delivered>;
  /** The state of the current writer: ahead of what is durable by what is in flight. */
  state(): State;
  durableSize(): number;
  head(): LogHead;
  phase(): 'open' | 'reopening' | 'down' | 'closed';
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
  const head = await journal.open();
  if (head.size === 0) throw new CoreFailure('STORE_EMPTY', 'the store has no log: writ init');
  const run: Run = { ports, journal, writer: null, phase: 'open', crash: null, reopening: Promise.resolve() };
  await startWriter(run, head);
  return serve(run);
}

function serve(run: Run): RunningCell {
  const writer = (): Writer => {
    if (run.writer !== null) return run.writer;
    throw new CoreFailure('UNAVAILABLE', 'the cell restarts; try again');
  };
  return {
    async submit(command, submission) {
      if (run.phase !== 'open') throw new CoreFailure('UNAVAILABLE', `the cell is ${run.phase}; try again`);
      return writer().submit(command, submission);
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

/** Folds history, and raises the term before anything else is taken. */
async function startWriter(run: Run, head: JournalHead): Promise<void> {
  const { ports } = run;
  const writer = await foldAndOpen(run, head);
  await ownCommand(ports, writer, {
    kind: 'term',
    id: ports.id('trm'),
    term: Math.max(head.term, writer.state().term) + 1,
    reason: 'start',
  });
  await activateEngine(ports, writer);
  ports.report({ kind: 'started', size: writer.durableSize(), term: writer.head().term });
}

async function foldAndOpen(run: Run, head: JournalHead): Promise<Writer> {
  const { ports } = run;
  const base = await ports.loadBase(head.size);
  const recovered = await recover(run.journal, ports.engine, base, head.size, ports.onRecovered);
  await ports.checkRecovered(recovered);
  const { state, frontier } = recovered;
  ports.clock.anchor(state.now_ms);
  const { origin, signer } = ports;
  // The same size and root always sign to the same bytes, so this is the note that was or would have been.
  const note = await signCheckpoint(signer, { origin, size: frontier.size, root: rootOf(frontier) });
  run.writer = openWriter(writerPorts(run), state, { frontier, note, term: head.term });
  return run.writer;
}

function writerPorts(run: Run): Parameters<typeof openWriter>[0] {
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
    onFailed: (failure) => {
      run.reopening = reopen(run, failure);
    },
  };
}

/** An engine decides under its own digest only: a newer one is activated by a record. */
async function activateEngine(ports: CellPorts, writer: Writer): Promise<void> {
  const { digest } = ports.engine;
  if (writer.state().engine === digest) return;
  await ownCommand(ports, writer, { kind: 'engine', id: ports.id('eng'), engine: digest });
}

async function ownCommand(_ports: CellPorts, writer: Writer, command: Command): Promise<void> {
  await writer.submit(command, { bytes: 0, lane: 'cell' });
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
      run.phase = 'open';
    } catch (cause) {
      if (cause instanceof CoreFailure && cause.code === 'STORE_CORRUPT')
        return goDown(run, 'corrupt', cause);
      ports.report({ kind: 'reopening_failed', cause });
      await ports.pause();
    }
  }
}

function goDown(run: Run, why: 'two_crashes' | 'corrupt', cause: unknown): void {
  run.phase = 'down';
  run.ports.report({ kind: 'down', why, cause });
}

function isSecondCrash(run: Run, command: string): boolean {
  const reading = run.ports.clock.read();
  const now = reading.kind === 'sound' ? reading.now_ms : 0;
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
  const writer = await foldAndOpen(run, head);
  if (crashed !== null) {
    await ownCommand(ports, writer, { kind: 'quarantine', id: ports.id('qrn'), command: crashed });
    ports.report({ kind: 'quarantined', command: crashed });
  }
  ports.report({ kind: 'started', size: writer.durableSize(), term: head.term });
}

function blindTerm(
  ports: CellPorts,
  home: string,
  term: number,
): { readonly head: string; readonly state: string } {
  const [salts] = ports.salts();
  if (salts === undefined) throw new RangeError('salts missing');
  const reading = ports.clock.read();
  const now = reading.kind === 'sound' ? reading.now_ms : 0;
  const { draftTerm, encodeDraft } = ports.engine.functions;
  const draft = draftTerm(home, { id: ports.id('trm'), term, reason: 'unknown' }, now);
  return encodeDraft(sha256Base64url, draft, salts);
}
