import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { PartFailure } from './failure.ts';
import type { FailureMessage, PartRequestMessage, PartResponseMessage, PartValue } from './protocol.ts';
import type { PartGreeting, PartWorkerData } from './worker.ts';

type Kind = PartRequestMessage['kind'];
/** A request without its kind and id: the link adds both. */
type Body<K extends Kind> = Omit<Extract<PartRequestMessage, { kind: K }>, 'kind' | 'id'>;

/** The calling side of the worker: every request is answered, or fails when the worker ends. */
export type PartWorker = {
  ask<K extends Kind>(kind: K, body: Body<K>, transfer?: readonly ArrayBuffer[]): Promise<PartValue[K]>;
  ended(): Promise<void>;
};

type Waiter = { resolve(value: PartValue[Kind]): void; reject(failure: PartFailure): void };

/** What it holds lies outside the heap; its garbage is small, so its nursery may be too. */
const LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 4, stackSizeMb: 4 };

export async function startPartWorker(directory: string): Promise<PartWorker> {
  // Sources run directly under Node; what tsc writes stands beside as JavaScript.
  const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
  const data: PartWorkerData = { directory };
  const worker = new Worker(new URL(file, import.meta.url), {
    workerData: data,
    execArgv: [],
    resourceLimits: LIMITS,
  });
  const greeting = await greetingOf(worker);
  if (!greeting.ready) {
    await worker.terminate();
    throw failureFrom(greeting.failure);
  }
  return linkWorker(worker);
}

function greetingOf(worker: Worker): Promise<PartGreeting> {
  return new Promise((resolve) => {
    const refuse = (): void => resolve({ ready: false, failure: stopped() });
    worker.once('error', refuse);
    worker.once('exit', refuse);
    worker.once('message', (greeting: PartGreeting) => {
      worker.off('error', refuse);
      worker.off('exit', refuse);
      resolve(greeting);
    });
  });
}

function linkWorker(worker: Worker): PartWorker {
  const waiters = new Map<number, Waiter>();
  let sequence = 0;
  let isOver = false;
  const ended = once(worker, 'exit').then(() => undefined);
  const failAll = (): void => {
    isOver = true;
    for (const waiter of waiters.values()) waiter.reject(failureFrom(stopped()));
    waiters.clear();
  };
  worker.on('message', (response: PartResponseMessage) => {
    const waiter = waiters.get(response.id);
    waiters.delete(response.id);
    if (response.ok) waiter?.resolve(response.value);
    else waiter?.reject(failureFrom(response.failure));
  });
  worker.on('error', failAll);
  worker.on('exit', failAll);
  return {
    ask<K extends Kind>(kind: K, body: Body<K>, transfer: readonly ArrayBuffer[] = []) {
      return new Promise<PartValue[K]>((resolve, reject) => {
        if (isOver) {
          reject(failureFrom(stopped()));
          return;
        }
        sequence += 1;
        // The worker answers each kind of request with its own kind of value.
        waiters.set(sequence, { resolve: (value) => resolve(value as PartValue[K]), reject });
        worker.postMessage({ ...body, kind, id: sequence }, [...transfer]);
      });
    },
    ended: () => ended,
  };
}

export function failureFrom(failure: FailureMessage): PartFailure {
  return new PartFailure(failure.code, failure.detail, failure.index);
}

function stopped(): FailureMessage {
  return { code: 'PARTS_FAILED', detail: 'the part worker stopped: open the store afresh', index: undefined };
}
