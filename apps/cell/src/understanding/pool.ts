import { setTimeout as wait } from 'node:timers/promises';
import { CoreFailure } from '../core/failure.ts';
import { ACCOUNT_WAIT_MS_MAX, type Accounts, openAccounts } from './accounts.ts';
import type { Asked, ToUnderstand } from './asked.ts';
import { bindTold, type Understood } from './bind-told.ts';
import {
  discard,
  isStuck,
  openWorker,
  type Patience,
  progressOf,
  send,
  type StartThread,
  type Worker,
} from './crew.ts';
import { type Lanes, openLanes } from './lanes.ts';
import type { ToldText } from './protocol.ts';
import { openRefusedTexts, type RefusedTexts, type UnderstandingCode } from './refused-texts.ts';

/**
 * Understanding in threads of its own (HEART §12). Every caller is answered: with what was understood, or
 * with a failure that is no verdict. Nothing is ever permitted by one.
 */
export type UnderstandingPool = {
  understand(asked: ToUnderstand): Promise<Understood>;
  /** Starts the first thread before anybody waits for it. */
  warm(): void;
  status(): PoolStatus;
  /** Takes no more, answers what it took, then ends what hangs. */
  close(): Promise<void>;
};

export type PoolStatus = {
  readonly threads: number;
  readonly waiting: number;
  /** Threads that were ended because one text took too long, and those that failed. */
  readonly timeouts: number;
  readonly failures: number;
  readonly refused: number;
};

export type PoolPorts = {
  readonly start: StartThread;
  steady_ms(): number;
};

/** Tests have less. */
export type PoolLimits = Patience & { readonly threads_max: number };

/**
 * A text within the bounds takes a tenth of the first, on a machine that has nothing else to do; a thread
 * starts in a twentieth of the last.
 */
export const PATIENCE: Patience = { cpu_ms: 1_000, wall_ms: 10_000, start_ms: 10_000 };

/** How often an innocent text is tried whose thread was ended by another one. */
const TRIES_MAX = 3;
/** What a text costs its principal that made a thread fail: another one has to be started. */
const FAILED_COST_MS = 1_000;
/** Beyond the time that a text is given, in which a thread starts. */
const CLOSING_MS = 1_000;
/** A batch of ordinary texts is done sooner. */
const SHARE_MS = 4;
/** A thread starts sooner, unless the machine is busy: then another one would only make it worse. */
const SHARE_STARTING_MS = 500;
const SEQUENCE_MAX = 0x7fff_ffff;
/** How often a thread is looked at in the time that a text is given. */
const LOOKS = 8;

type Pool = {
  readonly ports: PoolPorts;
  readonly limits: PoolLimits;
  readonly lanes: Lanes<Asked>;
  readonly accounts: Accounts;
  readonly refused: RefusedTexts;
  readonly workers: Worker[];
  sequence: number;
  phase: 'open' | 'closing' | 'closed';
  /** A dispatch at the end of this turn: what is asked in one turn crosses together. */
  deferred: boolean;
  /** The next look at principals that wait for their accounts. */
  again: NodeJS.Timeout | null;
  watch: NodeJS.Timeout | null;
  counts: Omit<PoolStatus, 'threads' | 'waiting'>;
};

export function openPool(ports: PoolPorts, limits: PoolLimits): UnderstandingPool {
  const pool: Pool = {
    ports,
    limits,
    lanes: openLanes(),
    accounts: openAccounts(),
    refused: openRefusedTexts(),
    workers: [openWorker()],
    sequence: 0,
    phase: 'open',
    deferred: false,
    again: null,
    watch: null,
    counts: { timeouts: 0, failures: 0, refused: 0 },
  };
  return {
    understand: (asked) => new Promise((resolve, reject) => enter(pool, asked, resolve, reject)),
    warm: () => warm(pool),
    status: () => ({
      threads: pool.workers.filter(({ thread }) => thread !== null).length,
      waiting: pool.lanes.size(),
      ...pool.counts,
    }),
    close: () => close(pool),
  };
}

