import { Worker } from 'node:worker_threads';
import { type FollowerCode, FollowerFailure } from './failure.ts';

/** What a thread is asked, by kind: the question and its answer. */
export type Protocol = Readonly<Record<string, { readonly ask: object; readonly answer: unknown }>>;

export type ThreadReply =
  | { readonly id: number; readonly kind: 'answer'; readonly answer: unknown }
  | {
      readonly id: number;
      readonly kind: 'failure';
      readonly failure: {
        readonly code: FollowerCode;
        readonly detail: string;
        readonly index: number | null;
      };
    };

export type ThreadRequest = { readonly id: number; readonly kind: string; readonly ask: object };

/** The calling side of a thread: every question is answered, or fails when the thread ends. */
export type Thread<Spoken extends Protocol> = {
  ask<Kind extends keyof Spoken & string>(
    kind: Kind,
    ask: Spoken[Kind]['ask'],
  ): Promise<Spoken[Kind]['answer']>;
  /** Time of a processor that it took so far, also while it answers nobody; null where nobody can tell. */
  cpu_ms(): Promise<number | null>;
  end(): Promise<void>;
};

type Waiter = { resolve(answer: unknown): void; reject(failure: FollowerFailure): void };

/**
 * A fold holds one state; a thread that wants more than this has gone wrong, and must not take the cell
 * along.
 */
const LIMITS: ThreadLimits = { maxOldGenerationSizeMb: 1_024, maxYoungGenerationSizeMb: 6, stackSizeMb: 4 };

/** What V8 may take for a thread. */
export type ThreadLimits = {
  readonly maxOldGenerationSizeMb: number;
  readonly maxYoungGenerationSizeMb: number;
  readonly stackSizeMb: number;
};

/** Starts `entry` (a `.ts` beside the sources, a `.js` beside what was built from them) in a thread. */
export function startThread<Spoken extends Protocol>(
  entry: URL,
  data: object,
  limits: ThreadLimits = LIMITS,
): Thread<Spoken> {
  const isSource = entry.pathname.endsWith('.ts');
  const worker = new Worker(entry, {
    workerData: data,
    resourceLimits: limits,
    // Sources import each other by their source condition; nothing else of the parent is inherited.
    execArgv: isSource ? ['--conditions=@writ/source'] : [],
    env: {},
  });
  // A cell ends when its work is done, whatever its followers still do.
  worker.unref();
  const waiters = new Map<number, Waiter>();
  let sequence = 0;
  let isOver = false;
  const lose = (detail: string): void => {
    isOver = true;
    for (const waiter of waiters.values()) waiter.reject(new FollowerFailure('FOLLOWER_ENDED', detail));
    waiters.clear();
    worker.unref();
  };
  worker.on('error', (error) => lose(error instanceof Error ? error.message : 'the thread failed'));
  worker.on('messageerror', () => lose('the thread sent what cannot be read'));
  worker.on('exit', () => lose('the thread ended'));
  worker.on('message', (reply: ThreadReply) => {
    const waiter = waiters.get(reply.id);
    waiters.delete(reply.id);
    if (waiters.size === 0) worker.unref();
    if (reply.kind === 'answer') return waiter?.resolve(reply.answer);
    const { code, detail, index } = reply.failure;
    waiter?.reject(new FollowerFailure(code, detail, index));
  });
  return {
    ask(kind, ask) {
      return new Promise((resolve, reject) => {
        if (isOver) return reject(new FollowerFailure('FOLLOWER_ENDED', 'the thread has ended'));
        sequence += 1;
        // The thread answers each kind with the type that its protocol names for it.
        waiters.set(sequence, { resolve, reject });
        worker.ref();
        worker.postMessage({ id: sequence, kind, ask } satisfies ThreadRequest, []);
      });
    },
    cpu_ms: () =>
      worker.cpuUsage().then(
        ({ user, system }) => (user + system) / 1_000,
        () => null,
      ),
    async end() {
      await worker.terminate();
      lose('the thread ended');
    },
  };
}

/** The entry beside the caller's module, in the form that the caller itself runs in. */
export function entryBeside(moduleUrl: string, name: string): URL {
  return new URL(moduleUrl.endsWith('.ts') ? `./${name}.ts` : `./${name}.js`, moduleUrl);
}
