import { parentPort, workerData } from 'node:worker_threads';
import type { Batch } from '../journal.ts';
import { dropBytes } from '../own-bytes.ts';
import { runCheckpoint } from './checkpoint.ts';
import { failureOf } from './failures.ts';
import type { Question, Reply, Request, WorkerData } from './messages.ts';
import { createReader } from './read.ts';
import { connect } from './settings.ts';
import { createWriter } from './write.ts';

/**
 * The entry of every thread of the journal. It does one thing at a time, in the order in which it was
 * asked.
 */
const port = parentPort;
if (port === null) throw new Error('this file is the entry of a worker thread');

// The store is opened by the first question, so that a refusal is an answer to it.
let answer: ((question: Question) => unknown) | null = null;

port.on('message', ({ id, question }: Request) => {
  let reply: Reply;
  try {
    answer ??= answererOf(workerData as WorkerData); // set by link.ts, the only one that starts this file
    reply = { id, kind: 'answer', answer: answer(question) };
  } catch (thrown) {
    const { code, detail, index } = failureOf(thrown);
    reply = { id, kind: 'failure', failure: { code, detail, index } };
  }
  port.postMessage(reply, question.kind === 'read' ? buffersOf(reply) : []);
});

function answererOf({ role, file, synchronous }: WorkerData): (question: Question) => unknown {
  switch (role) {
    case 'write':
      return answerWrite(file, synchronous);
    case 'read':
      return answerRead(file, synchronous);
    case 'checkpoint':
      return answerCheckpoint(file, synchronous);
  }
}

function answerWrite(
  ...[file, synchronous]: Parameters<typeof createWriter>
): (question: Question) => unknown {
  const writer = createWriter(file, synchronous);
  return (question) => {
    switch (question.kind) {
      case 'open':
        return writer.open();
      case 'append':
        try {
          return writer.append(question.batch, question.expected);
        } finally {
          dropBytes(question.batch.bytes);
        }
      case 'checkpoint':
        return writer.checkpoint(question.mode);
      case 'close':
        writer.close();
        return null;
      case 'read':
        throw new Error('the writer does not read');
    }
  };
}

function answerRead(
  ...[file, synchronous]: Parameters<typeof createReader>
): (question: Question) => unknown {
  const reader = createReader(file, synchronous);
  return (question) => {
    if (question.kind === 'read') return reader.read(question.from, question.max_bytes);
    throw new Error('the reader only reads');
  };
}

function answerCheckpoint(
  ...[file, synchronous]: Parameters<typeof connect>
): (question: Question) => unknown {
  const database = connect(file, synchronous);
  return (question) => {
    if (question.kind === 'checkpoint') return runCheckpoint(database, question.mode);
    throw new Error('this thread only moves the log');
  };
}

/** Rows are moved to the main thread, not copied; each has a buffer of its own. */
function buffersOf(reply: Reply): ArrayBuffer[] {
  if (reply.kind !== 'answer') return [];
  const batches = reply.answer as readonly Batch[]; // the answer to `read`
  return batches.flatMap(({ bytes }) =>
    bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength ? [bytes.buffer] : [],
  );
}
