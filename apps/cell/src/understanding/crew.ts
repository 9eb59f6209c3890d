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
  /** The number that was seen last, and since when. */
  seen: number;
  since_ms: number;
};

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