function enter(
  pool: Pool,
  { by, text, tool }: ToUnderstand,
  resolve: Asked['resolve'],
  reject: Asked['reject'],
): void {
  const now_ms = pool.ports.steady_ms();
  const refused = pool.refused.codeOf(text, now_ms);
  if (pool.phase !== 'open') return reject(new CoreFailure('CLOSED', 'the cell is closing'));
  if (refused !== null) return reject(refuse(pool, refused, 'this text ended a thread lately'));
  if (pool.accounts.waitOf(by, now_ms) > ACCOUNT_WAIT_MS_MAX) return reject(overBudget(pool));
  pool.sequence = pool.sequence >= SEQUENCE_MAX ? 1 : pool.sequence + 1;
  const { input, scene, given } = text;
  const units = input.length + scene.length + (given?.length ?? 0);
  const { sequence } = pool;
  const asked: Asked = { by, text, tool, units, sequence, asked_ms: now_ms, tries: 0, resolve, reject };
  if (!pool.lanes.offer(asked)) return reject(refuse(pool, 'OVERLOADED', 'too much waits to be understood'));
  if (pool.deferred) return;
  pool.deferred = true;
  setImmediate(() => {
    pool.deferred = false;
    dispatch(pool);
  });
}

function refuse(pool: Pool, code: UnderstandingCode | 'OVERLOADED', detail: string): CoreFailure {
  pool.counts = { ...pool.counts, refused: pool.counts.refused + 1 };
  return new CoreFailure(code, detail);
}

function overBudget(pool: Pool): CoreFailure {
  pool.counts = { ...pool.counts, refused: pool.counts.refused + 1 };
  return new CoreFailure('UNDERSTANDING_BUDGET', 'the texts of this principal took too long lately');
}

/**
 * Gives a thread that has nothing to do what waits, the first ones first. Another one is taken only where
 * those that are busy have been for a while: to split what comes in one turn costs more than it saves.
 */
function dispatch(pool: Pool): void {
  const { lanes, workers, limits } = pool;
  for (let at = 0; at < limits.threads_max && lanes.size() > 0; at += 1) {
    const worker = (workers[at] ??= openWorker());
    if (worker.batch !== null) {
      const patience_ms = worker.ready ? SHARE_MS : SHARE_STARTING_MS;
      if (pool.ports.steady_ms() - worker.begun_ms < patience_ms) break;
      continue;
    }
    const batch = nextBatch(pool);
    if (batch.length === 0) break;
    run(pool, worker, batch);
  }
  if (lanes.size() > 0) lookAgain(pool);
}

/** A principal is with one thread at a time: whoever hangs one leaves the others to everybody else. */
function nextBatch({ lanes, workers, accounts, ports }: Pool): readonly Asked[] {
  const out = new Set(workers.flatMap(({ batch }) => batch ?? []).map(({ by }) => by));
  const now_ms = ports.steady_ms();
  return lanes.take((by) => !out.has(by) && accounts.waitOf(by, now_ms) <= 0);
}

/** What waits has another chance soon, also when no thread is done by then. */
function lookAgain(pool: Pool): void {
  pool.again ??= setTimeout(() => {
    pool.again = null;
    refuseOverdrawn(pool);
    dispatch(pool);
  }, SHARE_MS);
}

/** Who waits for an account for too long is told to come back. */
function refuseOverdrawn(pool: Pool): void {
  const now_ms = pool.ports.steady_ms();
  for (const { by, asked_ms, reject } of pool.lanes.heads()) {
    if (now_ms - asked_ms <= ACCOUNT_WAIT_MS_MAX || pool.accounts.waitOf(by, now_ms) <= 0) continue;
    pool.lanes.drop(by);
    reject(overBudget(pool));
  }
}

function run(pool: Pool, worker: Worker, batch: readonly Asked[]): void {
  pool.watch ??= setInterval(() => void watch(pool), pool.limits.cpu_ms / LOOKS).unref();
  const { start, steady_ms } = pool.ports;
  send(worker, start, batch, steady_ms()).then(
    (told) => {
      if (worker.batch === batch) settle(pool, worker, batch, told);
    },
    () => {
      if (worker.batch === batch) lose(pool, worker, batch, 'UNDERSTANDING_FAILED');
    },
  );
}

