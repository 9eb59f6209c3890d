import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createWorld, openIn } from '../cell/world.ts';
import { findLost, findTermFaults, isReceipt } from './find-lost.ts';
import { type Acknowledged, type LoadPlan, type Permitted, readLines, type Told } from './load-lines.ts';
import { readJournal, readStore, journalOf } from './read-store.ts';

const LOAD: string = fileURLToPath(new URL('./load.ts', import.meta.url));
const CLIENTS = 32;
/** Enough that no life ends by itself before it is killed. */
const ACTIONS_MAX = 1_000_000;
const RETRIES_MAX = 48;
/** One store lives through so many kills; then a new one, so that long runs stay about kills, not size. */
const LIVES_A_STORE = 25;
const LIFE_MS_MAX = 400;
const POLL_MS = 5;
/** A start takes about this long: every fifth kill falls into it. */
const START_MS_MAX = 600;

export type KillReport = {
  readonly rounds: number;
  readonly stores: number;
  readonly acknowledged: number;
  readonly receipts: number;
  readonly retried: number;
  readonly kills_in_start: number;
  readonly faults: readonly string[];
};

/** 0 … bound − 1, the same for the same seed. */
export type Pick = (bound: number) => number;

type Store = {
  readonly directory: string;
  readonly agent: string;
  readonly acknowledged: Acknowledged[];
  term: number;
};

export type KillOptions = {
  readonly rounds: number;
  readonly pick: Pick;
  onRound(round: number, faults: number): void;
};

/** Kills a cell under load at random moments, again and again, and looks for what was promised and is not. */
export async function killRounds({ rounds, pick, onRound }: KillOptions): Promise<KillReport> {
  const total = { stores: 0, acknowledged: 0, receipts: 0, retried: 0, kills_in_start: 0 };
  const faults: string[] = [];
  for (let round = 0; round < rounds; ) {
    const lives = Math.min(LIVES_A_STORE, rounds - round);
    const scratch = mkdtempSync(join(tmpdir(), 'writ-kill-'));
    const store = await createStore();
    try {
      for (let life = 0; life < lives; life += 1) {
        const told = await liveAndDie(store, scratch, life, pick);
        if (told.started === null) total.kills_in_start += 1;
        total.retried += told.acknowledged.filter(({ path }) => !path.startsWith(`life ${life} `)).length;
        faults.push(...checkLife(store, scratch, told).map((fault) => `round ${round}: ${fault}`));
        round += 1;
        onRound(round, faults.length);
      }
      faults.push(...(await checkEnd(store)));
      total.stores += 1;
      total.acknowledged += store.acknowledged.length;
      total.receipts += store.acknowledged.filter(isReceipt).length;
    } finally {
      rmSync(scratch, { recursive: true, force: true });
      rmSync(store.directory, { recursive: true, force: true });
    }
  }
  return { rounds, ...total, faults };
}

async function createStore(): Promise<Store> {
  const { cell, directory, agent } = await createWorld();
  const { term } = cell.running.head();
  await cell.close();
  return { directory, agent, acknowledged: [], term };
}

async function liveAndDie(store: Store, scratch: string, life: number, pick: Pick): Promise<Told> {
  const plan: LoadPlan = {
    directory: store.directory,
    agent: store.agent,
    life,
    clients: CLIENTS,
    actions_max: ACTIONS_MAX,
    waves: 1,
    survives_faults: false,
    retries: permittedBefore(store.acknowledged).slice(-RETRIES_MAX),
  };
  const file = join(scratch, 'plan.json');
  writeFileSync(file, JSON.stringify(plan));
  const inStart = life > 0 && pick(5) === 0;
  const delay_ms = pick(inStart ? START_MS_MAX : LIFE_MS_MAX);
  return readLines(await saidUntilKilled(file, scratch, { afterStart: !inStart, delay_ms }));
}

type Moment = { readonly afterStart: boolean; readonly delay_ms: number };

/**
 * Everything that the program had said when it was killed. It writes to a file: a write to one is done, or
 * not, when the process dies.
 */
async function saidUntilKilled(plan: string, scratch: string, moment: Moment): Promise<string> {
  const path = join(scratch, 'said');
  const said = openSync(path, 'w');
  const errors = openSync(join(scratch, 'errors'), 'w');
  try {
    const words = ['--conditions=@writ/source', LOAD, plan];
    const child = spawn(process.execPath, words, { stdio: ['ignore', said, errors] });
    const ended = once(child, 'exit');
    const isTime = (): boolean =>
      child.exitCode !== null || readFileSync(path, 'latin1').includes('started ');
    while (moment.afterStart && !isTime()) await pause(POLL_MS);
    await pause(moment.delay_ms);
    child.kill('SIGKILL');
    const [, signal]: unknown[] = await ended;
    if (signal === 'SIGKILL') return readFileSync(path, 'utf8');
  } finally {
    closeSync(said);
    closeSync(errors);
  }
  const complaint = readFileSync(join(scratch, 'errors'), 'utf8');
  throw new Error(`the program under load ended by itself: ${complaint}`);
}

/** The newest first attempt of each permission; those not known to be spent last: they are retried first. */
function permittedBefore(acknowledged: readonly Acknowledged[]): readonly Permitted[] {
  const open = new Map<string, Permitted>();
  const spent = new Map<string, Permitted>();
  for (const told of acknowledged) {
    const { id, path, attempt, verdict } = told;
    if (isReceipt(told)) spent.set(id, { id, path, attempt });
    else if (told.what === 'propose' && verdict === 'ALLOW') open.set(id, { id, path, attempt });
  }
  for (const id of spent.keys()) open.delete(id);
  return [...[...spent.values()].slice(-RETRIES_MAX / 2), ...[...open.values()].slice(-RETRIES_MAX / 2)];
}

function checkLife(store: Store, scratch: string, { started, acknowledged }: Told): readonly string[] {
  store.acknowledged.push(...acknowledged);
  const log = readStore(store.directory, join(scratch, 'copy'));
  const faults = [...findLost(log, store.acknowledged), ...findTermFaults(log)];
  if (started !== null) {
    if (started.term <= store.term) faults.push(`term ${started.term} does not rise over ${store.term}`);
    store.term = started.term;
  }
  return faults;
}

/** At the end of its lives a store starts once more, answers, and has it all. */
async function checkEnd(store: Store): Promise<readonly string[]> {
  const cell = await openIn(store.directory);
  const { term } = cell.running.head();
  await cell.close();
  const faults = term > store.term ? [] : [`the last term ${term} does not rise over ${store.term}`];
  return [...faults, ...findLost(readJournal(journalOf(store.directory)), store.acknowledged)];
}
