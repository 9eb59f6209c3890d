import type { Command, Salts } from '@writ/contract';
import type { State, Stepped } from '@writ/kernel';
import { classOf, type Offered, openAdmission, turnOf } from './admission.ts';
import { type Delivered, startBuilding } from './building.ts';
import type { Clock } from './clock.ts';
import type { CommitPorts, LogHead } from './commit-batch.ts';
import type { DurableBatch } from './durable.ts';
import { CoreFailure } from './failure.ts';
import { type Pipeline, pump, type Submission } from './pipeline.ts';

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

export type { Submission };

export type Writer = {
  submit(command: Command, submission: Submission): Promise<Delivered>;
  /** How much of the log is durable. */
  durableSize(): number;
  state(): State;
  head(): LogHead;
  /** Takes no more commands, finishes what it has, and resolves when all is durable. */
  close(): Promise<void>;
};

/**
 * The single writer of a cell: commands one after another through the kernel, records into batches, one batch
 * in flight. INVARIANT: no answer leaves before all that it was computed on is durable and signed.
 */
export function openWriter(ports: WriterPorts, state: State, start: LogHead): Writer {
  const line: Pipeline = {
    ports,
    state,
    admission: openAdmission(),
    head: start,
    durable: state.size,
    building: startBuilding(state.size),
    flying: [],
    committed: Promise.resolve(),
    phase: 'open',
    deferred: false,
    decided: 0,
    closers: [],
  };
  return {
    submit: (command, submission) =>
      new Promise((resolve, reject) => {
        const refusal = refusalOf(line, command);
        if (refusal !== null) return reject(refusal);
        const { ns, lane } = turnOf(state, command);
        const entry = { command, bytes: submission.bytes, ns, lane, item: { resolve, reject } };
        const offered = line.admission.offer(entry, ports.clock.elapsed_ms());
        if (offered !== 'taken') return reject(failureOf(offered));
        pump(line);
      }),
    durableSize: () => line.durable,
    state: () => state,
    head: () => line.head,
    close: () =>
      new Promise((resolve) => {
        if (line.phase === 'failed') return resolve();
        line.phase = 'closing';
        line.closers.push(resolve);
        pump(line);
      }),
  };
}

function failureOf(offered: Exclude<Offered, 'taken'>): CoreFailure {
  if (offered === 'full') return new CoreFailure('OVERLOADED', 'too many commands wait; try again');
  return new CoreFailure('RATE_LIMIT_EXCEEDED', 'too many freezes and thaws; freeze a wider scope');
}

function refusalOf({ phase, ports }: Pipeline, command: Command): CoreFailure | null {
  if (phase !== 'open') return new CoreFailure('CLOSED', 'the cell is not taking commands');
  if (!ports.isDiskLow() || passesLowDisk(command)) return null;
  return new CoreFailure('UNAVAILABLE', 'disk space is low: only freeze, outcome and commit');
}

function passesLowDisk(command: Command): boolean {
  const name = classOf(command);
  return name === 'freeze' || name === 'outcome' || name === 'commit' || name === 'cell';
}