function settle(pool: Pool, worker: Worker, batch: readonly Asked[], told: readonly ToldText[]): void {
  const now_ms = pool.ports.steady_ms();
  worker.ready = true;
  const bound = batch.map(({ units }, at) => bindTold(told[at], units));
  // What does not fit its question comes of a thread that is not to be trusted with the next one.
  if (bound.includes(null)) discard(worker);
  else worker.batch = null;
  for (const [at, asked] of batch.entries()) {
    const understood = bound[at] ?? null;
    if (understood === null) blame(pool, asked, 'UNDERSTANDING_FAILED');
    else {
      pool.accounts.charge(asked.by, tookOf(told[at], now_ms - worker.begun_ms), now_ms);
      asked.resolve(understood);
    }
  }
  dispatch(pool);
}

/** At most the time that passed here: a thread could say anything. */
function tookOf(told: ToldText | undefined, passed_ms: number): number {
  const took_ms: unknown = told?.took_ms;
  return typeof took_ms === 'number' && took_ms >= 0 ? Math.min(took_ms, passed_ms) : passed_ms;
}

/** The thread ended, or is ended: only the text that it was at is to blame, the others are tried again. */
function lose(pool: Pool, worker: Worker, batch: readonly Asked[], code: UnderstandingCode): void {
  const guilty = progressOf(worker);
  discard(worker);
  // From the last to the first: each goes before those that were asked after it.
  for (const asked of [...batch].reverse()) {
    asked.tries += 1;
    if (asked.sequence === guilty) blame(pool, asked, code);
    else if (asked.tries < TRIES_MAX) pool.lanes.putBack(asked);
    else asked.reject(new CoreFailure('UNDERSTANDING_FAILED', 'threads ended again and again'));
  }
  dispatch(pool);
}

/** INVARIANT: a failure of understanding is never a verdict: it is answered, counted and not recorded. */
function blame(pool: Pool, { by, text, reject }: Asked, code: UnderstandingCode): void {
  const now_ms = pool.ports.steady_ms();
  const late = code === 'UNDERSTANDING_TIMEOUT';
  const { timeouts, failures, refused } = pool.counts;
  pool.counts = { timeouts: timeouts + (late ? 1 : 0), failures: failures + (late ? 0 : 1), refused };
  pool.accounts.charge(by, late ? pool.limits.cpu_ms : FAILED_COST_MS, now_ms);
  pool.refused.add(text, code, now_ms);
  reject(new CoreFailure(code, 'a text could not be understood'));
}

/** A thread that is at the same text for too long is ended; one that does not even begin, too. */
async function watch(pool: Pool): Promise<void> {
  const now_ms = pool.ports.steady_ms();
  for (const worker of pool.workers) {
    const { batch } = worker;
    const stuck = await isStuck(worker, now_ms, pool.limits);
    if (stuck && batch !== null && worker.batch === batch) lose(pool, worker, batch, 'UNDERSTANDING_TIMEOUT');
  }
}

function warm(pool: Pool): void {
  const [worker] = pool.workers;
  if (pool.phase === 'open' && worker !== undefined && worker.thread === null) run(pool, worker, []);
}

async function close(pool: Pool): Promise<void> {
  pool.phase = 'closing';
  const until_ms = pool.ports.steady_ms() + pool.limits.wall_ms + CLOSING_MS;
  while (isBusy(pool) && pool.ports.steady_ms() < until_ms) await wait(1);
  pool.phase = 'closed';
  const closed = new CoreFailure('CLOSED', 'the cell is closing');
  for (const worker of pool.workers) {
    for (const { reject } of worker.batch ?? []) reject(closed);
    discard(worker);
  }
  for (let heads = pool.lanes.heads(); heads.length > 0; heads = pool.lanes.heads()) {
    for (const { by, reject } of heads) {
      pool.lanes.drop(by);
      reject(closed);
    }
  }
  clearInterval(pool.watch ?? undefined);
  clearTimeout(pool.again ?? undefined);
}

function isBusy({ lanes, workers }: Pool): boolean {
  return lanes.size() > 0 || workers.some(({ batch }) => batch !== null && batch.length > 0);
}
