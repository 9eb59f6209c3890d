import { setTimeout } from 'node:timers/promises';
import { FollowerFailure } from '../threads/failure.ts';
import { entryBeside, startThread, type Thread } from '../threads/start-thread.ts';
import type { ProjectionQuery, RowOf } from './query.ts';
import type { ProjectionData, ProjectionProtocol } from './worker.ts';

/**
 * Lists over the durable log, in their own file and thread. They may be behind, and always say up to where
 * they reach: `as_of` is the index of the first record that is not in them. How to wire it: `durable` is
 * called with the size after every durable batch, and is cheap.
 */
export type Projections = {
  durable(size: number): void;
  /** Waits, for a bounded time, until the record `min_index` is in the lists; else FOLLOWER_BEHIND. */
  query<Kind extends ProjectionQuery['kind']>(
    query: Extract<ProjectionQuery, { readonly kind: Kind }>,
    wait?: { readonly min_index: number; readonly wait_ms?: number },
  ): Promise<{ readonly rows: readonly RowOf[Kind][]; readonly as_of: number }>;
  status(): ProjectionStatus;
  close(): Promise<void>;
};

export type ProjectionStatus = {
  readonly as_of: number;
  /** The durable size: what `as_of` is behind of. */
  readonly target: number;
  readonly failures: number;
  readonly last_failure: string | null;
};

/**
 * Time to collect batches into one transaction. Ids are random, so records touch pages all over an index:
 * many at once write each page once, and take a third less of the machine than a few at a time.
 */
const PAUSE_MS = 250;
/** So many are worth a transaction without waiting for more. */
const COLLECTED_RECORDS = 4_096;
/** How long it takes at most to notice that somebody waits, or that enough has come. */
const STEP_MS = 50;
/** A cell that is opened for one command reads no lists, and need not follow. */
const FIRST_PAUSE_MS = 1_000;
const FAILED_PAUSE_MS = 1_000;
const LOOK_EVERY_MS = 10;
const WAIT_MS = 2_000;
const WAIT_MS_MAX = 10_000;

type Work = {
  readonly data: ProjectionData;
  readonly closing: AbortController;
  thread: Thread<ProjectionProtocol> | null;
  following: Promise<void> | null;
  status: ProjectionStatus;
  /** How many wait for the lists: then nothing is collected first. */
  hurry: number;
};

export function openProjections(data: ProjectionData): Projections {
  const work: Work = {
    data,
    closing: new AbortController(),
    thread: null,
    following: null,
    status: { as_of: 0, target: 0, failures: 0, last_failure: null },
    hurry: 0,
  };
  return {
    durable(size) {
      if (size > work.status.target) work.status = { ...work.status, target: size };
      work.following ??= follow(work);
    },
    query: (query, wait) => ask(work, query, wait),
    status: () => work.status,
    async close() {
      work.closing.abort();
      await work.thread?.ask('close', {}).catch(() => {});
      await work.thread?.end();
      await work.following;
    },
  };
}

/**
 * Reads on until the lists hold what is durable. What fails is tried again with a fresh thread, which looks
 * at its file anew.
 */
async function follow(work: Work): Promise<void> {
  const { signal } = work.closing;
  await collect(work, work.thread === null ? FIRST_PAUSE_MS : PAUSE_MS);
  while (!signal.aborted && (work.thread === null || work.status.as_of < work.status.target)) {
    try {
      const thread = await openThread(work);
      const as_of = await thread.ask('advance', { to: work.status.target });
      work.status = { ...work.status, as_of };
      // A busy cell commits the next batches meanwhile: they are collected as the first ones were.
      if (as_of < work.status.target) await collect(work, PAUSE_MS);
    } catch (thrown) {
      await work.thread?.end();
      work.thread = null;
      const last_failure = thrown instanceof Error ? thrown.message : 'unknown';
      work.status = { ...work.status, failures: work.status.failures + 1, last_failure };
      await sleep(work, FAILED_PAUSE_MS);
    }
  }
  // INVARIANT: nothing stands between the last look at the target and this, so no batch goes unnoticed.
  work.following = null;
}

async function openThread(work: Work): Promise<Thread<ProjectionProtocol>> {
  if (work.thread !== null) return work.thread;
  const thread = startThread<ProjectionProtocol>(entryBeside(import.meta.url, 'worker'), work.data);
  work.thread = thread;
  const as_of = await thread.ask('open', {});
  // Read only now: batches became durable while the thread opened its file.
  work.status = { ...work.status, as_of };
  return thread;
}

async function ask<Kind extends ProjectionQuery['kind']>(
  work: Work,
  query: Extract<ProjectionQuery, { readonly kind: Kind }>,
  wait?: { readonly min_index: number; readonly wait_ms?: number },
): Promise<{ readonly rows: readonly RowOf[Kind][]; readonly as_of: number }> {
  work.following ??= follow(work);
  work.hurry += 1;
  try {
    await reach(work, wait?.min_index ?? -1, Math.min(wait?.wait_ms ?? WAIT_MS, WAIT_MS_MAX));
    if (work.thread === null) throw new FollowerFailure('FOLLOWER_ENDED', 'the lists are closed');
    const { rows, as_of } = await work.thread.ask('query', { query });
    return { rows: rows as readonly RowOf[Kind][], as_of }; // query.ts selects the columns of that row
  } finally {
    work.hurry -= 1;
  }
}

async function reach(work: Work, min_index: number, wait_ms: number): Promise<void> {
  const isThere = (): boolean => work.thread !== null && work.status.as_of > min_index;
  for (let passed = 0; !isThere() && passed < wait_ms; passed += LOOK_EVERY_MS) {
    if (work.closing.signal.aborted) break;
    await setTimeout(LOOK_EVERY_MS);
  }
  if (isThere()) return;
  const { as_of, last_failure } = work.status;
  const why = last_failure === null ? '' : `; last failure: ${last_failure}`;
  throw new FollowerFailure(
    'FOLLOWER_BEHIND',
    `the lists reach to ${as_of}, not to ${min_index}${why}`,
    as_of,
  );
}

/** In small steps: whoever begins to wait meanwhile does not wait for this too. */
async function collect(work: Work, pause_ms: number): Promise<void> {
  const isEnough = (): boolean => {
    const { as_of, target } = work.status;
    return work.hurry > 0 || work.closing.signal.aborted || target - as_of >= COLLECTED_RECORDS;
  };
  for (let passed = 0; passed < pause_ms && !isEnough(); passed += STEP_MS) await sleep(work, STEP_MS);
}

/** Ends at once, and without a word, when the lists are closed. */
async function sleep({ closing }: Work, delay_ms: number): Promise<void> {
  await setTimeout(delay_ms, undefined, { signal: closing.signal, ref: false }).catch(() => {});
}
