import { Worker } from 'node:worker_threads';
import { JournalFailure } from '../failure.ts';
import type { Kind, Messages, Reply, WorkerData } from './messages.ts';

/**
 * Enough for a row of the largest batch many times over; a thread that wants more has gone wrong. Rows lie
 * outside the heap, and little else is garbage.
 */
const LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 2, stackSizeMb: 4 };
/** A reader that asks for more at once waits for answers first. */
const QUESTIONS_MAX = 64;
/** How long to wait for a thread that hangs in the disk before leaving it behind. */
const DROP_WAIT_MS = 5_000;

/** Said when the thread ended without an answer: what it was doing may or may not have happened. */
export class LinkLost extends Error {}

export type Link = {
  ask<Wanted extends Kind>(
    kind: Wanted,
    ask: Messages[Wanted]['ask'],
    transfer?: readonly ArrayBuffer[],
  ): Promise<Messages[Wanted]['answer']>;
  /** Ends the thread: its connections are closed and its locks released. */
  drop(): Promise<void>;
};

type Waiter = { readonly resolve: (answer: unknown) => void; readonly reject: (reason: Error) => void };

/** Starts a thread of the journal. `onLost` is told when it ends by itself. */
export function startLink(data: WorkerData, onLost: () => void): Link {
  const entry = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
  const worker = new Worker(new URL(entry, import.meta.url), {
    workerData: data,
    resourceLimits: LIMITS,
    execArgv: [],
    env: {},
  });
  const waiters = new Map<number, Waiter>();
  let nextId = 0;
  let isLost = false;

  const lose = (): void => {
    if (isLost) return;
    isLost = true;
    for (const { reject } of waiters.values()) reject(new LinkLost('the thread ended'));
    waiters.clear();
    onLost();
  };
  worker.on('error', lose);
  worker.on('messageerror', lose);
  worker.on('exit', lose);
  worker.on('message', (reply: Reply) => {
    const waiter = waiters.get(reply.id);
    waiters.delete(reply.id);
    if (reply.kind === 'answer') waiter?.resolve(reply.answer);
    else waiter?.reject(new JournalFailure(reply.failure.code, reply.failure.detail, reply.failure.index));
  });

  return {
    ask(kind, ask, transfer = []) {
      if (isLost) return Promise.reject(new LinkLost('the thread has ended'));
      if (waiters.size >= QUESTIONS_MAX) {
        return Promise.reject(new JournalFailure('JOURNAL_BUSY', 'too many questions at once'));
      }
      nextId += 1;
      const id = nextId;
      return new Promise((resolve, reject) => {
        // The thread answers each kind with the type that Messages names for it.
        waiters.set(id, { resolve: resolve as (answer: unknown) => void, reject });
        worker.postMessage({ id, question: { kind, ...ask } }, transfer);
      });
    },
    async drop(): Promise<void> {
      await Promise.race([worker.terminate(), patience()]);
      lose();
    },
  };
}

/** A thread that starts when it is first asked: many an instance never reads, or writes little. */
export function startLater(start: () => Link): Link {
  let link: Link | null = null;
  let isDropped = false;
  return {
    ask(kind, ask, transfer) {
      if (isDropped) return Promise.reject(new LinkLost('the thread has ended'));
      link ??= start();
      return link.ask(kind, ask, transfer);
    },
    async drop(): Promise<void> {
      isDropped = true;
      await link?.drop();
    },
  };
}

function patience(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, DROP_WAIT_MS).unref();
  });
}
