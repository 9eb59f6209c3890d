import { setTimeout } from 'node:timers/promises';
import { FollowerFailure } from '../threads/failure.ts';
import { entryBeside, startThread, type Thread } from '../threads/start-thread.ts';
import { checkSlice, type ScrubMismatch, type ScrubStores } from './check-slice.ts';
import type { ScrubData, ScrubProtocol } from './worker.ts';

/**
 * Reads the whole log again and again, slowly, and compares everything that says the same thing twice. How to
 * wire it: `durableSize` says how far it may read, `onMismatch` stops the cell; nothing else is needed.
 */
export type Scrub = {
  position(): ScrubPosition;
  close(): Promise<void>;
};

export type ScrubPosition = {
  /** Passes over the whole log that ended. */
  readonly passes: number;
  /** The next record of the pass under way, and where that pass ended or will end. */
  readonly next: number;
  readonly size: number;
  /** Steps that could not be taken, and were tried again: a disk that did not answer. */
  readonly failures: number;
  readonly last_failure: string | null;
  readonly mismatch: ScrubMismatch | null;
};

export type ScrubOptions = ScrubData &
  ScrubStores & {
    durableSize(): number;
    onMismatch(mismatch: ScrubMismatch): void;
    readonly records_per_second?: number;
    /** One sealed part of so many is opened in a pass, others in the next: 1 opens all. */
    readonly parts_every?: number;
    readonly rest_ms?: number;
    readonly first_rest_ms?: number;
  };

/** Ten million records in an hour and a half, at some hundredth of one processor. */
const RECORDS_PER_SECOND = 2_000;
const RECORDS_A_SLICE = 256;
const PARTS_EVERY = 16;
/** Between two passes, and after a step that failed. */
const REST_MS = 600_000;
const FAILED_REST_MS = 10_000;
/** A cell that is opened for one command never begins. */
const FIRST_REST_MS = 5_000;
/** Erased parts that wait for their record to be met; beyond this the rest waits for another pass. */
const SUSPECTS_MAX = 10_000;

type Work = {
  readonly options: ScrubOptions;
  readonly closing: AbortController;
  thread: Thread<ScrubProtocol> | null;
  position: ScrubPosition;
  /** Erased parts without a record so far, in the pass before and in this one. */
  suspects: { readonly before: ReadonlySet<number>; readonly now: Set<number> };
  readonly recorded: Set<number>;
};

export function openScrub(options: ScrubOptions): Scrub {
  const work: Work = {
    options,
    closing: new AbortController(),
    thread: null,
    position: { passes: 0, next: 0, size: 0, failures: 0, last_failure: null, mismatch: null },
    suspects: { before: new Set(), now: new Set() },
    recorded: new Set(),
  };
  const ended = run(work);
  return {
    position: () => work.position,
    async close() {
      work.closing.abort();
      await work.thread?.end();
      await ended;
    },
  };
}

async function run(work: Work): Promise<void> {
  const { options, closing } = work;
  await rest(work, options.first_rest_ms ?? FIRST_REST_MS);
  while (!closing.signal.aborted && work.position.mismatch === null) {
    try {
      await pass(work);
      if (work.position.mismatch === null) await rest(work, options.rest_ms ?? REST_MS);
    } catch (thrown) {
      await work.thread?.end();
      work.thread = null;
      if (closing.signal.aborted) return;
      if (thrown instanceof FollowerFailure && thrown.code === 'FOLLOWER_CORRUPT') {
        const index = thrown.index ?? work.position.next;
        stop(work, { where: 'journal', index, through: index, detail: thrown.detail });
        return;
      }
      const last_failure = thrown instanceof Error ? thrown.message : 'unknown';
      work.position = { ...work.position, failures: work.position.failures + 1, last_failure };
      await rest(work, Math.min(FAILED_REST_MS, options.rest_ms ?? REST_MS));
    }
  }
}

/** From the first record to the durable size as it is when the pass begins. */
async function pass(work: Work): Promise<void> {
  const { options, closing } = work;
  const size = options.durableSize();
  const thread = (work.thread ??= startThread<ScrubProtocol>(
    entryBeside(import.meta.url, 'worker'),
    dataOf(options),
  ));
  await thread.ask('begin', {});
  work.suspects = { before: work.suspects.now, now: new Set() };
  work.recorded.clear();
  work.position = { ...work.position, next: 0, size };
  const slice_ms = (1_000 * RECORDS_A_SLICE) / (options.records_per_second ?? RECORDS_PER_SECOND);
  while (work.position.next < size && !closing.signal.aborted) {
    await rest(work, slice_ms);
    const slice = await thread.ask('next', { to: size, records_max: RECORDS_A_SLICE });
    const finding = await checkSlice(options, slice, sampler(work));
    for (const index of slice.erased) work.recorded.add(index);
    for (const index of finding.erased)
      if (work.suspects.now.size < SUSPECTS_MAX) work.suspects.now.add(index);
    if (finding.mismatch !== null) return stop(work, finding.mismatch);
    if (slice.size === work.position.next) throw new Error('the journal ends before its durable size');
    work.position = { ...work.position, next: slice.size };
  }
  endPass(work);
}

/** An erasure is recorded first: a part that two passes found erased, with no record of it, was destroyed. */
function endPass(work: Work): void {
  const { before, now } = work.suspects;
  for (const index of work.recorded) now.delete(index);
  for (const index of now) {
    if (!before.has(index)) continue;
    const detail = `the sealed part of record ${index} is erased, and no record says so`;
    return stop(work, { where: 'parts', index, through: index, detail });
  }
  if (!work.closing.signal.aborted) work.position = { ...work.position, passes: work.position.passes + 1 };
}

function stop(work: Work, mismatch: ScrubMismatch): void {
  work.position = { ...work.position, mismatch };
  work.options.onMismatch(mismatch);
}

function sampler(work: Work): (index: number) => boolean {
  const every = work.options.parts_every ?? PARTS_EVERY;
  const suspects = work.suspects.before;
  return (index) => (index + work.position.passes) % every === 0 || suspects.has(index);
}

function dataOf({ journal, engines, engine, origin, vkey }: ScrubOptions): ScrubData {
  return { journal, engines, engine, origin, vkey };
}

/** Ends early, and without a word, when the scrub is closed. */
async function rest({ closing }: Work, delay_ms: number): Promise<void> {
  await setTimeout(delay_ms, undefined, { signal: closing.signal, ref: false }).catch(() => {});
}
