import { type ChildProcess, spawn } from 'node:child_process';
import process from 'node:process';
import { LEAN_ENVIRONMENT, LEAN_FLAGS } from '../../../program/begin-lean.ts';
import type { Environment } from '../../../program/command.ts';
import type { Board } from '../board.ts';
import type { FromCell } from './messages.ts';

/** How a start of the cell came out. */
export type Started = Extract<FromCell, { readonly kind: 'serving' | 'failed' }>;

/** The one cell of a stage, as a process of its own. */
export type CellProcess = {
  /** Resolves when the cell serves, with how often one was started here. */
  serving(): Promise<number>;
  start(): Promise<Started>;
  /** Ends it in order, and leaves it ended. */
  stop(): Promise<void>;
  /** `kill -9`, and nothing else: it comes back by itself. */
  kill(): Promise<void>;
  /** The sealed part of a record, from the cell that has the keys; null where there is none. */
  openSealed(index: number): Promise<string | null>;
};

const RESTART_WAIT_MS = 250;
/** A cell that ends at once each time is not started without end. */
const CRASHES_MAX = 20;
/** After this long a cell that was asked to end, or to serve, is ended. */
const STOP_MS_MAX = 10_000;
const START_MS_MAX = 60_000;

type Standing = {
  readonly board: Board;
  readonly environment: Environment;
  readonly waiting: ((starts: number) => void)[];
  readonly asked: Map<number, (part: string | null) => void>;
  child: ChildProcess | null;
  /** Whether it is to be started again when it ends. */
  isWanted: boolean;
  isServing: boolean;
  starts: number;
  crashes: number;
  asks: number;
};

export function openCellProcess(environment: Environment, board: Board): CellProcess {
  const standing: Standing = {
    board,
    environment,
    waiting: [],
    asked: new Map(),
    child: null,
    isWanted: false,
    isServing: false,
    starts: 0,
    crashes: 0,
    asks: 0,
  };
  return {
    serving: () =>
      standing.isServing
        ? Promise.resolve(standing.starts)
        : new Promise((resolve) => standing.waiting.push(resolve)),
    start: () => start(standing),
    async stop() {
      standing.isWanted = false;
      standing.isServing = false;
      board.showCell({ state: 'stopped', text: 'on purpose', starts: standing.starts });
      await end(standing, (child) => {
        if (!child.connected) return void child.kill('SIGKILL');
        child.send({ kind: 'close' }, () => {});
      });
    },
    kill: () => end(standing, (child) => child.kill('SIGKILL')),
    openSealed: (index) => openSealed(standing, index),
  };
}

function start(standing: Standing): Promise<Started> {
  const { board, environment } = standing;
  standing.starts += 1;
  standing.isWanted = true;
  board.showCell({ state: 'starting', text: 'a process of its own', starts: standing.starts });
  const child = spawnCell(environment);
  standing.child = child;
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), START_MS_MAX);
    const settle = (started: Started): void => {
      clearTimeout(timer);
      resolve(started);
    };
    const gone = (how: string): void => {
      if (standing.child !== child) return;
      settle({ kind: 'failed', code: 'CELL_ENDED', detail: `it ended ${how} before it served`, index: null });
      hearEnd(standing, how);
    };
    child.on('message', (message: FromCell) => hear(standing, message, settle));
    child.once('error', () => gone('without a start'));
    child.once('exit', (code, signal) => gone(signal === null ? `with code ${code ?? 0}` : `by ${signal}`));
  });
}

function hear(standing: Standing, message: FromCell, settle: (started: Started) => void): void {
  const { board, starts, waiting, asked } = standing;
  switch (message.kind) {
    case 'serving':
      standing.isServing = true;
      standing.crashes = 0;
      board.showCell({ state: 'serving', text: `${message.size} records when it opened`, starts });
      for (const resolve of waiting.splice(0)) resolve(starts);
      return settle(message);
    case 'failed':
      standing.isWanted = false;
      board.showCell({ state: 'refused', text: `${message.code}: ${message.detail}`, starts });
      return settle(message);
    case 'sealed':
      asked.get(message.ask)?.(message.part);
      asked.delete(message.ask);
      return;
    default:
      return message satisfies never;
  }
}

function hearEnd(standing: Standing, how: string): void {
  const { board, asked, starts } = standing;
  standing.child = null;
  standing.isServing = false;
  for (const answer of asked.values()) answer(null);
  asked.clear();
  if (!standing.isWanted) return;
  standing.crashes += 1;
  if (standing.crashes > CRASHES_MAX) {
    return board.showCell({ state: 'refused', text: `it ended ${how}, too often`, starts });
  }
  board.showCell({ state: 'starting', text: `it was ended ${how}, and is started again`, starts });
  setTimeout(() => {
    if (standing.isWanted && standing.child === null) void start(standing);
  }, RESTART_WAIT_MS);
}

/** Resolves when the process is gone. */
function end({ child }: Standing, act: (child: ChildProcess) => void): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    act(child);
  });
}

function openSealed(standing: Standing, index: number): Promise<string | null> {
  const { asked, child, isServing } = standing;
  if (!isServing || child === null) return Promise.resolve(null);
  standing.asks += 1;
  const ask = standing.asks;
  return new Promise((resolve) => {
    asked.set(ask, resolve);
    child.send({ kind: 'open_sealed', ask, index }, (error) => {
      if (error !== null) resolve(null);
    });
  });
}

function spawnCell(environment: Environment): ChildProcess {
  const flags = [...process.execArgv.filter((flag) => !LEAN_FLAGS.includes(flag)), ...LEAN_FLAGS];
  return spawn(process.execPath, [...flags, process.argv[1] ?? '', 'stage-cell'], {
    env: { ...environment, ...LEAN_ENVIRONMENT },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}
