import { toolDefinitionText } from '../intake/known-tool.ts';
import type { Thread } from '../threads/start-thread.ts';
import type { Asked } from './asked.ts';
import type { NumberedText, ToldText, UnderstandingProtocol } from './protocol.ts';

/** Starts a thread that writes the number of what it is at into this memory. */
export type StartThread = (progress: SharedArrayBuffer) => Thread<UnderstandingProtocol>;

/** One thread and what is out with it: nothing, or one batch. */
export type Worker = {
  thread: Thread<UnderstandingProtocol> | null;
  /** It answered once: it is not starting any more. */
  ready: boolean;
  progress: Int32Array<SharedArrayBuffer>;
  /** Definitions that the thread has, by digest. */
  readonly tools: Set<string>;
  batch: readonly Asked[] | null;
  begun_ms: number;
  /** The number that was seen last, since when, and what the thread had taken of a processor by then. */
  seen: number;
  since_ms: number;
  since_cpu_ms: number | null;
};

/** How long a thread may be at one text, by its processor and by the clock, and how long it may start. */
export type Patience = { readonly cpu_ms: number; readonly wall_ms: number; readonly start_ms: number };

/** A definition has 64 KB at most: of more than these a thread lets go, and is given them again. */
const TOOLS_MAX = 256;

export function openWorker(): Worker {
  return {
    thread: null,
    ready: false,
    progress: freshProgress(),
    tools: new Set(),
    batch: null,
    begun_ms: 0,
    seen: 0,
    since_ms: 0,
    since_cpu_ms: null,
  };
}

export function send(
  worker: Worker,
  start: StartThread,
  batch: readonly Asked[],
  now_ms: number,
): Promise<readonly ToldText[]> {
  worker.thread ??= start(worker.progress.buffer);
  worker.batch = batch;
  worker.begun_ms = now_ms;
  worker.since_ms = now_ms;
  worker.seen = 0;
  const forget = worker.tools.size > TOOLS_MAX;
  if (forget) worker.tools.clear();
  return worker.thread.ask('understand', {
    tools: newTools(worker, batch),
    forget,
    proposals: batch.map(textOf),
  });
}

function newTools({ tools }: Worker, batch: readonly Asked[]): readonly string[] {
  const added: string[] = [];
  for (const { tool } of batch) {
    if (tool === null || tools.has(tool.digest)) continue;
    tools.add(tool.digest);
    added.push(toolDefinitionText(tool.definition));
  }
  return added;
}

function textOf({ text: { input, scene, tool, given }, sequence }: Asked): NumberedText {
  return { input, scene, tool, given, sequence };
}

/** The number of the proposal that the thread is at; 0 for none. */
export function progressOf({ progress }: Worker): number {
  return Atomics.load(progress, 0);
}

/**
 * Whether it is at one text for too long. Neighbours on a busy machine take the clock's time, not that of its
 * processor: the clock alone decides only when it is far beyond.
 */
export async function isStuck(worker: Worker, now_ms: number, patience: Patience): Promise<boolean> {
  const { batch, thread } = worker;
  const at = progressOf(worker);
  if (batch === null || thread === null) return false;
  const isStill = (): boolean => worker.batch === batch && worker.seen === at && progressOf(worker) === at;
  if (at !== worker.seen) {
    worker.seen = at;
    worker.since_ms = now_ms;
    worker.since_cpu_ms = null;
    const cpu_ms = await thread.cpu_ms();
    if (isStill()) worker.since_cpu_ms = cpu_ms;
    return false;
  }
  const passed_ms = now_ms - worker.since_ms;
  if (at === 0) return passed_ms >= patience.start_ms;
  if (passed_ms >= patience.wall_ms) return true;
  // The time of a processor is never more than that of the clock.
  if (passed_ms < patience.cpu_ms) return false;
  const [before_ms, cpu_ms] = [worker.since_cpu_ms, await thread.cpu_ms()];
  if (before_ms === null || cpu_ms === null || !isStill()) return false;
  return cpu_ms - before_ms >= patience.cpu_ms;
}

/** Ends the thread, whatever it does; the next batch starts another one, with memory of its own. */
export function discard(worker: Worker): void {
  const { thread } = worker;
  worker.thread = null;
  worker.ready = false;
  worker.batch = null;
  worker.progress = freshProgress();
  worker.tools.clear();
  thread?.end().catch(() => {});
}

function freshProgress(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}
